package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.io.PickleWriter.View;

/// Every way to be no file of tensors has its message.
class TorchFileDamageTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("m.pt");
  }

  private static Map<String, Object> one(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("w", value);
    return map;
  }

  private static View view(int count, long offset, long[] sizes, long[] strides) {
    return new View("FloatStorage", "0", count, offset, sizes, strides);
  }

  private String problem(byte[] contents) throws IOException {
    Files.write(file(), contents);
    var error = assertThrows(FileFormatException.class, () -> TorchFile.read(file()));
    String prefix = file() + ", ";
    assertEquals(prefix, error.problem().substring(0, prefix.length()));
    return error.problem().substring(prefix.length());
  }

  /// What is wrong with a pickle given as the bytes between PROTO 2 and STOP.
  private String pickleProblem(String instructions) throws IOException {
    byte[] bytes = ("\u0080\2" + instructions + ".").getBytes(StandardCharsets.ISO_8859_1);
    String problem = problem(Zips.torch(bytes, TorchFileTest.floats(1)));
    String prefix = "file \"m/data.pkl\", ";
    assertEquals(prefix, problem.substring(0, prefix.length()));
    return problem.substring(prefix.length());
  }

  @Test
  void namesThatCouldActAreRefused() throws IOException {
    byte[] bytes =
        "\u0080\2cposix\nsystem\nX\2\0\0\0ls\u0085R.".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file(), Zips.torch(bytes));
    var error = assertThrows(FileFormatException.class, () -> TorchFile.read(file()));
    assertEquals(
        file()
            + ", file \"m/data.pkl\", byte 2: found the name \"posix.system\", expected OrderedDict,"
            + " Size, a tensor or its storage\n"
            + "  hint: a pickle that names other things can run code when PyTorch loads it; save a"
            + " state dict, torch.save(model.state_dict(), file)",
        error.getMessage());
    assertEquals(
        "byte 2: found the name \"torch.nn.modules.linear.Linear\", expected OrderedDict, Size, a"
            + " tensor or its storage",
        pickleProblem("ctorch.nn.modules.linear\nLinear\n"));
    assertEquals(
        "byte 2: found the name \"builtins.eval\", expected OrderedDict, Size, a tensor or its"
            + " storage",
        pickleProblem("cbuiltins\neval\n"));
  }

  @Test
  void everyInstructionThatDoesMoreThanBuildDataIsRefusedByName() throws IOException {
    String build =
        "NK M J \u008aGX)]}(t\u0085\u0086\u0087aesucQRbqrhj\u0088\u0089.".replace(" ", "");
    List<String> refused = new ArrayList<>();
    for (int code = 0; code < 256; code++) {
      if (build.indexOf(code) < 0) {
        String problem = pickleProblem("" + (char) code);
        assertEquals(
            "byte 2: found the instruction "
                + PickleOpcodes.described(code)
                + ", expected one that builds data",
            problem);
        refused.add(problem);
      }
    }
    assertTrue(refused.get(0).contains("an unknown one (0x00)"));
    assertTrue(refused.stream().anyMatch(p -> p.contains("INST (0x69)")));
    assertTrue(refused.stream().anyMatch(p -> p.contains("STACK_GLOBAL (0x93)")));
    assertTrue(refused.stream().anyMatch(p -> p.contains("NEWOBJ (0x81)")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | byte 2: found an empty stack, expected 1 values",
        "NN | byte 4: found values or bytes that belong to nothing, expected the end, after one"
            + " value",
        "N( | byte 4: found an empty stack, expected 1 values",
        "t | byte 2: found no mark, expected a mark",
        "(\\x85 | byte 3: found an empty stack, expected 1 values",
        "NNa | byte 4: found something appended to what is no list, expected a list",
        "}(Nu | byte 5: found an entry of what is no dictionary, or half of one, expected pairs"
            + " and a dictionary",
        "}NNs | byte 5: found a key of another kind, expected text or an integer",
        "}K\\1NsK\\1Ns | byte 10: found the key \"1\" again, expected each key once",
        "h\\5 | byte 2: found the value remembered under 5, expected one that was remembered",
        "X\\xff\\xff\\xff\\xff | byte 2: found text of 4294967295 bytes, expected at most 1",
        "X\\1\\0\\0\\0\\xff | byte 2: found text that is no UTF-8, expected UTF-8",
        "\\x8a\\x09 | byte 2: found an integer of 9 bytes, expected at most 8",
        "J\\1 | byte 2: found the end of the pickle, expected 4 bytes more",
        "NQ | byte 3: found another reference, expected ('storage', type, key, device, count)",
        "N)R | byte 4: found a call of what is no function, expected a function and a tuple",
        "N}b | byte 4: found attributes of what is no dictionary, expected an OrderedDict",
        "cx y | byte 2: found a name with odd characters, expected letters, digits, '.' and '_'",
      })
  void programsThatCannotBeAreExplained(String instructions, String problem) throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < instructions.length(); i++) {
      char c = instructions.charAt(i);
      if (c == '\\') {
        boolean hex = instructions.charAt(i + 1) == 'x';
        int digits = hex ? 2 : 1;
        int start = hex ? i + 2 : i + 1;
        c = (char) Integer.parseInt(instructions.substring(start, start + digits), 16);
        i = start + digits - 1;
      }
      bytes.append(c);
    }
    assertEquals(problem, pickleProblem(bytes.toString()));
  }

  private String viewProblem(View view) throws IOException {
    String problem = problem(Zips.torch(PickleWriter.pickle(one(view)), new byte[48]));
    return problem.substring(problem.indexOf(": found ") + 2);
  }

  @Test
  void viewsOutsideTheirStorageAreExplained() throws IOException {
    assertEquals(
        "found a tensor up to element 12 of its storage, expected at most 11",
        viewProblem(view(12, 0, new long[] {13}, new long[] {1})));
    assertEquals(
        "found a tensor up to element 2147483646 of its storage, expected at most 11",
        viewProblem(view(12, 0, new long[] {2147483647}, new long[] {1})));
    assertEquals(
        "found a tensor up to element 12 of its storage, expected at most 11",
        viewProblem(view(12, 12, new long[] {}, new long[] {})));
    assertEquals(
        "found a tensor up to element -1 of its storage, expected at most 11",
        viewProblem(view(12, -1, new long[] {}, new long[] {})));
    assertEquals(
        "found a stride of -1, expected 0 to 2147483647",
        viewProblem(view(12, 3, new long[] {2}, new long[] {-1})));
    assertEquals(
        "found an axis of size -2, expected 0 or more",
        viewProblem(view(12, 3, new long[] {-2}, new long[] {1})));
    assertEquals(
        "found a tensor of other parts, expected storage, offset, size, stride and flags",
        viewProblem(view(12, 3, new long[] {2, 2}, new long[] {1})));
  }

  /// One step of 0 makes 48 bytes a tensor of two billion elements, once it is copied.
  @Test
  void aFewBytesThatStandForManyElementsAreRefused() throws IOException {
    String problem = "found tensors that repeat their elements too often, expected at most ";
    String one = viewProblem(view(12, 0, new long[] {2147483647}, new long[] {0}));
    assertTrue(one.startsWith(problem), one);
    assertTrue(one.endsWith(" elements in tensors that repeat some"), one);
    String windows = viewProblem(view(12, 0, new long[] {11, 1 << 20, 2}, new long[] {1, 0, 1}));
    assertTrue(windows.startsWith(problem), windows);
    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("w" + i, view(12, 0, new long[] {20_000}, new long[] {0}));
    }
    String together = problem(Zips.torch(PickleWriter.pickle(many), new byte[48]));
    assertTrue(together.contains(problem), together);
  }

  @Test
  void storagesThatAreNotAsDescribedAreExplained() throws IOException {
    assertEquals(
        "found 48 bytes of data, expected 52 for F32 (13)",
        viewProblem(view(13, 0, new long[] {1}, new long[] {1})));
    assertEquals(
        "found the storage \"5\", expected one that is in the archive",
        viewProblem(new View("FloatStorage", "5", 12, 0, new long[] {1}, new long[] {1})));
    assertEquals(
        "found the name \"torch.ComplexFloatStorage\", expected OrderedDict, Size, a tensor or its"
            + " storage",
        viewProblem(new View("ComplexFloatStorage", "0", 6, 0, new long[] {1}, new long[] {1})));
    Map<String, Object> two = one(view(12, 0, new long[] {1}, new long[] {1}));
    two.put("v", new View("IntStorage", "0", 12, 0, new long[] {1}, new long[] {1}));
    String problem = problem(Zips.torch(PickleWriter.pickle(two), new byte[48]));
    assertTrue(problem.endsWith("found the storage \"0\" as I32, expected F32"), problem);
  }

  @Test
  void damageInAStorageIsFoundByItsSum() throws IOException {
    byte[] bytes =
        Zips.torch(
            PickleWriter.pickle(one(view(1, 0, new long[] {1}, new long[] {1}))),
            TorchFileTest.floats(123.25f));
    byte[] element = TorchFileTest.floats(123.25f);
    int at = 0;
    while (!java.util.Arrays.equals(element, java.util.Arrays.copyOfRange(bytes, at, at + 4))) {
      at++;
    }
    bytes[at] ^= 4;
    String problem = problem(bytes);
    assertTrue(problem.startsWith("file \"m/data/0\": found checksum "), problem);
  }

  @Test
  void otherKindsOfFilesAreExplainedWithTheWayOut() throws IOException {
    Files.write(file(), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc});
    var legacy = assertThrows(FileFormatException.class, () -> TorchFile.read(file()));
    assertEquals(
        file()
            + ", start: found a pickle, as PyTorch before 1.6 wrote it, expected an archive\n"
            + "  hint: load and save it again in PyTorch: torch.save(model.state_dict(), file)",
        legacy.getMessage());
    assertEquals("start: found other bytes, expected an archive", problem(new byte[600]));
    assertEquals("end: found no directory, expected that of a zip archive", problem(new byte[0]));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("m/other.pkl", new byte[0]);
    assertEquals(
        "archive: found no data.pkl, expected one, in the archive's only folder",
        problem(Zips.zip(files, ZipEntry.STORED)));
    files.put("m/data.pkl", PickleWriter.pickle(1));
    files.put("m/constants.pkl", new byte[0]);
    assertEquals(
        "file \"m/constants.pkl\": found a TorchScript program, expected tensors",
        problem(Zips.zip(files, ZipEntry.STORED)));
    assertEquals(
        "file \"m/other.pkl\": found a compressed file, expected one that is stored, as torch.save"
            + " does",
        problem(Zips.zip(files, ZipEntry.DEFLATED)));
    assertEquals(
        "file \"m/data.pkl\", byte 0: found pickle protocol 4, expected 2",
        problem(Zips.torch(new byte[] {(byte) 0x80, 4, 'N', '.'})));
  }

  @Test
  void containersInThemselvesOrOfManyTimesTheirSizeAreRefused() throws IOException {
    assertEquals(
        "found containers nested deeper than 64, expected at most so many", viewless("]q\0h\0a"));
    StringBuilder laughs = new StringBuilder("(K\1K\1K\1K\1K\1K\1K\1K\1tq\0");
    for (int level = 0; level < 20; level++) {
      laughs
          .append("(")
          .append(("h" + (char) level).repeat(8))
          .append("tq")
          .append((char) (level + 1));
    }
    assertEquals(
        "found containers used many times over, expected each a few times",
        viewless("(" + laughs + "t"));
    assertEquals(
        "found the path \"a.b\" again, expected each path once",
        viewless("}(X\3\0\0\0a.bK\1X\1\0\0\0a}X\1\0\0\0bK\2su"));
    assertTrue(viewless("ctorch\nFloatStorage\n").startsWith("found a type or a storage"));
  }

  private String viewless(String instructions) throws IOException {
    byte[] bytes = ("\u0080\2" + instructions + ".").getBytes(StandardCharsets.ISO_8859_1);
    String problem = problem(Zips.torch(bytes));
    return problem.substring(problem.indexOf("found "));
  }

  @Test
  void manyViewsWithGapsAreRefused() throws IOException {
    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      many.put("w" + i, view(12, 0, new long[] {6}, new long[] {2}));
    }
    String problem = problem(Zips.torch(PickleWriter.pickle(many), new byte[48]));
    assertEquals(
        "tensor \"w8\": found many views with gaps of one storage, expected fewer", problem);
  }

  @Test
  void anUnknownByteOrderOrVersionIsExplained() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("m/data.pkl", PickleWriter.pickle(1));
    files.put("m/byteorder", "odd".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        "byteorder: found \"odd\", expected little or big",
        problem(Zips.zip(files, ZipEntry.STORED)));
    files.put("m/version", "11\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        "version: found \"11\", expected 1 to 10", problem(Zips.zip(files, ZipEntry.STORED)));
  }
}
