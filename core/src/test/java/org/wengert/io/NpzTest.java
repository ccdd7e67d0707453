package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

class NpzTest {
  /// What numpy.savez_compressed of NumPy 2.4 wrote for `w = [[1, -2]]` (float32) and `n = 3`.
  private static final String BY_NUMPY =
      "504b03042d00000008000000210091c5fd07ffffffffffffffff05001400772e6e707901001000880000"
          + "00000000004e000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a2aea3a0"
          + "9e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a863a0a469a3a0ab50a64032e"
          + "0686067b0606860300504b03042d000000080000002100d9b6bae8ffffffffffffffff050014006e2e"
          + "6e707901001000880000000000000046000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca4"
          + "6ea5a06e9369a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a9a3a"
          + "0ab50a14012e6606080000504b01022d032d00000008000000210091c5fd074e000000880000000500"
          + "00000000000000000000800100000000772e6e7079504b01022d032d000000080000002100d9b6bae8"
          + "46000000880000000500000000000000000000008001850000006e2e6e7079504b0506000000000200"
          + "020066000000020100000000";

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("a.npz");
  }

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(new float[][] {{1, -2}}));
    tensors.put("encoder/ä", Tensor.arange(100_000));
    tensors.put("mask", Tensor.of(true, false).reshape(2, 1));
    tensors.put("none", Tensor.zeros(0, 3));
    tensors.put("view", Tensor.arange(12).to(DType.INT32).reshape(3, 4).permute(1, 0));
    return tensors;
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
    expected.forEach((name, x) -> assertTrue(x.sameBits(actual.get(name)), name));
  }

  @Test
  void whatNumPyWroteIsRead() throws IOException {
    Files.write(file(), HexFormat.of().parseHex(BY_NUMPY));
    Map<String, Tensor> expected = new LinkedHashMap<>();
    expected.put("w", Tensor.of(new float[][] {{1, -2}}));
    expected.put("n", Tensor.of(new long[] {3}).reshape(org.wengert.tensor.Shape.SCALAR));
    assertSame(expected, Npz.read(file()));
  }

  @Test
  void whatIsWrittenIsReadStoredAndCompressed() throws IOException {
    Npz.write(file(), tensors());
    assertSame(tensors(), Npz.read(file()));
    byte[] first = Files.readAllBytes(file());
    Npz.write(file(), tensors());
    assertArrayEquals(first, Files.readAllBytes(file()));
    Npz.writeCompressed(file(), tensors());
    assertSame(tensors(), Npz.read(file()));
    assertTrue(Files.size(file()) < first.length / 3);
    Npz.write(file(), new LinkedHashMap<>());
    assertTrue(Npz.read(file()).isEmpty());
  }

  @Test
  void namesThatTheFormatCannotHoldAreRefused() {
    for (String name : List.of("", "\uD83D", "x".repeat(30_000))) {
      Map<String, Tensor> map = new LinkedHashMap<>();
      map.put(name, Tensor.of(1f));
      OptionException error = assertThrows(OptionException.class, () -> Npz.write(file(), map));
      assertTrue(error.getMessage().startsWith("no array can be named \""), error.getMessage());
    }
    assertTrue(Files.notExists(file()));
  }

  @Test
  void aLimitBoundsWhatIsUnpacked() throws IOException {
    Npz.writeCompressed(file(), tensors());
    var error = assertThrows(FileFormatException.class, () -> Npz.read(file(), 10_000));
    assertEquals(
        "file \"encoder/ä.npy\": found 800264 bytes up to here, expected at most 10000",
        error.problem().substring(file().toString().length() + 2));
    assertSame(tensors(), Npz.read(file(), 1_000_000));
  }

  private String problem(byte[] contents) throws IOException {
    Files.write(file(), contents);
    var error = assertThrows(FileFormatException.class, () -> Npz.read(file()));
    return error.problem().substring(file().toString().length() + 2);
  }

  private static byte[] archive(String name, byte[] contents, int method) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name, contents);
    return Zips.zip(files, method);
  }

  private static byte[] npy() {
    return NpyTest.npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "00000000");
  }

  /// The archive of one stored file, with a number in it changed: little-endian at `at`, counted
  /// from the directory if `at` is 0 or more, else from the end.
  private static byte[] changed(int bytes, int at, long value) {
    byte[] archive = archive("w.npy", npy(), ZipEntry.STORED);
    ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(archive.length - 6);
    int place = at >= 0 ? directory + at : archive.length + at;
    for (int i = 0; i < bytes; i++) {
      archive[place + i] = (byte) (value >> 8 * i);
    }
    return archive;
  }

  @Test
  void directoriesThatCannotBeAreExplained() throws IOException {
    assertEquals("end: found no directory, expected that of a zip archive", problem(new byte[100]));
    assertEquals(
        "byte 167: found other bytes, expected a directory entry", problem(changed(1, 0, 0)));
    assertEquals(
        "byte 218: found 2 files, expected at most 1 in a directory of 51 bytes",
        problem(changed(2, -12, 2)));
    assertEquals(
        "byte 167: found more of the directory, expected its end after 0 files",
        problem(changed(2, -12, 0)));
    assertEquals(
        "byte 168: found a directory of 51 bytes, expected it before byte 218",
        problem(changed(4, -6, 168)));
  }

  @Test
  void filesThatCannotBeUnpackedAreExplained() throws IOException {
    assertEquals(
        "file \"w.npy\": found an encrypted file, expected one that is not",
        problem(changed(2, 8, 1)));
    assertEquals(
        "file \"w.npy\": found compression method 12, expected 0 (stored) or 8 (deflated)",
        problem(changed(2, 10, 12)));
    assertEquals(
        "byte 4000000000: found a file's header of 30 bytes, expected it before byte 167",
        problem(changed(4, 42, 4_000_000_000L)));
    assertEquals(
        "byte 1: found other bytes, expected the header of file \"w.npy\"",
        problem(changed(4, 42, 1)));
    assertEquals(
        "byte 0: found another name, expected that of the directory, \"v.npy\"",
        problem(changed(1, 46, 'v')));
    assertEquals(
        "byte 213: found a name that is no UTF-8, expected UTF-8", problem(changed(1, 46, 0xff)));
  }

  @Test
  void promisesThatCannotBeKeptAreExplainedBeforeMemoryIsTaken() throws IOException {
    assertEquals(
        "file \"w.npy\": found 132 bytes that promise to be 4000000000, expected 132",
        problem(changed(4, 24, 4_000_000_000L)));
    assertEquals(
        "byte 35: found a file of 4000000000 bytes, expected it before byte 167",
        problem(changed(4, 20, 4_000_000_000L)));
    byte[] packed = archive("w.npy", npy(), ZipEntry.DEFLATED);
    ByteBuffer buffer = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(packed.length - 6);
    long most = 1032L * buffer.getInt(directory + 20);
    buffer.putInt(directory + 24, (int) most + 1);
    String promise = " bytes that promise to be " + (most + 1) + ", expected at most " + most;
    assertEquals("file \"w.npy\": found " + most / 1032 + promise, problem(packed));
  }

  @Test
  void whatIsUnpackedIsComparedWithThePromise() throws IOException {
    assertTrue(problem(changed(4, 16, 0x12345678)).endsWith(", expected 12345678"));
    byte[] packed = archive("w.npy", npy(), ZipEntry.DEFLATED);
    ByteBuffer buffer = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(packed.length - 6);
    buffer.putInt(directory + 24, npy().length + 4);
    assertEquals("file \"w.npy\": found 8 bytes of data, expected 4 for F32 (1)", problem(packed));
    byte[] longer =
        NpyTest.npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "00".repeat(8));
    packed = archive("w.npy", longer, ZipEntry.DEFLATED);
    buffer = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(buffer.getInt(packed.length - 6) + 24, npy().length);
    assertEquals("file \"w.npy\": found more than 132 bytes, expected 132", problem(packed));
    packed[60] ^= 0x55;
    assertTrue(problem(packed).startsWith("file \"w.npy\""));
  }

  @Test
  void filesThatShareBytesOrNamesAreRefused() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.npy", npy());
    files.put("b.npy", npy());
    byte[] archive = Zips.zip(files, ZipEntry.STORED);
    ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int second = buffer.getInt(archive.length - 6) + 51;
    byte[] again = archive.clone();
    again[second + 46] = 'a';
    again[buffer.getInt(second + 42) + 30] = 'a';
    assertTrue(
        problem(again).endsWith(": found the name \"a.npy\" again, expected each name once"));
    byte[] longer = archive.clone(); // the first file runs into the second
    ByteBuffer into = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
    into.putInt(second - 51 + 20, npy().length + 1);
    into.putInt(second - 51 + 24, npy().length + 1);
    assertEquals(
        "file \"b.npy\": found the bytes of another file, expected bytes of its own",
        problem(longer));
  }

  @Test
  void archivesOfOtherFilesAreRefused() throws IOException {
    byte[] archive = archive("a.txt", "text".getBytes(StandardCharsets.US_ASCII), ZipEntry.STORED);
    assertEquals(
        "file \"a.txt\": found a file of another kind, expected a name that ends in .npy",
        problem(archive));
  }
}
