package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every kind of damage has its message.
class SafetensorsDamageTest {
  @TempDir Path directory;

  static byte[] bytes(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private String problem(byte[] contents) throws IOException {
    Path file = directory.resolve("m.safetensors");
    Files.write(file, contents);
    FileFormatException read =
        assertThrows(FileFormatException.class, () -> Safetensors.read(file));
    String prefix = file + ", ";
    assertEquals(prefix, read.problem().substring(0, prefix.length()));
    return read.problem().substring(prefix.length());
  }

  private String problem(String header, int dataBytes) throws IOException {
    return problem(bytes(header, new byte[dataBytes]));
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return String.format(
        "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}", dtype, shape, offsets);
  }

  @Test
  void aCutOffStartIsExplained() throws IOException {
    assertEquals("start: found 3 bytes, expected 8 bytes of header length", problem(new byte[3]));
    assertEquals("start: found 0 bytes, expected 8 bytes of header length", problem(new byte[0]));
  }

  @Test
  void aHeaderLengthBeyondTheFileIsExplained() throws IOException {
    byte[] contents = bytes("{}", new byte[1]);
    contents[0] = 4;
    assertEquals(
        "start: found a header of 4 bytes, expected at most 3, the rest of the file",
        problem(contents));
    contents[7] = (byte) 0x80;
    assertEquals(
        "start: found a header of 9223372036854775812 bytes, expected at most 3,"
            + " the rest of the file",
        problem(contents));
  }

  @Test
  void aHeaderBeyondTheFormatsLimitIsExplained() throws IOException {
    Path file = directory.resolve("sparse.safetensors");
    try (var channel = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      channel.write(new byte[] {(byte) 0x01, (byte) 0xe1, (byte) 0xf5, 0x05, 0, 0, 0, 0});
      channel.setLength(200_000_000);
    }
    FileFormatException error =
        assertThrows(FileFormatException.class, () -> Safetensors.read(file));
    assertEquals(
        file
            + ", start: found a header of 100000001 bytes, expected at most 100000000,"
            + " the format's limit\n  hint: the file is cut off or no safetensors file",
        error.getMessage());
  }

  @Test
  void anotherKindOfFileIsExplained() throws IOException {
    assertEquals("header byte 0: found byte 0x50, expected '{'", problem("PK", 0));
    assertEquals("header byte 0: found no header, expected '{'", problem("", 0));
    assertEquals("header byte 0: found byte 0x20, expected '{'", problem(" {}", 0));
  }

  @Test
  void textThatIsNoUtf8IsExplained() throws IOException {
    byte[] contents = bytes("{\"a\":1}", new byte[0]);
    contents[8 + 2] = (byte) 0xff;
    assertEquals("header byte 2: found byte 0xff, expected UTF-8", problem(contents));
    contents = bytes("{   ", new byte[0]);
    contents[8 + 3] = (byte) 0xc3; // the first byte of two
    assertEquals("header byte 3: found byte 0xc3, expected UTF-8", problem(contents));
    contents[8 + 2] = (byte) 0xc0; // an overlong zero
    contents[8 + 3] = (byte) 0x80;
    assertEquals("header byte 2: found byte 0xc0, expected UTF-8", problem(contents));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | header character 1: found the end of the header, expected '\"'",
        "{} x | header character 3: found 'x', expected only blanks after the header's object",
        "{}{} | header character 2: found '{', expected only blanks after the header's object",
        "{\"w\" 1} | header character 5: found '1', expected ':'",
        "{\"w\":1} | header character 5: found '1', expected '{'",
        "{\"w\":{},} | tensor \"w\": found no dtype, expected dtype, shape and data_offsets",
        "{\"__metadata__\":{}; | header character 18: found ';', expected ',' or '}'",
        "{\"__metadata__\":{},} | header character 19: found '}', expected '\"'",
        "{\"__metadata__\":{\"a\":1}} | header character 21: found '1', expected '\"'",
        "{\"__metadata__\":null} | header character 16: found 'n', expected '{'",
        "{\"a | header character 3: found the end of the header, expected the rest of a string",
        "{\"a\tb\":1} | header character 3: found U+0009, expected the rest of a string",
        "{\"\\x\":1} | header character 2: found an unknown escape, expected one of \\\" \\\\"
            + " \\/ \\b"
            + " \\f \\n \\r \\t \\u0000",
        "{\"\\u12g4\":1} | header character 2: found an unknown escape, expected \\u and four"
            + " hexadecimal digits",
        "{\"\\ud800\":1} | header character 9: found half a surrogate pair in \"?\", expected"
            + " Unicode",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}} | header character 25: found the key"
            + " \"a\" again,"
            + " expected each key once",
        "{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | header character 20: found the key"
            + " \"dtype\""
            + " again, expected each key once",
        "{\"__metadata__\":{},\"__metadata__\":{}} | header character 19: found the key"
            + " \"__metadata__\" again, expected each key once",
        "{\"w\":{\"stride\":[1]}} | tensor \"w\": found the key \"stride\", expected dtype,"
            + " shape and"
            + " data_offsets",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[]}} | tensor \"w\": found no data_offsets,"
            + " expected dtype,"
            + " shape and data_offsets",
        "{\"w\":{\"dtype\":\"F32\"}} | tensor \"w\": found no shape, expected dtype, shape and"
            + " data_offsets",
      })
  void brokenJsonIsExplained(String header, String problem) throws IOException {
    assertEquals(problem, problem(header, 0).replace('\uD800', '?'));
  }

  @Test
  void deepNestingIsRefusedAtItsFirstUnexpectedBracket() throws IOException {
    String deep = "{\"w\":{\"shape\":" + "[".repeat(1_000_000);
    assertEquals(
        "header character 15: found '[', expected an integer of 0 or more", problem(deep, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[-1] | header character 29: found '-', expected an integer of 0 or more",
        "[1.0] | header character 30: found '.', expected an integer of 0 or more",
        "[1e3] | header character 30: found 'e', expected an integer of 0 or more",
        "[01] | header character 29: found a leading zero, expected an integer of 0 or more",
        "[] 5 | header character 31: found '5', expected ',' or '}'",
        "[1 2] | header character 31: found '2', expected ',' or ']'",
        "[9223372036854775808] | header character 29: found a number beyond 9223372036854775807,"
            + " expected a smaller integer",
        "[99999999999999999999999] | header character 29: found a number beyond"
            + " 9223372036854775807, expected a smaller integer",
        "[2147483648] | tensor \"w\": found an axis of size 2147483648, expected at most"
            + " 2147483647",
        "[65536, 65536, 65536, 65536] | tensor \"w\": found shape [65536, 65536, 65536, 65536],"
            + " expected at most 2147483647 elements",
        "[3] | tensor \"w\": found 8 bytes of data, expected 12 for F32 (3)",
        "[] | tensor \"w\": found 8 bytes of data, expected 4 for F32 ()",
        "[2147483647] | tensor \"w\": found 8 bytes of data, expected 8589934588 for F32"
            + " (2147483647)",
        "[0, 2147483647, 2147483647] | tensor \"w\": found 8 bytes of data, expected 0 for F32 (0,"
            + " 2147483647, 2147483647)",
      })
  void aShapeThatCannotBeIsExplained(String shape, String problem) throws IOException {
    assertEquals(problem, problem(tensor("F32", shape, "[0,8]"), 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0] | tensor \"w\": found 1 data_offsets, expected begin and end",
        "[0, 8, 8] | tensor \"w\": found 3 data_offsets, expected begin and end",
        "[8, 0] | tensor \"w\": found data_offsets [8, 0], expected begin <= end <= 8, the bytes of"
            + " data",
        "[0, 9] | tensor \"w\": found data_offsets [0, 9], expected begin <= end <= 8, the bytes of"
            + " data",
        "[0, 9223372036854775807] | tensor \"w\": found data_offsets [0, 9223372036854775807],"
            + " expected begin <= end <= 8, the bytes of data",
        "[0, 4] | tensor \"w\": found 4 bytes of data, expected 8 for F32 (2)",
      })
  void offsetsThatCannotBeAreExplained(String offsets, String problem) throws IOException {
    assertEquals(problem, problem(tensor("F32", "[2]", offsets), 8));
  }

  @Test
  void otherTypesAreRefusedWithTheListOfThoseThatAreRead() throws IOException {
    Path file = directory.resolve("half.safetensors");
    Files.write(file, bytes(tensor("F8_E4M3", "[2]", "[0,2]"), new byte[2]));
    FileFormatException error =
        assertThrows(FileFormatException.class, () -> Safetensors.read(file));
    assertEquals(
        file
            + ", tensor \"w\": found dtype \"F8_E4M3\", expected one of "
            + "[F64, F32, F16, BF16, I64, I32, I16, I8, U32, U16, U8, BOOL]\n"
            + "  hint: convert the tensor where it was made, for instance with .float() in PyTorch",
        error.getMessage());
    assertThrows(FileFormatException.class, () -> Safetensors.metadata(file));
  }

  private static String two(String firstOffsets, String secondOffsets) {
    String first = tensor("F32", "[1]", firstOffsets);
    String second = tensor("F32", "[1]", secondOffsets).replace("\"w\"", "\"v\"");
    return first.substring(0, first.length() - 1) + "," + second.substring(1);
  }

  @Test
  void dataThatOverlapsIsExplained() throws IOException {
    assertEquals(
        "tensor \"v\": found an overlap: its data begins at 2, expected begin 4, where the tensor"
            + " before ends",
        problem(two("[0,4]", "[2,6]"), 8));
    assertEquals(
        "tensor \"v\": found an overlap: its data begins at 0, expected begin 4, where the tensor"
            + " before ends",
        problem(two("[0,4]", "[0,4]"), 4));
  }

  @Test
  void holesInTheDataAreExplained() throws IOException {
    assertEquals(
        "tensor \"v\": found a hole: its data begins at 8, expected begin 4, where the tensor"
            + " before"
            + " ends",
        problem(two("[0,4]", "[8,12]"), 12));
    assertEquals(
        "tensor \"w\": found a hole: its data begins at 4, expected begin 0, where the tensor"
            + " before"
            + " ends",
        problem(tensor("F32", "[1]", "[4,8]"), 8));
  }

  @Test
  void bytesBehindTheLastTensorAreExplained() throws IOException {
    assertEquals(
        "end of data: found 3 bytes that belong to no tensor, expected none",
        problem(tensor("F32", "[1]", "[0,4]"), 7));
    assertEquals(
        "end of data: found 1 bytes that belong to no tensor, expected none", problem("{}", 1));
  }

  @Test
  void truthIsZeroOrOne() throws IOException {
    assertEquals(
        "tensor \"w\", element 2: found the byte 255, expected 0 or 1 for BOOL",
        problem(bytes(tensor("BOOL", "[3]", "[0,3]"), new byte[] {1, 0, -1})));
  }

  @Test
  void hostileNamesDoNotReachTheMessageUnescaped() throws IOException {
    String header =
        tensor("F99", "[]", "[0,4]").replace("\"w\"", "\"\\u001b[31m" + "x".repeat(200) + "\"");
    String problem = problem(header, 4);
    assertEquals(
        "tensor \"\\u001b[31m"
            + "x".repeat(72)
            + "...\": found dtype \"F99\", expected one of"
            + " [F64, F32, F16, BF16, I64, I32, I16, I8, U32, U16, U8, BOOL]",
        problem);
  }
}
