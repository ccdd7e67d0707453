package org.wengert.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes pickles of protocol 2 as Python does, for values of Java that stand for Python's: maps
/// for OrderedDict, lists, arrays for tuples, numbers, text, null, and [View]s for tensors.
final class PickleWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int memo;

  /// A tensor: a view of a storage.
  record View(String type, String key, int count, long offset, long[] sizes, long[] strides) {}

  /// The pickle of a value.
  static byte[] pickle(Object value) {
    PickleWriter writer = new PickleWriter();
    writer.raw(0x80, 2);
    writer.value(value);
    writer.raw('.');
    return writer.bytes.toByteArray();
  }

  private void value(Object value) {
    switch (value) {
      case null -> raw('N');
      case Boolean truth -> raw(truth ? 0x88 : 0x89);
      case Long whole -> whole(whole);
      case Integer whole -> whole(whole);
      case Double real -> number('G', ByteBuffer.allocate(8).putDouble(real).array());
      case String text -> text(text);
      case Map<?, ?> map -> map(map);
      case List<?> list -> {
        raw(']');
        put();
        raw('(');
        list.forEach(this::value);
        raw('e');
      }
      case Object[] tuple -> tuple(tuple);
      case View view -> view(view);
      default -> throw new IllegalArgumentException(value.toString());
    }
  }

  private void whole(long whole) {
    ByteBuffer little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    if (whole >= 0 && whole < 256) {
      raw('K', (int) whole);
    } else if (whole >= 0 && whole < 65536) {
      raw('M', (int) whole & 0xff, (int) whole >> 8);
    } else if (whole == (int) whole) {
      number('J', java.util.Arrays.copyOf(little.putInt((int) whole).array(), 4));
    } else {
      raw(0x8a);
      number(8, little.putLong(whole).array());
    }
  }

  private void number(int code, byte[] number) {
    raw(code);
    bytes.writeBytes(number);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length);
    number('X', length.array());
    bytes.writeBytes(utf8);
    put();
  }

  private void tuple(Object... items) {
    if (items.length == 0) {
      raw(')');
      return;
    }
    if (items.length > 3) {
      raw('(');
    }
    for (Object item : items) {
      value(item);
    }
    raw(items.length > 3 ? 't' : 0x84 + items.length);
    put();
  }

  private void map(Map<?, ?> map) {
    ordered();
    raw('(');
    map.forEach(
        (key, value) -> {
          value(key);
          value(value);
        });
    raw('u');
  }

  private void ordered() {
    global("collections", "OrderedDict");
    raw(')', 'R');
    put();
  }

  private void view(View view) {
    global("torch._utils", "_rebuild_tensor_v2");
    raw('(', '(');
    text("storage");
    global("torch", view.type());
    text(view.key());
    text("cpu");
    whole(view.count());
    raw('t');
    put();
    raw('Q');
    whole(view.offset());
    tuple(java.util.Arrays.stream(view.sizes()).boxed().toArray());
    tuple(java.util.Arrays.stream(view.strides()).boxed().toArray());
    raw(0x89);
    ordered();
    raw('t');
    put();
    raw('R');
    put();
  }

  private void global(String module, String name) {
    number('c', (module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    put();
  }

  private void put() {
    raw('q', memo++ & 0xff);
  }

  private void raw(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
  }
}
