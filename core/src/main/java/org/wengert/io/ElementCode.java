package org.wengert.io;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;

/// The element types of files, by their names in safetensors, each with the tensor's type that
/// holds all its numbers: narrow types are widened when they are read, none is rounded.
enum ElementCode {
  F64(DType.FLOAT64, 8, "f8", "DoubleStorage"),
  F32(DType.FLOAT32, 4, "f4", "FloatStorage"),
  F16(DType.FLOAT32, 2, "f2", "HalfStorage"),
  BF16(DType.FLOAT32, 2, "", "BFloat16Storage"),
  I64(DType.INT64, 8, "i8", "LongStorage"),
  I32(DType.INT32, 4, "i4", "IntStorage"),
  I16(DType.INT32, 2, "i2", "ShortStorage"),
  I8(DType.INT32, 1, "i1", "CharStorage"),
  U32(DType.INT64, 4, "u4", ""),
  U16(DType.INT32, 2, "u2", ""),
  U8(DType.UINT8, 1, "u1", "ByteStorage"),
  BOOL(DType.BOOL, 1, "b1", "BoolStorage");

  private final DType dtype;
  private final int width;
  private final String npy;
  private final String torch;

  ElementCode(DType dtype, int width, String npy, String torch) {
    this.dtype = dtype;
    this.width = width;
    this.npy = npy;
    this.torch = torch;
  }

  /// The type of the tensor that holds such elements.
  DType dtype() {
    return dtype;
  }

  /// The bytes of an element.
  int width() {
    return width;
  }

  /// Kind and width as NumPy writes them, such as `f4`; empty if NumPy has no such type.
  String npy() {
    return npy;
  }

  /// The class of PyTorch's storages, such as `FloatStorage`; empty if there is none.
  String torch() {
    return torch;
  }

  /// The code under which tensors of this type are written.
  static ElementCode of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT32 -> I32;
      case INT64 -> I64;
      case UINT8 -> U8;
      case BOOL -> BOOL;
    };
  }

  /// The code with this name in one of the formats, or null if tensors have no such type.
  static @Nullable ElementCode named(String name, Function<ElementCode, String> format) {
    for (ElementCode code : values()) {
      if (!name.isEmpty() && format.apply(code).equals(name)) {
        return code;
      }
    }
    return null;
  }

  /// Fills the little-endian `bytes` with elements from `from` on.
  static void encode(Storage elements, int from, int count, ByteBuffer bytes) {
    switch (elements) {
      case Storage.Floats s -> bytes.asFloatBuffer().put(s.array(), from, count);
      case Storage.Doubles s -> bytes.asDoubleBuffer().put(s.array(), from, count);
      case Storage.Ints s -> bytes.asIntBuffer().put(s.array(), from, count);
      case Storage.Longs s -> bytes.asLongBuffer().put(s.array(), from, count);
      case Storage.Bytes s -> bytes.put(0, s.array(), from, count);
      case Storage.Bools s -> {
        for (int i = 0; i < count; i++) {
          bytes.put(i, (byte) (s.array()[from + i] ? 1 : 0));
        }
      }
    }
  }

  /// Reads `count` elements of `bytes`, in the buffer's byte order, into `elements` from `to` on,
  /// and returns the index of the first byte that is no element, or -1.
  int decode(ByteBuffer bytes, Storage elements, int to, int count) {
    switch (elements) {
      case Storage.Floats s when this == F32 -> bytes.asFloatBuffer().get(s.array(), to, count);
      case Storage.Floats s -> {
        for (int i = 0; i < count; i++) {
          short half = bytes.getShort(2 * i);
          s.array()[to + i] =
              this == F16 ? Float.float16ToFloat(half) : Float.intBitsToFloat(half << 16);
        }
      }
      case Storage.Doubles s -> bytes.asDoubleBuffer().get(s.array(), to, count);
      case Storage.Bytes s -> bytes.get(0, s.array(), to, count);
      case Storage.Ints s when this == I32 -> bytes.asIntBuffer().get(s.array(), to, count);
      case Storage.Longs s when this == I64 -> bytes.asLongBuffer().get(s.array(), to, count);
      case Storage.Ints s -> widen(bytes, s, to, count);
      case Storage.Longs s -> widen(bytes, s, to, count);
      case Storage.Bools s -> {
        return truths(bytes, s.array(), to, count);
      }
    }
    return -1;
  }

  private void widen(ByteBuffer bytes, Storage elements, int to, int count) {
    for (int i = 0; i < count; i++) {
      long element =
          switch (this) {
            case I16 -> bytes.getShort(2 * i);
            case I8 -> bytes.get(i);
            case U32 -> Integer.toUnsignedLong(bytes.getInt(4 * i));
            case U16 -> Short.toUnsignedInt(bytes.getShort(2 * i));
            case F64, F32, F16, BF16, I64, I32, U8, BOOL -> throw new AssertionError(this);
          };
      elements.put(to + i, element);
    }
  }

  private static int truths(ByteBuffer bytes, boolean[] elements, int to, int count) {
    for (int i = 0; i < count; i++) {
      if ((bytes.get(i) & 0xfe) != 0) {
        return i;
      }
      elements[to + i] = bytes.get(i) != 0;
    }
    return -1;
  }
}
