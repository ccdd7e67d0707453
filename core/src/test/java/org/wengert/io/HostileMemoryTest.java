package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files made to take much memory for their size take no more than the readers promise.
class HostileMemoryTest {
  private static final int SIZE = 1 << 18;

  @TempDir Path directory;

  private void check(byte[] bytes, int perByte, Path file, Executable read) throws IOException {
    Files.write(file, bytes);
    tried(file, read); // for the first time, the JVM loads classes on our account
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    tried(file, read);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        taken <= (long) perByte * bytes.length + (1 << 20),
        () -> bytes.length + " bytes took " + taken);
  }

  private static void tried(Path file, Executable read) {
    try {
      read.execute();
    } catch (FileFormatException e) {
      assertTrue(e.getMessage().startsWith(file + ", "), e.getMessage());
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Repeats an instruction or several; `%` in what is put before them is remembered as number 0.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|}",
        "|]",
        "|(",
        "|)",
        "|(t",
        "|N",
        "|K\1",
        "|G\0\0\0\0\0\0\0\0",
        "|X\0\0\0\0",
        "|X\1\0\0\0a",
        "|Nr\1\1\1\1",
        "|]q\0",
        "](|K\1",
        "](|]",
        "](|(K\1t",
        "|\u0085",
        "N|\u0085",
        "N|\u0085q\1",
        "|ccollections\nOrderedDict\n",
        "ccollections\nOrderedDict\nq\0|h\0)R",
      })
  void pickles(String program) throws IOException {
    int bar = program.indexOf('|');
    String repeated = program.substring(bar + 1);
    pickle(program.substring(0, bar), repeated.repeat(SIZE / repeated.length()), "e.");
  }

  private void pickle(String start, String middle, String end) throws IOException {
    byte[] bytes = ("\u0080\2" + start + middle + end).getBytes(StandardCharsets.ISO_8859_1);
    Path file = directory.resolve("m.pt");
    check(Zips.torch(bytes, new byte[4]), 256, file, () -> TorchFile.read(file));
  }

  @Test
  void picklesThatUseARememberedPartAgainAndAgain() throws IOException {
    String storage = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\1t";
    String sizes = "(" + "K\1".repeat(64) + "t";
    String call = "ctorch._utils\n_rebuild_tensor_v2\nq\0(" + storage + "q\1QK\0" + sizes + sizes;
    String whole = call + "\u0089Ntq\2Rq\3";
    pickle("](" + whole, "h\3".repeat(SIZE / 2), "e.");
    pickle("](" + whole, "h\0h\2R".repeat(SIZE / 5), "e.");
    pickle("](" + whole, "h\1Q".repeat(SIZE / 3), "e.");
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < SIZE / 10; i++) {
      String hex = String.format("%04x", i % 65536);
      keys.append("X\4\0\0\0").append(hex).append("K").append((char) (i / 65536));
    }
    pickle("}(X\3\0\1\0" + "k".repeat(65539) + "}(", keys.toString(), "uu.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%05x\":{\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}",
        "\"%05x\":{\"dtype\":\"F16\",\"shape\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
            + "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"
            + "\"data_offsets\":[0,0]}",
        "\"__metadata__\":{\"%05x\":\"\"}",
      })
  void safetensors(String entry) throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; header.length() < SIZE; i++) {
      header.append(i == 0 ? "" : ",").append(entry.formatted(i));
    }
    Path file = directory.resolve("m.safetensors");
    byte[] bytes = SafetensorsDamageTest.bytes(header.append('}').toString(), new byte[0]);
    check(bytes, 64, file, () -> Safetensors.read(file));
  }

  @Test
  void oneShapeOfAMillionAxes() throws IOException {
    String shape = "0,".repeat(SIZE / 2) + "0";
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0,0]}}";
    Path file = directory.resolve("m.safetensors");
    byte[] bytes = SafetensorsDamageTest.bytes(header, new byte[0]);
    check(bytes, 64, file, () -> Safetensors.read(file));
  }

  @Test
  void archivesOfManySmallFiles() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] npy = NpyTest.npy(1, "{'descr': '|i1', 'fortran_order': True, 'shape': (0, 1), }", "");
    for (int i = 0; i < SIZE / 256; i++) {
      files.put(Integer.toHexString(i) + ".npy", npy);
    }
    Path file = directory.resolve("a.npz");
    check(Zips.zip(files, ZipEntry.STORED), 64, file, () -> Npz.read(file));
    files.replaceAll((name, bytes) -> new byte[0]);
    files.put("0.npy", npy);
    check(Zips.zip(files, ZipEntry.STORED), 64, file, () -> Npz.read(file));
  }

  @Test
  void aBombWithinTheLimitOfDeflateIsRefusedByTheLimitOfTheCaller() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String header = "{'descr': '|b1', 'fortran_order': False, 'shape': (10000000,), }";
    files.put("bomb.npy", NpyTest.npy(1, header, "00".repeat(10_000_000)));
    Path file = directory.resolve("a.npz");
    byte[] bomb = Zips.zip(files, ZipEntry.DEFLATED);
    assertTrue(bomb.length < 12_000);
    check(
        bomb,
        64,
        file,
        () -> assertThrows(FileFormatException.class, () -> Npz.read(file, 1_000_000)));
  }
}
