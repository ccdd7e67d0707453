package org.wengert;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Ways to move elements in random programs: the library's call, and beside it where each element
/// comes from.
sealed interface Move {
  /// What the library does.
  Variable record(Variable x);

  /// The shape of the result.
  int[] shape(int... x);

  /// The index in the operand of the element at `index` of the result; a reshape keeps the order
  /// of elements instead.
  int[] source(int[] index, int... x);

  /// The same order of elements under another shape.
  record Reshape(List<Integer> to) implements Move {
    @Override
    public Variable record(Variable x) {
      return x.reshape(Call.sizes(to));
    }

    @Override
    public int[] shape(int... x) {
      return Call.sizes(to);
    }

    @Override
    public int[] source(int[] index, int... x) {
      throw new UnsupportedOperationException("a reshape keeps the order");
    }
  }

  /// Axes in another order.
  record Permute(List<Integer> order) implements Move {
    @Override
    public Variable record(Variable x) {
      return x.permute(Call.sizes(order));
    }

    @Override
    public int[] shape(int... x) {
      return order.stream().mapToInt(axis -> x[axis]).toArray();
    }

    @Override
    public int[] source(int[] index, int... x) {
      int[] source = new int[x.length];
      IntStream.range(0, x.length).forEach(i -> source[order.get(i)] = index[i]);
      return source;
    }
  }

  /// Every `step`-th index of an axis.
  record Slice(int axis, int from, int to, int step) implements Move {
    @Override
    public Variable record(Variable x) {
      return F.slice(x, axis, from, to, step);
    }

    @Override
    public int[] shape(int... x) {
      int[] shape = x.clone();
      shape[axis] = (to - from + step - 1) / step;
      return shape;
    }

    @Override
    public int[] source(int[] index, int... x) {
      int[] source = index.clone();
      source[axis] = from + step * index[axis];
      return source;
    }
  }

  /// One index of an axis, which disappears.
  record Select(int axis, int at) implements Move {
    @Override
    public Variable record(Variable x) {
      return x.select(axis, at);
    }

    @Override
    public int[] shape(int... x) {
      return IntStream.range(0, x.length).filter(i -> i != axis).map(i -> x[i]).toArray();
    }

    @Override
    public int[] source(int[] index, int... x) {
      return IntStream.range(0, x.length)
          .map(i -> i == axis ? at : index[i < axis ? i : i - 1])
          .toArray();
    }
  }

  /// Axes of size 1, and new ones in front, repeated.
  record Expand(List<Integer> to) implements Move {
    @Override
    public Variable record(Variable x) {
      return x.expand(Shape.of(Call.sizes(to)));
    }

    @Override
    public int[] shape(int... x) {
      return Call.sizes(to);
    }

    @Override
    public int[] source(int[] index, int... x) {
      return Arrays.copyOfRange(index, index.length - x.length, index.length);
    }
  }

  /// One index for each element of the result.
  record Gather(int axis, List<Integer> shape, List<Long> positions) implements Move {
    @Override
    public Variable record(Variable x) {
      Tensor index = Tensor.of(positions.stream().mapToLong(Long::longValue).toArray());
      return F.gather(x, axis, Variable.constant(index.reshape(Shape.of(Call.sizes(shape)))));
    }

    @Override
    public int[] shape(int... x) {
      return Call.sizes(shape);
    }

    @Override
    public int[] source(int[] index, int... x) {
      int[] source = index.clone();
      source[axis] = positions.get(Dual.flat(index, Call.sizes(shape))).intValue();
      return source;
    }
  }

  /// Some indices of an axis, in any order, also twice.
  record IndexSelect(int axis, List<Integer> positions) implements Move {
    @Override
    public Variable record(Variable x) {
      return F.indexSelect(x, axis, Variable.constant(Tensor.of(Call.sizes(positions))));
    }

    @Override
    public int[] shape(int... x) {
      int[] shape = x.clone();
      shape[axis] = positions.size();
      return shape;
    }

    @Override
    public int[] source(int[] index, int... x) {
      int[] source = index.clone();
      source[axis] = positions.get(index[axis]);
      return source;
    }
  }
}
