package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Shapes of ranks 0 to 5, pairs of them that broadcast, and other ways to store the same numbers.
final class Shapes {
  /// Of each rank some, with axes of 0 and of 1 element at the front, inside and at the end.
  static final List<Shape> OF_ALL_RANKS =
      List.of(
          Shape.of(),
          Shape.of(0),
          Shape.of(1),
          Shape.of(5),
          Shape.of(2, 3),
          Shape.of(1, 4),
          Shape.of(4, 1),
          Shape.of(0, 3),
          Shape.of(3, 0),
          Shape.of(2, 3, 4),
          Shape.of(3, 1, 2),
          Shape.of(2, 0, 3),
          Shape.of(2, 3, 1, 2),
          Shape.of(1, 2, 2, 3),
          Shape.of(3, 2, 0, 2),
          Shape.of(2, 2, 3, 1, 2),
          Shape.of(1, 3, 2, 2, 2),
          Shape.of(2, 1, 2, 3, 0));

  private static final int[] SIZES = {2, 3, 2, 3, 2};

  private Shapes() {}

  /// All pairs of shapes of up to `rank` axes that broadcast: on each axis both have it whole, or
  /// one of them has 1 element, or, up to rank 3, both have; axes of 1 element in front are also
  /// left away; and up to rank 3 each axis is also empty.
  static List<List<Shape>> pairs(int rank) {
    List<List<Shape>> pairs = new ArrayList<>();
    for (int axes = 0; axes <= rank; axes++) {
      int[] sizes = Arrays.copyOf(SIZES, axes);
      addPairs(pairs, axes <= 3 ? 4 : 3, sizes);
      for (int empty = 0; axes <= 3 && empty < axes; empty++) {
        int[] some = sizes.clone();
        some[empty] = 0;
        addPairs(pairs, 3, some);
      }
    }
    return pairs;
  }

  private static void addPairs(List<List<Shape>> pairs, int kinds, int... sizes) {
    for (int code = 0; code < Math.pow(kinds, sizes.length); code++) {
      int[] a = sizes.clone();
      int[] b = sizes.clone();
      for (int axis = 0, rest = code; axis < sizes.length; axis++, rest /= kinds) {
        int kind = rest % kinds;
        a[axis] = kind == 1 || kind == 3 ? 1 : a[axis];
        b[axis] = kind == 2 || kind == 3 ? 1 : b[axis];
      }
      pairs.add(List.of(Shape.of(a), Shape.of(b)));
      if (sizes.length > 0 && (a[0] == 1 || b[0] == 1)) {
        pairs.add(List.of(trimmed(a), trimmed(b)));
      }
    }
  }

  private static Shape trimmed(int... sizes) {
    return Shape.of(Arrays.stream(sizes).dropWhile(size -> size == 1).toArray());
  }

  /// All orders of `rank` axes.
  static List<int[]> orders(int rank) {
    List<int[]> orders = List.of(new int[0]);
    for (int axis = 0; axis < rank; axis++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] order : orders) {
        for (int at = 0; at <= order.length; at++) {
          longer.add(inserted(order, at, axis));
        }
      }
      orders = longer;
    }
    return orders;
  }

  private static int[] inserted(int[] order, int at, int axis) {
    return IntStream.rangeClosed(0, order.length)
        .map(i -> i == at ? axis : order[i < at ? i : i - 1])
        .toArray();
  }

  /// Sizes in another order.
  static Shape permuted(Shape x, int... order) {
    return Shape.of(Arrays.stream(order).map(x::size).toArray());
  }

  /// Indices from 0 to `size - 1`, one for each place of `shape`, that depend on the place along
  /// `axis` and on the place among the lines along it, in whatever order the axes are.
  static Tensor index(Shape shape, int axis, int size) {
    int at = axis < 0 ? axis + shape.rank() : axis;
    int inner = IntStream.range(at + 1, shape.rank()).map(shape::size).reduce(1, (m, n) -> m * n);
    long[] index = new long[shape.count()];
    for (int i = 0; i < index.length; i++) {
      int along = i / inner % shape.size(at);
      int line = i / inner / shape.size(at) * inner + i % inner;
      index[i] = (5L * line + 3L * along + line / 2) % size;
    }
    return Tensor.of(index).reshape(shape);
  }

  /// Some truth for each place.
  static Tensor mask(Shape shape) {
    Rng random = new Rng(29);
    boolean[] mask = new boolean[shape.count()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextInt(2) == 1;
    }
    return Tensor.of(mask).reshape(shape);
  }

  /// The same numbers, the axes stored in reverse.
  static Tensor reversed(Tensor x) {
    int[] order = IntStream.range(0, x.rank()).map(axis -> x.rank() - 1 - axis).toArray();
    return x.permute(order).copy().permute(order);
  }

  /// The same numbers in a storage with gaps, and the axes stored in reverse.
  static Tensor strided(Tensor x) {
    Shape one = x.shape().insert(-1, 1);
    return reversed(x.reshape(one).expand(one.with(-1, 2))).slice(-1, 1, 2, 1).reshape(x.shape());
  }

  /// The first line along an axis, repeated without being stored again.
  static Tensor repeated(Tensor x, int axis) {
    return x.slice(axis, 0, 1, 1).expand(x.shape());
  }
}
