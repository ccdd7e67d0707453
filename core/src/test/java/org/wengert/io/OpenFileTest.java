package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// How files are opened, read at places, cut off meanwhile, and released.
class OpenFileTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("file");
  }

  private byte[] random(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Rng(1).nextBytes(bytes);
    Files.write(file(), bytes);
    return bytes;
  }

  private void cut(int length) throws IOException {
    try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
      cut.setLength(length);
    }
  }

  private void assertCut(Executable read) {
    IOException error = assertThrows(IOException.class, read);
    assertEquals(file() + " became shorter while it was read", error.getMessage());
  }

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int[] sizes = {1, 100_000, 3, 5000, 0, 70_000, 2047, 2048, 2049};
    for (int i = 0; i < sizes.length; i++) {
      tensors.put("w" + i, Tensor.randn(Shape.of(sizes[i]), DType.FLOAT32, new Rng(i)));
    }
    return tensors;
  }

  @Test
  void everyPlaceIsReadInAnyOrder() throws IOException {
    byte[] bytes = random(30_000);
    RandomGenerator random = new Rng(2);
    try (OpenFile opened = OpenFile.open(file())) {
      assertEquals(bytes.length, opened.size());
      for (int i = 0; i < 1000; i++) {
        int from = random.nextInt(bytes.length + 1);
        int length = random.nextInt(Math.min(bytes.length - from, i * 9) + 1);
        byte[] expected = Arrays.copyOfRange(bytes, from, from + length);
        assertArrayEquals(expected, opened.copy(from, length));
        try (InputStream stream = opened.stream(from, length)) {
          assertEquals(length == 0 ? -1 : Byte.toUnsignedInt(bytes[from]), stream.read());
          assertEquals(Math.max(0, length - 1), stream.readAllBytes().length);
          assertEquals(-1, stream.read());
        }
      }
    }
  }

  @Test
  void numbersAreLittleEndianWhereverTheyLie() throws IOException {
    byte[] bytes = random(20_000);
    try (OpenFile opened = OpenFile.open(file())) {
      for (int at = bytes.length - 8; at >= 0; at -= 3) {
        long number = 0;
        for (int i = 7; i >= 0; i--) {
          number = number << 8 | bytes[at + i] & 0xff;
        }
        assertEquals(number, opened.i64(at));
        assertEquals(number & 0xffffffffL, opened.u32(at));
        assertEquals(number & 0xffff, opened.u16(at));
      }
      for (long at : new long[] {-1, bytes.length - 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
        assertThrows(IndexOutOfBoundsException.class, () -> opened.u16(at));
        assertThrows(IndexOutOfBoundsException.class, () -> opened.stream(at, 10_000));
        assertThrows(IndexOutOfBoundsException.class, () -> opened.copy(at, 10_000));
      }
    }
  }

  @Test
  void bytesThatWereCutOffAreAnIoException() throws IOException {
    random(30_000);
    for (int left : new int[] {20_000, 5000, 1, 0}) {
      try (OpenFile opened = OpenFile.open(file())) {
        cut(left);
        assertCut(() -> opened.i64(left));
        assertCut(() -> opened.u16(left + 500));
        assertCut(() -> opened.copy(left + 10, 1));
        assertCut(() -> opened.copy(0, left + 1));
        assertCut(() -> opened.stream(0, opened.size()).readAllBytes());
        assertCut(() -> opened.stream(left, 10).read());
      }
      cut(30_000);
    }
  }

  @Test
  void headersAndDirectoriesThatWereCutOffAreAnIoException() throws IOException {
    Npz.write(file(), tensors());
    try (OpenFile opened = OpenFile.open(file())) {
      cut(100_000);
      assertCut(() -> ZipArchive.open(opened));
    }
    Npz.write(file(), tensors());
    try (OpenFile opened = OpenFile.open(file())) {
      ZipArchive archive = ZipArchive.open(opened);
      cut(20);
      assertCut(() -> archive.bytes(archive.entries().get("w3.npy"), 1 << 20));
    }
    Safetensors.write(file(), tensors());
    try (OpenFile opened = OpenFile.open(file())) {
      cut(20);
      assertCut(() -> SafetensorsFile.open(opened));
    }
  }

  @Test
  void threadsReadOneFileAtTheSameTime() throws Exception {
    Map<String, Tensor> tensors = tensors();
    Safetensors.write(file(), tensors);
    SafetensorsFile opened = Safetensors.open(file());
    List<String> names = opened.names();
    List<Callable<Boolean>> readers = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      RandomGenerator random = new Rng(reader);
      readers.add(
          () -> {
            boolean same = true;
            for (int i = 0; i < 300; i++) {
              String name = names.get(random.nextInt(names.size()));
              same &= tensors.get(name).sameBits(opened.tensor(name));
            }
            return same;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(readers.size())) {
      for (Future<Boolean> reader : threads.invokeAll(readers)) {
        assertTrue(reader.get());
      }
    }
  }

  @Test
  void anInterruptedThreadReadsOnAndLeavesTheFileOpen() throws IOException {
    Safetensors.write(file(), tensors());
    SafetensorsFile opened = Safetensors.open(file());
    Thread.currentThread().interrupt();
    try {
      assertEquals(100_000, opened.tensor("w1").count());
      assertEquals(9, Safetensors.read(file()).size());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(70_000, opened.tensor("w5").count());
  }

  /// Whether this process has the file open.
  private boolean isOpen() throws IOException {
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors.anyMatch(
          descriptor -> {
            try {
              return Files.readSymbolicLink(descriptor).equals(file().toRealPath());
            } catch (IOException e) { // closed since it was listed
              return false;
            }
          });
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatIsReadAsAWholeIsReleasedAtOnce() throws IOException {
    Safetensors.write(file(), tensors());
    Safetensors.read(file());
    Safetensors.metadata(file());
    assertFalse(isOpen());
    Npz.write(file(), tensors());
    Npz.read(file());
    assertFalse(isOpen());
    Npy.write(file(), Tensor.of(1f));
    Npy.read(file());
    assertFalse(isOpen());
    Files.write(file(), Zips.torch(PickleWriter.pickle(1L), new byte[4]));
    TorchFile.read(file());
    assertFalse(isOpen());
    Checkpoint checkpoint = Checkpoint.of("random", new Rng(0));
    checkpoint.save(file(), 1);
    checkpoint.load(file());
    Checkpoint.stateDict(file(), "random");
    assertFalse(isOpen());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatIsRefusedIsReleasedAtOnce() throws IOException {
    random(30_000);
    Checkpoint checkpoint = Checkpoint.of("random", new Rng(0));
    List<Executable> readers =
        List.of(
            () -> Safetensors.open(file()),
            () -> Safetensors.read(file()),
            () -> Npz.read(file()),
            () -> Npy.read(file()),
            () -> TorchFile.read(file()),
            () -> checkpoint.load(file()));
    for (Executable reader : readers) {
      assertThrows(FileFormatException.class, reader);
      assertFalse(isOpen());
    }
  }

  private void openAndForget() throws IOException {
    SafetensorsFile opened = Safetensors.open(file());
    assertTrue(isOpen());
    assertEquals(9, opened.tensors().size());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anOpenFileThatNobodyRefersToIsReleasedByTheCollector() throws Exception {
    Safetensors.write(file(), tensors());
    openAndForget();
    for (int i = 0; i < 3000 && isOpen(); i++) { // a minute, on a machine that does not collect
      System.gc();
      Thread.sleep(20);
    }
    assertFalse(isOpen());
  }
}
