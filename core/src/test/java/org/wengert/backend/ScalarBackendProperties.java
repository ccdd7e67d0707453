package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.backend.Operands.at;
import static org.wengert.backend.Operands.forEach;
import static org.wengert.backend.Operands.longAt;
import static org.wengert.backend.Operands.narrowed;
import static org.wengert.backend.Operands.narrower;
import static org.wengert.backend.Operands.replaced;
import static org.wengert.backend.Operands.shape;
import static org.wengert.backend.Operands.strided;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The kernels against loops over indices, on operands of random strides. The numbers are small and
/// whole, so that no order of summation matters and every comparison is exact.
class ScalarBackendProperties {
  private static final Backend BACKEND = new ScalarBackend();
  private static final DType[] FLOATING = {DType.FLOAT32, DType.FLOAT64};
  private static final DType[] WHOLE = {DType.BOOL, DType.UINT8, DType.INT32, DType.INT64};

  private static DType anyOf(DType[] types, RandomGenerator random) {
    return types[random.nextInt(types.length)];
  }

  private static DType any(RandomGenerator random) {
    return anyOf(DType.values(), random);
  }

  private static void assertIs(Tensor expected, Tensor actual) {
    assertEquals(expected.toString(), actual.toString());
    assertEquals(true, expected.sameBits(actual));
  }

  @Property(tries = 100)
  void mapVisitsEveryElement(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Tensor x = strided(shape(random, 0, 4), any(random), random);
    Tensor y = BACKEND.map(v -> 1 / (v + 5), x);
    assertEquals(x.shape(), y.shape());
    assertEquals(x.dtype().toFloating(), y.dtype());
    boolean single = y.dtype() == DType.FLOAT32;
    forEach(
        x.shape(),
        i -> {
          double value = 1 / (x.at(i) + 5);
          assertEquals(single ? (float) value : value, y.at(i));
        });
    Tensor whole = strided(x.shape(), anyOf(WHOLE, random), random);
    Tensor squared = BACKEND.mapLongs(v -> v * v, whole);
    assertEquals(whole.dtype(), squared.dtype());
    forEach(x.shape(), i -> assertEquals(whole.longAt(i) * whole.longAt(i), squared.longAt(i)));
  }

  @Property(tries = 200)
  void zipCompareAndWhereBroadcast(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape y = shape(random, 0, 4);
    Tensor a = strided(narrower(y, random), any(random), random);
    Tensor b = strided(narrower(y, random), any(random), random);
    Tensor condition = strided(narrower(y, random), DType.BOOL, random);
    DType compute = anyOf(FLOATING, random);
    Tensor zipped = BACKEND.zip((l, r) -> l - 2 * r, a, b, y, compute);
    Tensor longs = BACKEND.zipLongs((l, r) -> l - 2 * r, a, b, y, DType.INT32);
    Tensor larger = BACKEND.compare(Larger.THAN, a, b, y);
    Tensor chosen = BACKEND.where(condition, a, b, y);
    assertEquals(List.of(y, y, y, y), shapes(zipped, longs, larger, chosen));
    assertEquals(compute, zipped.dtype());
    assertEquals(DType.promote(a, b), chosen.dtype());
    Tensor first = a.to(chosen.dtype());
    Tensor second = b.to(chosen.dtype());
    forEach(
        y,
        i -> {
          assertEquals(at(a, i) - 2 * at(b, i), zipped.at(i), 0.0);
          assertEquals(longAt(a, i) - 2 * longAt(b, i), longs.longAt(i));
          assertEquals(at(a, i) > at(b, i) ? 1 : 0, larger.longAt(i));
          assertEquals(longAt(condition, i) != 0 ? at(first, i) : at(second, i), chosen.at(i), 0.0);
        });
  }

  private static List<Shape> shapes(Tensor... tensors) {
    return Arrays.stream(tensors).map(Tensor::shape).toList();
  }

  enum Larger implements Comparison {
    THAN;

    @Override
    public Kernel kernel() {
      return Kernel.of(Expr.input(0).gt(Expr.input(1)));
    }

    @Override
    public boolean test(long a, long b) {
      return a > b;
    }
  }

  @Property(tries = 300)
  void reduceFoldsWhatBroadcasts(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Tensor x = strided(shape(random, 0, 5), any(random), random);
    Shape to = narrower(x.shape(), random);
    double[] sums = new double[to.count()];
    double[] largest = new double[to.count()];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    Tensor places = Tensor.arange(to.count()).reshape(to);
    forEach(
        x.shape(),
        i -> {
          int place = (int) longAt(places, i);
          sums[place] += x.at(i);
          largest[place] = Math.max(largest[place], x.at(i));
        });
    DType sumType = x.dtype().isFloating() ? x.dtype() : DType.INT64;
    assertIs(Tensor.of(sums).to(sumType).reshape(to), BACKEND.reduce(Reduction.SUM, x, to));
    if (x.count() > 0) {
      assertIs(Tensor.of(largest).to(x.dtype()).reshape(to), BACKEND.reduce(Reduction.MAX, x, to));
    }
  }

  @Property(tries = 100)
  void argMaxFindsTheFirstOfTheLargest(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 1, 4);
    int axis = random.nextInt(shape.rank());
    if (shape.size(axis) == 0) {
      return;
    }
    Tensor x = strided(shape, any(random), random);
    Tensor where = BACKEND.argMax(x, axis);
    assertEquals(DType.INT64, where.dtype());
    assertEquals(shape.with(axis, 1), where.shape());
    forEach(
        where.shape(),
        i -> {
          int best = 0;
          for (int k = 1; k < shape.size(axis); k++) {
            best = x.at(replaced(i, axis, k)) > x.at(replaced(i, axis, best)) ? k : best;
          }
          assertEquals(best, where.longAt(i));
        });
  }

  @Property(tries = 150)
  void matMulSumsProducts(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape left = shape(random, 2, 4);
    int columns = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(9);
    int rank = left.rank();
    Shape right = left.with(rank - 2, left.size(-1)).with(rank - 1, columns);
    DType dtype =
        anyOf(new DType[] {DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64}, random);
    Tensor a = strided(left, dtype, random);
    Tensor b = strided(right, dtype, random);
    Tensor y = BACKEND.matMul(a, b);
    assertEquals(left.with(rank - 1, columns), y.shape());
    assertEquals(dtype, y.dtype());
    forEach(
        y.shape(),
        i -> {
          double sum = 0;
          for (int k = 0; k < left.size(-1); k++) {
            sum += a.at(replaced(i, rank - 1, k)) * b.at(replaced(i, rank - 2, k));
          }
          assertEquals(sum, y.at(i), 0.0);
        });
  }

  @Property(tries = 150)
  void gatherAndScatterAddFollowTheirIndex(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 1, 4);
    int axis = random.nextInt(shape.rank());
    int size = shape.size(axis);
    int[] sizes = shape.toArray();
    Arrays.setAll(sizes, k -> sizes[k] == 0 ? 0 : 1 + random.nextInt(sizes[k]));
    sizes[axis] = size == 0 ? 0 : random.nextInt(6);
    Shape picked = Shape.of(sizes);
    Tensor x = strided(shape, any(random), random);
    Tensor index =
        BACKEND.mapLongs(
            v -> Math.floorMod(v, Math.max(size, 1)), strided(picked, DType.INT64, random));
    Tensor y = BACKEND.gather(x, axis, index);
    assertEquals(List.of(picked, x.dtype()), List.of(y.shape(), y.dtype()));
    forEach(picked, i -> assertEquals(x.at(replaced(i, axis, (int) index.longAt(i))), y.at(i)));

    Tensor addend = strided(picked, anyOf(FLOATING, random), random);
    double[] sums = new double[shape.count()];
    Tensor places = Tensor.arange(shape.count()).reshape(shape);
    forEach(
        picked,
        i -> sums[(int) places.longAt(replaced(i, axis, (int) index.longAt(i)))] += addend.at(i));
    Tensor scattered = BACKEND.scatterAdd(addend, axis, index, shape);
    assertIs(Tensor.of(sums).to(addend.dtype()).reshape(shape), scattered);
  }

  @Property(tries = 150)
  void embedIsTheInverseOfSlice(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 1, 4);
    int axis = random.nextInt(shape.rank());
    int from = random.nextInt(3);
    int step = 1 + random.nextInt(3);
    int size = shape.size(axis);
    int longer = from + size * step + random.nextInt(2);
    Tensor x = strided(shape, any(random), random);
    Tensor y = BACKEND.embed(x, axis, from, step, shape.with(axis, longer));
    assertEquals(x.dtype(), y.dtype());
    forEach(
        y.shape(),
        i -> {
          int k = i[axis] - from;
          boolean inside = k >= 0 && k % step == 0 && k / step < size;
          assertEquals(inside ? x.at(replaced(i, axis, k / step)) : 0, y.at(i), 0.0);
        });
  }

  @Property(tries = 100)
  void catPutsOneBehindTheOther(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 1, 4);
    int axis = random.nextInt(shape.rank());
    List<Tensor> parts = new ArrayList<>();
    int total = 0;
    int count = 1 + random.nextInt(4);
    for (int p = 0; p < count; p++) {
      int size = random.nextInt(4);
      parts.add(strided(shape.with(axis, size), any(random), random));
      total += size;
    }
    DType to = any(random);
    Tensor y = BACKEND.cat(parts, axis, shape.with(axis, total), to);
    int from = 0;
    for (Tensor part : parts) {
      int size = part.size(axis);
      assertIs(part.to(to).copy(), y.slice(axis, from, from + size, 1).copy());
      from += size;
    }
    assertEquals(List.of(total, to), List.of(y.size(axis), y.dtype()));
  }

  @Property(tries = 100)
  void accumulateAddsAViewInPlace(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 0, 4);
    DType dtype = anyOf(FLOATING, random);
    Tensor sum = strided(shape, dtype, random).copy();
    Tensor before = sum.copy();
    Tensor addend = strided(shape, dtype, random);
    BACKEND.accumulate(sum, addend);
    forEach(shape, i -> assertEquals(before.at(i) + addend.at(i), sum.at(i), 0.0));
  }

  @Property(tries = 100)
  void updateRewritesTheStateElementByElement(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 0, 4);
    DType dtype = anyOf(FLOATING, random);
    Tensor gradient = strided(shape, dtype, random);
    Tensor parameter = strided(shape, dtype, random).copy();
    Tensor momentum = strided(shape, dtype, random).copy();
    Tensor oldParameter = parameter.copy();
    Tensor oldMomentum = momentum.copy();
    Update rule =
        (g, state) -> {
          state[1] = 2 * state[1] + g;
          state[0] -= state[1];
        };
    BACKEND.update(rule, gradient, parameter, momentum);
    forEach(
        shape,
        i -> {
          double moved = 2 * oldMomentum.at(i) + gradient.at(i);
          assertEquals(moved, momentum.at(i), 0.0);
          assertEquals(oldParameter.at(i) - moved, parameter.at(i), 0.0);
        });
  }

  @Property(tries = 150)
  void softmaxAndItsRelativesFollowTheirFormulas(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = shape(random, 1, 4);
    int axis = random.nextInt(shape.rank());
    Tensor x = strided(shape, any(random), random);
    double tolerance = x.dtype() == DType.FLOAT64 ? 1e-15 : 3e-7;
    Tensor softmax = BACKEND.softmax(x, axis);
    Tensor logSoftmax = BACKEND.logSoftmax(x, axis);
    Shape to = shape.with(axis, 1);
    Tensor logSumExp = BACKEND.logSumExp(x, to);
    DType type = x.dtype().toFloating();
    assertEquals(
        List.of(type, type, type), List.of(softmax.dtype(), logSoftmax.dtype(), logSumExp.dtype()));
    forEach(
        shape,
        i -> {
          double sum = 0;
          for (int k = 0; k < shape.size(axis); k++) {
            sum += Math.exp(x.at(replaced(i, axis, k)));
          }
          double log = Math.log(sum);
          assertEquals(Math.exp(x.at(i)) / sum, softmax.at(i), tolerance);
          assertEquals(x.at(i) - log, logSoftmax.at(i), 10 * tolerance);
          assertEquals(log, logSumExp.at(narrowed(i, to)), 10 * tolerance);
        });
  }
}
