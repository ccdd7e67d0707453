package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What an npy file says about its array before the elements: type, order and shape. Immutable.
///
/// @param fortran whether the first index runs fastest in the file
record NpyHeader(ElementCode code, ByteOrder order, boolean fortran, Shape shape) {
  /// The longest header that is read. NumPy itself refuses more than 10,000 bytes unless asked.
  static final int LIMIT = 1 << 16;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  /// Reads the header of an array of which file, magic and elements are `size` bytes, and checks
  /// that the elements are what follows.
  static NpyHeader read(InputStream from, long size, Place place) throws IOException {
    byte[] start = from.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2 || !Arrays.equals(MAGIC, Arrays.copyOf(start, 6))) {
      throw place
          .within("start")
          .found(start.length < 8 ? start.length + " bytes" : "other bytes", "\\x93NUMPY")
          .hint("this is no npy file");
    }
    int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
      String found = Byte.toUnsignedInt(start[6]) + "." + Byte.toUnsignedInt(start[7]);
      throw place.within("start").found("format version " + found, "1.0, 2.0 or 3.0");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    long length = unsigned(from.readNBytes(lengthBytes));
    long rest = size - start.length - lengthBytes;
    if (length > Math.min(LIMIT, rest)) {
      throw place
          .within("start")
          .found("a header of " + length + " bytes", "at most " + Math.min(LIMIT, rest));
    }
    byte[] bytes = from.readNBytes((int) length);
    String text = new String(bytes, StandardCharsets.ISO_8859_1); // longer names are refused anyway
    NpyHeader header = new Parser(text, place).parse();
    FileShape.checkBytes(rest - length, header.code, header.shape, place);
    return header;
  }

  private static long unsigned(byte[] littleEndian) {
    long value = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      value = value << 8 | Byte.toUnsignedLong(littleEndian[i]);
    }
    return value;
  }

  /// Everything before the elements of `tensor`, in format version 1.0, padded with blanks so that
  /// the elements begin at a multiple of 64 bytes.
  static byte[] bytes(Tensor tensor) {
    ElementCode code = ElementCode.of(tensor.dtype());
    StringBuilder text = new StringBuilder("{'descr': '");
    text.append(code.width() == 1 ? '|' : '<').append(code.npy());
    text.append("', 'fortran_order': False, 'shape': (");
    for (int axis = 0; axis < tensor.rank(); axis++) {
      text.append(axis == 0 ? "" : ", ").append(tensor.size(axis));
    }
    text.append(tensor.rank() == 1 ? ",), }" : "), }");
    int unpadded = MAGIC.length + 4 + text.length() + 1;
    text.append(" ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT)).append('\n');
    byte[] bytes = Arrays.copyOf(MAGIC, MAGIC.length + 4 + text.length());
    bytes[6] = 1;
    bytes[8] = (byte) text.length();
    bytes[9] = (byte) (text.length() >> 8);
    byte[] dictionary = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(dictionary, 0, bytes, MAGIC.length + 4, dictionary.length);
    return bytes;
  }

  /// Reads the dictionary `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, and
  /// nothing else of Python.
  private static final class Parser {
    private final LiteralText text;
    private final Place place;
    private @Nullable String descr;
    private @Nullable Boolean fortran;
    private @Nullable List<Long> shape;

    Parser(String text, Place place) {
      this.text = new LiteralText(text, place);
      this.place = place;
    }

    NpyHeader parse() {
      text.expect('{');
      while (!text.skip('}')) {
        member();
        if (!text.skip(',')) {
          text.expect('}');
          break;
        }
      }
      text.end();
      if (descr == null || fortran == null || shape == null) {
        String missing = descr == null ? "descr" : fortran == null ? "fortran_order" : "shape";
        throw place.found("no " + missing, "descr, fortran_order and shape");
      }
      ElementCode code = code(descr);
      ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      return new NpyHeader(code, order, fortran, FileShape.of(shape, place));
    }

    private void member() {
      String key = text.string();
      text.expect(':');
      switch (key) {
        case "descr" -> {
          once(key, descr);
          if (text.sees('[')) {
            throw place
                .found("a structured type", "one type for all elements")
                .hint("save each field as an array of its own: a[field]");
          }
          descr = text.string();
        }
        case "fortran_order" -> {
          once(key, fortran);
          fortran = text.truth();
        }
        case "shape" -> {
          once(key, shape);
          shape = tuple();
        }
        default ->
            throw place.found("the key " + Json.shown(key), "descr, fortran_order and shape");
      }
    }

    private void once(String key, @Nullable Object before) {
      if (before != null) {
        throw place.found("the key " + Json.shown(key) + " again", "each key once");
      }
    }

    private List<Long> tuple() {
      List<Long> sizes = new ArrayList<>();
      text.expect('(');
      while (!text.skip(')')) {
        sizes.add(text.integer());
        if (!text.skip(',')) {
          text.expect(')');
          break;
        }
      }
      return sizes;
    }

    private ElementCode code(String descr) {
      if (descr.startsWith("|O") || descr.equals("O")) {
        throw place
            .found("an array of Python objects", "numbers")
            .hint("such a file holds a pickle, which can run code; save it with a numeric dtype");
      }
      ElementCode code =
          descr.isEmpty() || "<>|".indexOf(descr.charAt(0)) < 0
              ? null
              : ElementCode.named(descr.substring(1), ElementCode::npy);
      if (code == null || descr.charAt(0) == '|' && code.width() > 1) {
        throw place
            .found(
                "dtype " + Json.shown(descr), "< or > and one of f8 f4 f2 i8 i4 i2 i1 u4 u2 u1 b1")
            .hint("convert the array where it was made, for instance with a.astype('float32')");
      }
      return code;
    }
  }
}
