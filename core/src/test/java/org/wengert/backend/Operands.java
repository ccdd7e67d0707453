package org.wengert.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Random operands of any strides, and the naive way to read them: index by index.
final class Operands {
  private Operands() {}

  /// Sizes 0 to 4, mostly not 0, of a rank up to `maxRank`.
  static Shape shape(RandomGenerator random, int minRank, int maxRank) {
    int[] sizes = new int[minRank + random.nextInt(maxRank - minRank + 1)];
    Arrays.setAll(sizes, axis -> random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4));
    return Shape.of(sizes);
  }

  /// A shape that broadcasts to `to`.
  static Shape narrower(Shape to, RandomGenerator random) {
    int[] sizes = to.toArray();
    sizes = Arrays.copyOfRange(sizes, random.nextInt(sizes.length + 1), sizes.length);
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = random.nextInt(3) == 0 ? 1 : sizes[axis];
    }
    return Shape.of(sizes);
  }

  /// A view of small whole numbers, so that sums are exact in any order: permuted, sliced, starting
  /// anywhere, and sometimes expanded.
  static Tensor strided(Shape shape, DType dtype, RandomGenerator random) {
    return strided(shape, random, whole -> whole(whole, dtype, random));
  }

  /// The same of other numbers.
  ///
  /// @param numbers a tensor of the shape that the view is cut out of
  static Tensor strided(Shape shape, RandomGenerator random, Function<Shape, Tensor> numbers) {
    int rank = shape.rank();
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      order.add(random.nextInt(axis + 1), axis);
    }
    int[] base = new int[rank];
    int[] inverse = new int[rank];
    int[] from = new int[rank];
    int[] step = new int[rank];
    boolean[] repeated = new boolean[rank];
    for (int axis = 0; axis < rank; axis++) {
      from[axis] = random.nextInt(2);
      step[axis] = 1 + random.nextInt(2);
      repeated[axis] = random.nextInt(8) == 0;
      int size = repeated[axis] ? 1 : shape.size(axis);
      base[order.indexOf(axis)] = from[axis] + size * step[axis];
      inverse[axis] = order.indexOf(axis);
    }
    Tensor view = numbers.apply(Shape.of(base)).permute(inverse);
    for (int axis = 0; axis < rank; axis++) {
      int size = repeated[axis] ? 1 : shape.size(axis);
      view = view.slice(axis, from[axis], from[axis] + size * step[axis], step[axis]);
    }
    return view.expand(shape);
  }

  private static Tensor whole(Shape shape, DType dtype, RandomGenerator random) {
    double[] values = new double[shape.count()];
    int least = dtype == DType.UINT8 ? 0 : -4;
    Arrays.setAll(values, i -> random.nextInt(least, 5));
    return Tensor.of(values).reshape(shape).to(dtype);
  }

  /// What is done with an index.
  interface Body {
    void at(int[] index);
  }

  /// Visits every index of a shape.
  static void forEach(Shape shape, Body body) {
    for (int i = 0; i < shape.count(); i++) {
      int[] index = new int[shape.rank()];
      int rest = i;
      for (int axis = index.length - 1; axis >= 0; axis--) {
        index[axis] = rest % shape.size(axis);
        rest /= shape.size(axis);
      }
      body.at(index);
    }
  }

  /// The index into `x` when it is broadcast to a shape with `index`.
  static int[] narrowed(int[] index, Shape x) {
    int[] own = Arrays.copyOfRange(index, index.length - x.rank(), index.length);
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = x.size(axis) == 1 ? 0 : own[axis];
    }
    return own;
  }

  static double at(Tensor x, int[] index) {
    return x.at(narrowed(index, x.shape()));
  }

  static long longAt(Tensor x, int[] index) {
    return x.longAt(narrowed(index, x.shape()));
  }

  static int[] replaced(int[] index, int axis, int by) {
    int[] changed = index.clone();
    changed[axis] = by;
    return changed;
  }
}
