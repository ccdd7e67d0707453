package org.wengert.backend.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Element;
import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Floating numbers one behind the other, for kernels that are alike for both widths.
///
/// @param array a `float[]` or `double[]`
/// @param at where the first number is
record Span(Object array, int at, Element element) {
  /// The numbers of a tensor, or of a copy of it that has no gaps.
  static Span of(Tensor x) {
    Tensor dense = x.isContiguous() ? x : x.copy();
    return switch (dense.storage()) {
      case Storage.Floats f -> new Span(f.array(), dense.offset(), Element.FLOAT);
      case Storage.Doubles d -> new Span(d.array(), dense.offset(), Element.DOUBLE);
      case Storage.Ints _, Storage.Longs _, Storage.Bytes _, Storage.Bools _ ->
          throw new IllegalArgumentException("numbers of type " + x.dtype());
    };
  }

  /// The numbers of those tensors that are there.
  static Span[] ofAll(@Nullable Tensor... tensors) {
    List<Span> spans = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        spans.add(of(tensor));
      }
    }
    return spans.toArray(new Span[0]);
  }

  /// Room for some numbers, all 0.
  static Span room(Element element, int count) {
    return new Span(element == Element.FLOAT ? new float[count] : new double[count], 0, element);
  }

  /// The `count` numbers of a tensor, the first one first in its array; `otherwise` if there
  /// is none.
  static Object row(@Nullable Tensor x, Element element, int count, double otherwise) {
    Span row = x == null ? room(element, count) : of(x);
    if (x == null) {
      row.fill(count, otherwise);
    } else if (row.at != 0) {
      Span own = room(element, count);
      System.arraycopy(row.array, row.at, own.array, 0, count);
      return own.array;
    }
    return row.array;
  }

  /// The numbers from number `i` on.
  Span from(int i) {
    return new Span(array, at + i, element);
  }

  DType type() {
    return element == Element.FLOAT ? DType.FLOAT32 : DType.FLOAT64;
  }

  /// Number `i`.
  double get(int i) {
    return array instanceof float[] f ? f[at + i] : ((double[]) array)[at + i];
  }

  /// Rounds and stores number `i`.
  void put(int i, double value) {
    if (array instanceof float[] f) {
      f[at + i] = (float) value;
    } else {
      ((double[]) array)[at + i] = value;
    }
  }

  /// Stores `value` in the first `count` places.
  void fill(int count, double value) {
    if (array instanceof float[] f) {
      Arrays.fill(f, at, at + count, (float) value);
    } else {
      Arrays.fill((double[]) array, at, at + count, value);
    }
  }
}
