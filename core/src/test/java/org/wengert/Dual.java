package org.wengert;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/// Plain numbers with their directional derivative: forward mode, by the book, sharing no code with
/// the library. `value` is `f(x)`, `tangent` is `f'(x) d`, and `magnitude` is what the tangent
/// would be if nothing cancelled: the yardstick for rounding errors.
final class Dual {
  /// A derivative of 0 still carries the rounding error of its operand: this much of it.
  private static final double FLOOR = 0.1;

  final int[] shape;
  final double[] value;
  final double[] tangent;
  final double[] magnitude;

  Dual(int... shape) {
    int count = count(shape);
    this.shape = shape;
    this.value = new double[count];
    this.tangent = new double[count];
    this.magnitude = new double[count];
  }

  static Dual constant(int[] shape, double... value) {
    Dual x = new Dual(shape);
    System.arraycopy(value, 0, x.value, 0, value.length);
    return x;
  }

  static Dual variable(int[] shape, double[] value, double[] direction) {
    Dual x = constant(shape, value);
    for (int i = 0; i < value.length; i++) {
      x.tangent[i] = direction[i];
      x.magnitude[i] = 1 + Math.abs(direction[i]);
    }
    return x;
  }

  static int count(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /// The index of the element that lies at `flat` in row-major order.
  static int[] index(int flat, int... shape) {
    int[] index = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = flat % shape[axis];
      flat /= shape[axis];
    }
    return index;
  }

  /// Where an index lies in an array of this shape, axes aligned at the innermost one, sizes of 1
  /// standing for any index.
  static int flat(int[] index, int... shape) {
    int flat = 0;
    int extra = index.length - shape.length;
    for (int axis = 0; axis < shape.length; axis++) {
      flat = flat * shape[axis] + (shape[axis] == 1 ? 0 : index[axis + extra]);
    }
    return flat;
  }

  /// The shape both broadcast to, or null if they do not.
  static int[] broadcast(int[] a, int... b) {
    int[] joint = new int[Math.max(a.length, b.length)];
    for (int fromEnd = 1; fromEnd <= joint.length; fromEnd++) {
      int left = fromEnd <= a.length ? a[a.length - fromEnd] : 1;
      int right = fromEnd <= b.length ? b[b.length - fromEnd] : 1;
      if (left != right && left != 1 && right != 1) {
        return null;
      }
      joint[joint.length - fromEnd] = Math.max(left, right);
    }
    return joint;
  }

  /// `y = f(x)`, with the derivative given `x` and `y`.
  Dual map(DoubleUnaryOperator f, DoubleBinaryOperator derivative) {
    Dual y = new Dual(shape);
    for (int i = 0; i < value.length; i++) {
      y.value[i] = f.applyAsDouble(value[i]);
      double slope = derivative.applyAsDouble(value[i], y.value[i]);
      y.tangent[i] = slope * tangent[i];
      y.magnitude[i] = (Math.abs(slope) + FLOOR) * magnitude[i];
    }
    return y;
  }

  Dual times(double factor) {
    return map(x -> x * factor, (x, y) -> factor);
  }

  /// `f(a, b)` with both derivatives; the operands broadcast.
  Dual zip(Dual b, DoubleBinaryOperator f, DoubleBinaryOperator byA, DoubleBinaryOperator byB) {
    Dual y = new Dual(broadcast(shape, b.shape));
    for (int at = 0; at < y.value.length; at++) {
      int[] index = index(at, y.shape);
      int i = flat(index, shape);
      int j = flat(index, b.shape);
      double left = byA.applyAsDouble(value[i], b.value[j]);
      double right = byB.applyAsDouble(value[i], b.value[j]);
      y.value[at] = f.applyAsDouble(value[i], b.value[j]);
      y.tangent[at] = left * tangent[i] + right * b.tangent[j];
      y.magnitude[at] =
          (Math.abs(left) + FLOOR) * magnitude[i] + (Math.abs(right) + FLOOR) * b.magnitude[j];
    }
    return y;
  }

  Dual minus(Dual b) {
    return zip(b, (p, q) -> p - q, (p, q) -> 1, (p, q) -> -1);
  }

  /// The array of shape `to` whose element `i` is element `source(i)` of this one.
  Dual pick(int[] to, IntUnaryOperator source) {
    Dual y = new Dual(to);
    for (int i = 0; i < y.value.length; i++) {
      y.take(i, this, source.applyAsInt(i));
    }
    return y;
  }

  void take(int to, Dual x, int from) {
    value[to] = x.value[from];
    tangent[to] = x.tangent[from];
    magnitude[to] = x.magnitude[from];
  }

  Dual as(int... to) {
    return pick(to, i -> i);
  }

  Dual detached() {
    return constant(shape, value);
  }

  /// This shape with the marked axes at size 1.
  static int[] kept(int[] shape, boolean... over) {
    int[] kept = shape.clone();
    for (int axis = 0; axis < kept.length; axis++) {
      kept[axis] = over[axis] ? 1 : kept[axis];
    }
    return kept;
  }

  /// The sum over the marked axes, which stay at size 1.
  Dual sum(boolean... over) {
    Dual y = new Dual(kept(shape, over));
    for (int i = 0; i < value.length; i++) {
      int to = flat(index(i, shape), y.shape);
      y.value[to] += value[i];
      y.tangent[to] += tangent[i];
      y.magnitude[to] += magnitude[i];
    }
    return y;
  }

  /// The largest along the marked axes, which stay at size 1; equals share the tangent.
  Dual amax(boolean... over) {
    double[] largest = new double[count(kept(shape, over))];
    int[] ties = new int[largest.length];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    int[] to = kept(shape, over);
    for (int i = 0; i < value.length; i++) {
      int at = flat(index(i, shape), to);
      largest[at] = Math.max(largest[at], value[i]);
    }
    for (int i = 0; i < value.length; i++) {
      int at = flat(index(i, shape), to);
      ties[at] += value[i] == largest[at] ? 1 : 0;
    }
    Dual share = new Dual(shape);
    for (int i = 0; i < value.length; i++) {
      int at = flat(index(i, shape), to);
      if (value[i] == largest[at]) {
        share.take(i, this, i);
        share.tangent[i] /= ties[at];
      }
    }
    Dual y = share.sum(over);
    System.arraycopy(largest, 0, y.value, 0, largest.length);
    return y;
  }

  /// `log Σ exp x` over the marked axes, which stay at size 1.
  Dual logSumExp(boolean... over) {
    Dual shift = amax(over).detached();
    Dual sum = minus(shift).map(Math::exp, (x, y) -> y).sum(over);
    return sum.map(Math::log, (x, y) -> 1 / x).minus(shift.times(-1));
  }

  /// The matrix product over the last two axes; vectors are rows on the left, columns on the right.
  Dual matMul(Dual b) {
    if (shape.length == 1) {
      Dual y = as(1, shape[0]).matMul(b);
      int[] dropped = Arrays.copyOf(y.shape, y.shape.length - 1);
      if (b.shape.length > 1) {
        dropped[dropped.length - 1] = y.shape[dropped.length];
      }
      return y.as(b.shape.length == 1 ? new int[0] : dropped);
    }
    if (b.shape.length == 1) {
      Dual y = matMul(b.as(b.shape[0], 1));
      return y.as(Arrays.copyOf(y.shape, y.shape.length - 1));
    }
    return product(b);
  }

  private Dual product(Dual b) {
    int inner = shape[shape.length - 1];
    int[] batch =
        broadcast(
            Arrays.copyOf(shape, shape.length - 2), Arrays.copyOf(b.shape, b.shape.length - 2));
    int rank = batch.length + 2;
    int[] to = Arrays.copyOf(batch, rank);
    to[rank - 2] = shape[shape.length - 2];
    to[rank - 1] = b.shape[b.shape.length - 1];
    Dual y = new Dual(to);
    for (int at = 0; at < y.value.length; at++) {
      int[] left = index(at, to);
      int[] right = left.clone();
      for (int k = 0; k < inner; k++) {
        left[rank - 1] = k;
        right[rank - 2] = k;
        y.addProduct(at, this, flat(left, shape), b, flat(right, b.shape));
      }
    }
    return y;
  }

  private void addProduct(int at, Dual a, int i, Dual b, int j) {
    value[at] += a.value[i] * b.value[j];
    tangent[at] += a.tangent[i] * b.value[j] + a.value[i] * b.tangent[j];
    magnitude[at] +=
        a.magnitude[i] * (Math.abs(b.value[j]) + FLOOR)
            + b.magnitude[j] * (Math.abs(a.value[i]) + FLOOR);
  }
}
