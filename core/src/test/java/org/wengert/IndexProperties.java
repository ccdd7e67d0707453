package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Indexing against a reference that finds the source of every element by itself.
class IndexProperties {
  /// One axis of the result: its size, whether it belongs to the index tensors.
  private record Axis(int size, boolean joint) {}

  /// What reads one axis of the operand: the place, given the coordinates of the result.
  private final List<ToIntFunction<int[]>> sources = new ArrayList<>();

  private final List<Axis> axes = new ArrayList<>();

  @Property(tries = 300)
  void readsTheElementsThatPythonWould(@ForAll long seed) {
    sources.clear();
    axes.clear();
    Random random = new Random(seed);
    int[] sizes = random.ints(1 + random.nextInt(4), 1, 4).toArray();
    Variable x = F.arange(Shape.of(sizes).count()).reshape(sizes);
    Index[] indices = indices(random, sizes);
    Variable y = x.get(indices);
    List<Integer> shape = resultSizes();
    Shape expected = Shape.of(shape.stream().mapToInt(Integer::intValue).toArray());
    assertEquals(expected, y.shape());
    long[] wanted = new long[expected.count()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = source(coordinates(i, expected), sizes);
    }
    assertArrayEquals(wanted, y.value().toLongArray());
    assertPutsBack(x, indices, y);
  }

  /// Writing what was read changes nothing; adding at each place counts how often it was read.
  private static void assertPutsBack(Variable x, Index[] indices, Variable y) {
    Variable same = F.indexPut(x, List.of(indices), y, false);
    assertArrayEquals(x.value().toLongArray(), same.value().toLongArray());
    Leaf leaf = Variable.of(x.to(DType.FLOAT64).value());
    leaf.get(indices).sum().backward();
    Variable counted = F.indexPut(F.zerosLike(x), List.of(indices), F.onesLike(y), true);
    assertArrayEquals(counted.value().toLongArray(), leaf.grad().toLongArray());
  }

  private static final int[][] JOINT = {{2, 1}, {1, 3}, {3}, {2, 3}, {}};

  private Index[] indices(Random random, int[] sizes) {
    List<Index> indices = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      int size = sizes[axis];
      switch (random.nextInt(6)) {
        case 0 -> {
          int place = random.nextInt(size);
          indices.add(Index.at(random.nextBoolean() ? place : place - size));
          sources.add(_ -> place);
        }
        case 1 -> {
          indices.add(Index.newAxis());
          axes.add(new Axis(1, false));
          indices.add(Index.all());
          addRange(0, size, 1);
        }
        case 2 -> {
          int from = random.nextInt(size + 1);
          int step = 1 + random.nextInt(2);
          indices.add(Index.range(from - (from < size ? size : 0), 99, step));
          addRange(from, Math.ceilDiv(size - from, step), step);
        }
        case 3 -> {
          indices.add(Index.all());
          addRange(0, size, 1);
        }
        default -> indices.add(places(random, size));
      }
    }
    return indices.toArray(new Index[0]);
  }

  private void addRange(int from, int count, int step) {
    int own = axes.size();
    axes.add(new Axis(count, false));
    sources.add(at -> from + step * at[own]);
  }

  private Index places(Random random, int size) {
    Shape shape = Shape.of(JOINT[random.nextInt(JOINT.length)]);
    long[] places = random.longs(shape.count(), -size, size).toArray();
    axes.add(new Axis(0, true));
    sources.add(
        at -> {
          // at[0] and at[1] behind the axes are the joint coordinates, see coordinates(..)
          int row = at[at.length - 2];
          int column = at[at.length - 1];
          int last = shape.rank() > 0 ? Math.min(column, shape.size(-1) - 1) : 0;
          int first = shape.rank() > 1 ? Math.min(row, shape.size(0) - 1) : 0;
          int flat = shape.rank() == 0 ? 0 : first * shape.size(-1) + last;
          return (int) Math.floorMod(places[flat], (long) size);
        });
    joints.add(shape);
    return Index.index(Tensor.of(places).reshape(shape));
  }

  private final List<Shape> joints = new ArrayList<>();

  /// Where the joint axes stand among the axes of the result; -1 if there are none.
  private int jointStart() {
    int first = -1;
    int last = -1;
    int count = 0;
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i).joint()) {
        first = first < 0 ? i : first;
        last = i;
        count++;
      }
    }
    return first < 0 ? -1 : last - first + 1 == count ? first : 0;
  }

  private List<Integer> resultSizes() {
    Shape joint = joints.stream().reduce(Shape.SCALAR, Shape::broadcast);
    List<Integer> sizes = new ArrayList<>();
    axes.stream().filter(a -> !a.joint()).forEach(a -> sizes.add(a.size()));
    int start = jointStart();
    for (int i = 0; start >= 0 && i < joint.rank(); i++) {
      sizes.add(start + i, joint.size(i));
    }
    jointRank = start < 0 ? 0 : joint.rank();
    joints.clear();
    return sizes;
  }

  private int jointRank;

  /// The coordinates in the order of [#axes], then the row and column in the index tensors.
  private int[] coordinates(int flat, Shape shape) {
    int[] of = new int[shape.rank()];
    int rest = flat;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      of[axis] = rest % shape.size(axis);
      rest /= shape.size(axis);
    }
    int[] at = new int[axes.size() + 2];
    int start = Math.max(0, jointStart());
    int next = 0;
    for (int i = 0; i < axes.size(); i++) {
      if (!axes.get(i).joint()) {
        at[i] = of[next < start ? next : next + jointRank];
        next++;
      }
    }
    at[at.length - 1] = jointRank > 0 ? of[start + jointRank - 1] : 0;
    at[at.length - 2] = jointRank > 1 ? of[start] : 0;
    return at;
  }

  private long source(int[] at, int[] sizes) {
    long flat = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      flat = flat * sizes[axis] + sources.get(axis).applyAsInt(at);
    }
    return flat;
  }
}
