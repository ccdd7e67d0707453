package org.wengert.tensor;

import java.util.Arrays;

/// Copying of elements between views, for kernels that fill a fresh tensor part by part.
///
/// Loops are written out for the types that matter: an element costs no call. Runs without gaps are
/// copied as a whole; a permuted view is read and written in tiles that stay in the cache.
public final class Elements {
  private static final int TILE = 32; // a tile of floats to read and one to write: 8 KiB

  private Elements() {}

  /// Writes the elements of `from` into the view `to`, in the type of `to`: rounded to nearest,
  /// fractions cut off in integers, not 0 is `true`. Integers are rounded once at most.
  ///
  /// @param from of the shape of `to`, or one that expands to it
  /// @param to a view of a storage that nobody else sees yet
  public static void copy(Tensor from, Tensor to) {
    Storage source = from.storage();
    Storage target = to.storage();
    boolean alike = from.shape() == to.shape() || from.shape().equals(to.shape());
    if (alike && from.isContiguous() && to.isContiguous()) {
      copy(source, from.offset(), 1, target, to.offset(), 1, to.count());
      return;
    }
    Nest nest = Nest.over(to.shape(), from, to).facing(0);
    int step = nest.step(0);
    boolean runs = nest.step(1) == 1 && (step == 1 || step == 0);
    int width = runs ? nest.length() : TILE;
    int height = runs ? nest.rows() : TILE;
    nest.forEachPlane(
        at -> {
          for (int row = 0; row < nest.rows(); row += height) {
            for (int column = 0; column < nest.length(); column += width) {
              int a = at[0] + row * nest.rowStep(0) + column * step;
              int b = at[1] + row * nest.rowStep(1) + column * nest.step(1);
              int rows = Math.min(height, nest.rows() - row);
              tile(nest, source, a, target, b, rows, Math.min(width, nest.length() - column));
            }
          }
        });
  }

  /// Line by line: runs without gaps as they are, else along the longer side.
  private static void tile(
      Nest nest, Storage source, int a, Storage target, int b, int rows, int columns) {
    boolean turned = nest.step(1) == 1 && nest.rowStep(0) == 1;
    if (turned && source instanceof Storage.Floats x && target instanceof Storage.Floats y) {
      FloatTurn.run(x.array(), a, nest.step(0), y.array(), b, nest.rowStep(1), rows, columns);
      return;
    }
    if (turned && source instanceof Storage.Doubles x && target instanceof Storage.Doubles y) {
      DoubleTurn.run(x.array(), a, nest.step(0), y.array(), b, nest.rowStep(1), rows, columns);
      return;
    }
    boolean along = nest.step(1) == 1 && nest.step(0) <= 1 || columns >= rows;
    int lines = along ? rows : columns;
    int aLine = along ? nest.rowStep(0) : nest.step(0);
    int bLine = along ? nest.rowStep(1) : nest.step(1);
    int aStep = along ? nest.step(0) : nest.rowStep(0);
    int bStep = along ? nest.step(1) : nest.rowStep(1);
    int length = along ? columns : rows;
    for (int line = 0; line < lines; line++) {
      copy(source, a + line * aLine, aStep, target, b + line * bLine, bStep, length);
    }
  }

  /// Writes `count` elements of one storage into another, from place `a` on in steps of `aStep`, to
  /// place `b` on in steps of `bStep`; see [#copy(Tensor, Tensor)].
  public static void copy(Storage from, int a, int aStep, Storage to, int b, int bStep, int count) {
    if (from.dtype() != to.dtype()) {
      convert(from, a, aStep, to, b, bStep, count);
    } else if (from instanceof Storage.Floats x && to instanceof Storage.Floats y) {
      copy(x.array(), a, aStep, y.array(), b, bStep, count);
    } else if (aStep == 1 && bStep == 1) {
      System.arraycopy(array(from), a, array(to), b, count);
    } else if (from instanceof Storage.Doubles x && to instanceof Storage.Doubles y) {
      copy(x.array(), a, aStep, y.array(), b, bStep, count);
    } else {
      copyLongs(from, a, aStep, to, b, bStep, count);
    }
  }

  static void copy(float[] from, int a, int aStep, float[] to, int b, int bStep, int count) {
    if (aStep == 1 && bStep == 1) {
      System.arraycopy(from, a, to, b, count);
    } else if (aStep == 0 && bStep == 1) {
      Arrays.fill(to, b, b + count, from[a]);
    } else {
      for (int i = 0; i < count; i++) {
        to[b + i * bStep] = from[a + i * aStep];
      }
    }
  }

  static void copy(double[] from, int a, int aStep, double[] to, int b, int bStep, int count) {
    if (aStep == 0 && bStep == 1) {
      Arrays.fill(to, b, b + count, from[a]);
    } else {
      for (int i = 0; i < count; i++) {
        to[b + i * bStep] = from[a + i * aStep];
      }
    }
  }

  private static void copyLongs(
      Storage from, int a, int aStep, Storage to, int b, int bStep, int count) {
    for (int i = 0; i < count; i++) {
      to.put(b + i * bStep, from.longAt(a + i * aStep));
    }
  }

  private static void convert(
      Storage from, int a, int aStep, Storage to, int b, int bStep, int count) {
    if (from instanceof Storage.Floats x && to instanceof Storage.Doubles y) {
      widen(x.array(), a, aStep, y.array(), b, bStep, count);
    } else if (from instanceof Storage.Doubles x && to instanceof Storage.Floats y) {
      narrow(x.array(), a, aStep, y.array(), b, bStep, count);
    } else if (from instanceof Storage.Bools x && to instanceof Storage.Floats y) {
      number(x.array(), a, aStep, y.array(), b, bStep, count);
    } else if (!from.dtype().isFloating()) {
      copyLongs(from, a, aStep, to, b, bStep, count);
    } else {
      for (int i = 0; i < count; i++) {
        to.put(b + i * bStep, from.at(a + i * aStep));
      }
    }
  }

  private static void widen(
      float[] from, int a, int aStep, double[] to, int b, int bStep, int count) {
    for (int i = 0; i < count; i++) {
      to[b + i * bStep] = from[a + i * aStep];
    }
  }

  private static void narrow(
      double[] from, int a, int aStep, float[] to, int b, int bStep, int count) {
    for (int i = 0; i < count; i++) {
      to[b + i * bStep] = (float) from[a + i * aStep];
    }
  }

  private static void number(
      boolean[] from, int a, int aStep, float[] to, int b, int bStep, int count) {
    for (int i = 0; i < count; i++) {
      to[b + i * bStep] = from[a + i * aStep] ? 1 : 0;
    }
  }

  /// Writes `value` to `count` places from `at` on, in the type of the storage.
  public static void fill(Storage storage, int at, int count, double value) {
    switch (storage) {
      case Storage.Floats s -> Arrays.fill(s.array(), at, at + count, (float) value);
      case Storage.Doubles s -> Arrays.fill(s.array(), at, at + count, value);
      case Storage.Longs s -> Arrays.fill(s.array(), at, at + count, (long) value);
      case Storage.Ints s -> Arrays.fill(s.array(), at, at + count, (int) value);
      case Storage.Bytes s -> Arrays.fill(s.array(), at, at + count, (byte) (long) value);
      case Storage.Bools s -> Arrays.fill(s.array(), at, at + count, value != 0);
    }
  }

  /// The Java array under a storage.
  public static Object array(Storage storage) {
    return switch (storage) {
      case Storage.Floats s -> s.array();
      case Storage.Doubles s -> s.array();
      case Storage.Longs s -> s.array();
      case Storage.Ints s -> s.array();
      case Storage.Bytes s -> s.array();
      case Storage.Bools s -> s.array();
    };
  }

  /// The elements row by row in an array of their own, which is never recycled.
  static double[] doubles(Tensor x) {
    if (x.storage() instanceof Storage.Doubles own && x.isContiguous()) {
      return Arrays.copyOfRange(own.array(), x.offset(), x.offset() + x.count());
    }
    double[] elements = new double[x.count()];
    copy(x, Tensor.over(new Storage.Doubles(elements), x.shape()));
    return elements;
  }

  /// The elements row by row, rounded, in an array of their own, which is never recycled.
  static float[] floats(Tensor x) {
    if (x.storage() instanceof Storage.Floats own && x.isContiguous()) {
      return Arrays.copyOfRange(own.array(), x.offset(), x.offset() + x.count());
    }
    float[] elements = new float[x.count()];
    copy(x, Tensor.over(new Storage.Floats(elements), x.shape()));
    return elements;
  }
}
