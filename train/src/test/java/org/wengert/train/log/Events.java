package org.wengert.train.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A reader of TensorBoard's files that shares nothing with their writer: records and messages as
/// the published formats have them, and a CRC-32C computed bit by bit. What is cut off, left over
/// or damaged fails.
final class Events {
  private Events() {}

  /// A message: by field number its values, which are `Long`, `Double`, `Float` or `byte[]`.
  static final class Message extends TreeMap<Integer, List<Object>> {
    private static final long serialVersionUID = 1L;

    private static Message of(byte[] bytes) {
      Message message = new Message();
      ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (rest.hasRemaining()) {
        long tag = varint(rest);
        Object value =
            switch ((int) (tag & 7)) {
              case 0 -> varint(rest);
              case 1 -> rest.getDouble();
              case 2 -> {
                byte[] inside = new byte[Math.toIntExact(varint(rest))];
                rest.get(inside);
                yield inside;
              }
              case 5 -> rest.getFloat();
              default -> throw new AssertionError("wire type " + (tag & 7));
            };
        message.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>()).add(value);
      }
      return message;
    }

    private static long varint(ByteBuffer bytes) {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = bytes.get();
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new AssertionError("a number of more than 64 bits");
    }

    Object only(int field) {
      assertTrue(containsKey(field), "no field " + field + " in " + keySet());
      assertEquals(1, get(field).size(), "field " + field);
      return get(field).getFirst();
    }

    Message message(int field) {
      return of((byte[]) only(field));
    }

    List<Message> messages(int field) {
      return getOrDefault(field, List.of()).stream().map(b -> of((byte[]) b)).toList();
    }

    String text(int field) {
      return new String((byte[]) only(field), StandardCharsets.UTF_8);
    }

    List<String> texts(int field) {
      return getOrDefault(field, List.of()).stream()
          .map(b -> new String((byte[]) b, StandardCharsets.UTF_8))
          .toList();
    }

    double[] packed(int field) {
      ByteBuffer bytes = ByteBuffer.wrap((byte[]) only(field)).order(ByteOrder.LITTLE_ENDIAN);
      double[] values = new double[bytes.remaining() / 8];
      bytes.asDoubleBuffer().get(values);
      return values;
    }
  }

  /// All events of a file; the version, which must come first, is left out.
  static List<Message> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Message> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertEquals(masked(length), bytes.getInt(), "checksum of a length");
      byte[] data =
          new byte
              [Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
      bytes.get(data);
      assertEquals(masked(data), bytes.getInt(), "checksum of data");
      events.add(Message.of(data));
    }
    assertEquals("brain.Event:2", events.getFirst().text(3));
    return events.subList(1, events.size());
  }

  /// The only file of a folder.
  static Path in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all.toString());
      return all.getFirst();
    }
  }

  private static int masked(byte[] bytes) {
    int crc = ~0;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xA282EAD8;
  }
}
