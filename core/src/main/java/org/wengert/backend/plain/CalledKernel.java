package org.wengert.backend.plain;

import org.wengert.backend.Comparison;
import org.wengert.backend.LongFunction;
import org.wengert.backend.LongFunction2;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.ScalarFunction2;
import org.wengert.backend.Update;
import org.wengert.tensor.DType;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Kernels that call a function for each element: those of users' operations, of integers, and of
/// functions without an expression.
final class CalledKernel {
  private CalledKernel() {}

  static Tensor map(ScalarFunction f, Tensor x) {
    DType type = x.dtype().toFloating();
    Tensor from = x.to(type);
    Tensor y = Tensor.zeros(x.shape(), type);
    Loops.Map loop = Loops.map(f, type);
    if (from.isContiguous()) {
      loop.run(f, from.storage(), from.offset(), 1, y.storage(), 0, y.count());
      return y;
    }
    Nest nest = Nest.over(y.shape(), from, y);
    nest.forEachRun(
        at -> loop.run(f, from.storage(), at[0], nest.step(0), y.storage(), at[1], nest.length()));
    return y;
  }

  static Tensor mapLongs(LongFunction f, Tensor x) {
    Tensor y = Tensor.zeros(x.shape(), x.dtype());
    Storage from = x.storage();
    Storage to = y.storage();
    Nest nest = Nest.over(y.shape(), x, y);
    int step = nest.step(0);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            to.put(at[1] + i, f.apply(from.longAt(at[0] + i * step)));
          }
        });
    return y;
  }

  static Tensor zip(ScalarFunction2 f, Tensor a, Tensor b, Shape y, DType compute) {
    Tensor left = a.to(compute);
    Tensor right = b.to(compute);
    Tensor result = Tensor.zeros(y, compute);
    Loops.Zip loop = Loops.zip(f, compute);
    Storage la = left.storage();
    Storage ra = right.storage();
    Storage ya = result.storage();
    if (left.shape() == y && right.shape() == y && left.isContiguous() && right.isContiguous()) {
      loop.run(f, la, left.offset(), 1, ra, right.offset(), 1, ya, 0, y.count());
      return result;
    }
    Nest nest = Nest.over(y, left, right, result);
    nest.forEachRun(
        at ->
            loop.run(
                f, la, at[0], nest.step(0), ra, at[1], nest.step(1), ya, at[2], nest.length()));
    return result;
  }

  static Tensor zipLongs(LongFunction2 f, Tensor a, Tensor b, Shape y, DType compute) {
    Tensor first = narrowed(a, compute);
    Tensor second = narrowed(b, compute);
    Tensor result = Tensor.zeros(y, compute);
    Storage left = first.storage();
    Storage right = second.storage();
    Storage to = result.storage();
    Nest nest = Nest.over(y, first, second, result);
    int aStep = nest.step(0);
    int bStep = nest.step(1);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            long value = f.apply(left.longAt(at[0] + i * aStep), right.longAt(at[1] + i * bStep));
            to.put(at[2] + i, value);
          }
        });
    return result;
  }

  /// An operand of a wider type than the result, which only a 0-d one can be, loses its high bits
  /// before it is computed with, not after, as in libtorch.
  private static Tensor narrowed(Tensor x, DType compute) {
    return x.dtype().compareTo(compute) > 0 ? x.to(compute) : x;
  }

  static Tensor compareLongs(Comparison test, Tensor a, Tensor b, Shape y) {
    Storage left = a.storage();
    Storage right = b.storage();
    Tensor result = Tensor.empty(y, DType.BOOL);
    Storage to = result.storage();
    Nest nest = Nest.over(y, a, b, result);
    int aStep = nest.step(0);
    int bStep = nest.step(1);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            long l = left.longAt(at[0] + i * aStep);
            to.put(at[2] + i, test.test(l, right.longAt(at[1] + i * bStep)) ? 1L : 0L);
          }
        });
    return result;
  }

  /// Writes `condition ? a : b` into `result`.
  static void chooseLongs(Tensor condition, Tensor a, Tensor b, Tensor result) {
    Storage choice = condition.storage();
    Storage left = a.storage();
    Storage right = b.storage();
    Storage to = result.storage();
    Nest nest = Nest.over(result.shape(), condition, a, b, result);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            boolean first = choice.longAt(at[0] + i * nest.step(0)) != 0;
            int k = first ? 1 : 2;
            to.put(at[3] + i, (first ? left : right).longAt(at[k] + i * nest.step(k)));
          }
        });
  }

  static void update(Update rule, Tensor gradient, Tensor... state) {
    Loops.Step loop = Loops.step(rule, gradient.dtype());
    Storage[] storages = new Storage[state.length];
    for (int s = 0; s < state.length; s++) {
      storages[s] = state[s].storage();
    }
    Nest nest = Nest.over(gradient.shape(), gradient, state[0]);
    nest.forEachRun(
        at ->
            loop.run(
                rule, gradient.storage(), at[0], nest.step(0), storages, at[1], nest.length()));
  }
}
