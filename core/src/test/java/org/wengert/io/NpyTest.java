package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The bytes are those that numpy.save of NumPy 2.4 wrote.
class NpyTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("a.npy");
  }

  /// A file as NumPy writes it: the dictionary is padded to 64 bytes.
  static byte[] npy(int version, String dictionary, String dataHex) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x93);
    bytes.writeBytes("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.write(version);
    bytes.write(0);
    int start = version == 1 ? 10 : 12;
    int length = (start + dictionary.length() + 64) / 64 * 64 - start;
    for (int i = 0; i < start - 8; i++) {
      bytes.write(length >> 8 * i);
    }
    String header = dictionary + " ".repeat(length - dictionary.length() - 1) + "\n";
    bytes.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(HexFormat.of().parseHex(dataHex));
    return bytes.toByteArray();
  }

  private static String dictionary(String descr, String fortran, String shape) {
    return "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
  }

  private Tensor read(byte[] bytes) throws IOException {
    Files.write(file(), bytes);
    return Npy.read(file());
  }

  private static void assertSameBits(Tensor expected, Tensor actual) {
    assertTrue(expected.sameBits(actual), () -> "expected " + expected + ", got " + actual);
  }

  @Test
  void theBytesAreThoseOfNumPy() throws IOException {
    Npy.write(file(), Tensor.of(new float[][] {{1, -2}}));
    byte[] numPy = npy(1, dictionary("<f4", "False", "(1, 2)"), "0000803f000000c0");
    assertArrayEquals(numPy, Files.readAllBytes(file()));
    Npy.write(file(), Tensor.of(true, false));
    assertArrayEquals(
        npy(1, dictionary("|b1", "False", "(2,)"), "0100"), Files.readAllBytes(file()));
    Npy.write(file(), Tensor.of(new long[] {7}).reshape(Shape.SCALAR));
    assertArrayEquals(
        npy(1, dictionary("<i8", "False", "()"), "0700000000000000"), Files.readAllBytes(file()));
  }

  @Test
  void columnsAreTurnedIntoRows() throws IOException {
    Tensor x =
        read(
            npy(
                1,
                dictionary("<i4", "True", "(2, 3)"),
                "000000000300000001000000040000000200000005000000"));
    assertSameBits(Tensor.arange(6).to(DType.INT32).reshape(2, 3), x);
    assertTrue(x.isContiguous());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ">f8 ; 3ff8000000000000c000000000000000 ; FLOAT64 ; 1.5 ; -2",
        "<f8 ; 000000000000f83f00000000000000c0 ; FLOAT64 ; 1.5 ; -2",
        "<f4 ; 0000c03f000000c0 ; FLOAT32 ; 1.5 ; -2",
        ">f4 ; 3fc00000c0000000 ; FLOAT32 ; 1.5 ; -2",
        "<f2 ; 003e66ae ; FLOAT32 ; 1.5 ; -0.0999755859375",
        ">f2 ; 3e00ae66 ; FLOAT32 ; 1.5 ; -0.0999755859375",
        "<i8 ; ffffffffffffffff0000000000000080 ; INT64 ; -1 ; -9223372036854775808",
        ">i4 ; ffffffff80000000 ; INT32 ; -1 ; -2147483648",
        "<i2 ; feff0080 ; INT32 ; -2 ; -32768",
        "|i1 ; fe80 ; INT32 ; -2 ; -128",
        "<u4 ; ffffffff01000000 ; INT64 ; 4294967295 ; 1",
        ">u2 ; ffff0001 ; INT32 ; 65535 ; 1",
        "|u1 ; ff00 ; UINT8 ; 255 ; 0",
        "|b1 ; 0100 ; BOOL ; 1 ; 0",
      })
  void everyTypeIsReadExactly(String descr, String hex, DType dtype, double first, double second)
      throws IOException {
    Tensor x = read(npy(1, dictionary(descr, "False", "(2,)"), hex));
    assertEquals(dtype, x.dtype());
    assertEquals(first, x.at(0));
    assertEquals(second, x.at(1));
  }

  @Test
  void everyFormatVersionAndSpellingIsRead() throws IOException {
    Tensor x = Tensor.of(1f, -2f);
    String data = "0000803f000000c0";
    assertSameBits(x, read(npy(2, dictionary("<f4", "False", "(2,)"), data)));
    assertSameBits(x, read(npy(3, dictionary("<f4", "False", "(2,)"), data)));
    assertSameBits(
        x, read(npy(1, "{\"shape\":(2L,),\"fortran_order\":False,\"descr\":\"<f4\"}", data)));
    assertEquals(Shape.of(0, 3), read(npy(1, dictionary("<f4", "False", "(0, 3)"), "")).shape());
    assertEquals(
        Shape.of(3, 0, 2), read(npy(1, dictionary("<f4", "True", "(3, 0, 2)"), "")).shape());
  }

  @Test
  void viewsAreWrittenAsTheyLook() throws IOException {
    Tensor x = Tensor.arange(24).reshape(2, 3, 4).permute(2, 0, 1);
    Npy.write(file(), x);
    assertSameBits(x, Npy.read(file()));
  }

  private String problem(byte[] contents) throws IOException {
    Files.write(file(), contents);
    var error = assertThrows(FileFormatException.class, () -> Npy.read(file()));
    String prefix = file() + ", array";
    assertEquals(prefix, error.problem().substring(0, prefix.length()));
    return error.problem().substring(prefix.length());
  }

  @Test
  void filesOfOtherKindsAreExplained() throws IOException {
    assertEquals(", start: found 0 bytes, expected \\x93NUMPY", problem(new byte[0]));
    assertEquals(", start: found other bytes, expected \\x93NUMPY", problem(new byte[100]));
    byte[] bytes = npy(1, dictionary("<f4", "False", "(2,)"), "0000803f000000c0");
    bytes[6] = 4;
    assertEquals(", start: found format version 4.0, expected 1.0, 2.0 or 3.0", problem(bytes));
    bytes[6] = 1;
    bytes[9] = 2;
    assertEquals(", start: found a header of 630 bytes, expected at most 126", problem(bytes));
  }

  @Test
  void aFileThatIsTooShortOrTooLongIsExplained() throws IOException {
    byte[] bytes = npy(1, dictionary("<f4", "False", "(2,)"), "0000803f0000");
    assertEquals(": found 6 bytes of data, expected 8 for F32 (2)", problem(bytes));
    bytes = npy(1, dictionary("<f4", "False", "(2,)"), "0000803f0000803f00");
    assertEquals(": found 9 bytes of data, expected 8 for F32 (2)", problem(bytes));
    bytes = npy(1, dictionary("<f4", "False", "(2147483647,)"), "");
    assertEquals(
        ": found 0 bytes of data, expected 8589934588 for F32 (2147483647)", problem(bytes));
  }

  @Test
  void objectsAndStructuresAreRefusedWithTheWayOut() throws IOException {
    Files.write(file(), npy(1, dictionary("|O", "False", "(1,)"), "00"));
    var error = assertThrows(FileFormatException.class, () -> Npy.read(file()));
    assertEquals(
        file()
            + ", array: found an array of Python objects, expected numbers\n"
            + "  hint: such a file holds a pickle, which can run code; save it with a numeric dtype",
        error.getMessage());
    String structure = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }";
    assertEquals(
        ": found a structured type, expected one type for all elements",
        problem(npy(1, structure, "00000000")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "<c8 ; (1,) ; : found dtype \"<c8\", expected < or > and one of f8 f4 f2 i8 i4 i2 i1 u4 u2"
            + " u1 b1",
        "<u8 ; (1,) ; : found dtype \"<u8\", expected < or > and one of f8 f4 f2 i8 i4 i2 i1 u4 u2"
            + " u1 b1",
        "|f4 ; (1,) ; : found dtype \"|f4\", expected < or > and one of f8 f4 f2 i8 i4 i2 i1 u4"
            + " u2 u1 b1",
        "<f4 ; (-1,) ; , header character 51: found '-', expected an integer of 0 or more, up to"
            + " 18 digits",
        "<f4 ; (1.0,) ; , header character 52: found '.', expected ')'",
        "<f4 ; (1e3,) ; , header character 52: found 'e', expected ')'",
        "<f4 ; [1] ; , header character 50: found '[', expected '('",
        "<f4 ; (f(),) ; , header character 51: found 'f', expected an integer of 0 or more, up to"
            + " 18 digits",
        "<f4 ; (9999999999999999999,) ; , header character 51: found 19 digits, expected an integer"
            + " of 0 or more, up to 18 digits",
        "<f4 ; (2147483648,) ; : found an axis of size 2147483648, expected at most 2147483647",
        "<f4 ; (65536, 65536) ; : found shape [65536, 65536], expected at most 2147483647 elements",
      })
  void headersThatCannotBeAreExplained(String descr, String shape, String problem)
      throws IOException {
    assertEquals(problem, problem(npy(1, dictionary(descr, "False", shape), "00000000")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | : found no descr, expected descr, fortran_order and shape",
        "{'descr': '<f4'} | : found no fortran_order, expected descr, fortran_order and shape",
        "{'shape': (), 'shape': ()} | : found the key \"shape\" again, expected each key once",
        "{'x': 1} | : found the key \"x\", expected descr, fortran_order and shape",
        "{'fortran_order': 0} | , header character 18: found '0', expected True or False",
        "{'descr': '<f4 | , header character 11: found a string without end, expected a plain"
            + " string",
        "{'de\\x73cr': '<f4'} | , header character 2: found an escape, expected a plain string",
        "__import__('os') | , header character 0: found '_', expected '{'",
      })
  void nothingButTheDictionaryIsRead(String header, String problem) throws IOException {
    assertEquals(problem, problem(npy(1, header, "")));
  }

  @Test
  void tooManyAxesAreExplained() throws IOException {
    String shape = "(" + "1, ".repeat(65) + ")";
    assertEquals(
        ": found a shape of 65 axes, expected at most 64",
        problem(npy(1, dictionary("<f4", "False", shape), "00000000")));
  }
}
