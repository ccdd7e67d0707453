package org.wengert.io;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;

/// The element types of a safetensors file that tensors know, by their names in the file.
enum ElementCode {
  F32(DType.FLOAT32, 4),
  F64(DType.FLOAT64, 8),
  I32(DType.INT32, 4),
  I64(DType.INT64, 8),
  U8(DType.UINT8, 1),
  BOOL(DType.BOOL, 1);

  private final DType dtype;
  private final int width;

  ElementCode(DType dtype, int width) {
    this.dtype = dtype;
    this.width = width;
  }

  /// The tensor's type.
  DType dtype() {
    return dtype;
  }

  /// The bytes of an element.
  int width() {
    return width;
  }

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

  /// The code with this name, or null if tensors have no such type.
  static @Nullable ElementCode named(String name) {
    for (ElementCode code : values()) {
      if (code.name().equals(name)) {
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

  /// Reads `count` elements of the little-endian `bytes` into `elements` from `to` on, and returns
  /// the position of the first byte that is no element, or -1.
  static int decode(ByteBuffer bytes, Storage elements, int to, int count) {
    switch (elements) {
      case Storage.Floats s -> bytes.asFloatBuffer().get(s.array(), to, count);
      case Storage.Doubles s -> bytes.asDoubleBuffer().get(s.array(), to, count);
      case Storage.Ints s -> bytes.asIntBuffer().get(s.array(), to, count);
      case Storage.Longs s -> bytes.asLongBuffer().get(s.array(), to, count);
      case Storage.Bytes s -> bytes.get(0, s.array(), to, count);
      case Storage.Bools s -> {
        for (int i = 0; i < count; i++) {
          if ((bytes.get(i) & 0xfe) != 0) {
            return i;
          }
          s.array()[to + i] = bytes.get(i) != 0;
        }
      }
    }
    return -1;
  }
}
