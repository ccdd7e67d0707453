package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Views against a model that copies element by element and knows nothing of strides.
class TensorViewProperties {
  /// An array of numbers in row-major order; every change makes a new one, index by index.
  private record Model(int[] sizes, long[] elements) {
    private interface Source {
      int[] of(int[] index);
    }

    Model from(Source source, int... newSizes) {
      Model model = new Model(newSizes, new long[product(newSizes)]);
      for (int i = 0; i < model.elements.length; i++) {
        model.elements[i] = elements[position(source.of(model.index(i)))];
      }
      return model;
    }

    private static int product(int[] sizes) {
      return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }

    int[] index(int position) {
      int[] index = new int[sizes.length];
      int rest = position;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        index[axis] = rest % sizes[axis];
        rest /= sizes[axis];
      }
      return index;
    }

    private int position(int[] index) {
      int position = 0;
      for (int axis = 0; axis < sizes.length; axis++) {
        position = position * sizes[axis] + index[axis];
      }
      return position;
    }
  }

  private record Pair(Tensor tensor, Model model) {}

  private static Pair start(RandomGenerator random) {
    int[] sizes = new int[random.nextInt(6)];
    Arrays.setAll(sizes, axis -> random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(4));
    Shape shape = Shape.of(sizes);
    Tensor x = Tensor.arange(shape.count()).reshape(shape);
    return new Pair(x, new Model(sizes, x.toLongArray()));
  }

  private static Pair step(Pair at, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> permute(at, random);
      case 1 -> at.tensor.rank() == 0 ? at : slice(at, random);
      case 2 -> expand(at, random);
      default -> reshape(at, random);
    };
  }

  private static Pair permute(Pair at, RandomGenerator random) {
    int rank = at.tensor.rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      axes.add(random.nextInt(axis + 1), axis);
    }
    int[] order = axes.stream().mapToInt(i -> i).toArray();
    int[] sizes = Arrays.stream(order).map(axis -> at.model.sizes[axis]).toArray();
    Model model =
        at.model.from(
            index -> {
              int[] old = new int[rank];
              for (int axis = 0; axis < rank; axis++) {
                old[order[axis]] = index[axis];
              }
              return old;
            },
            sizes);
    int[] named = Arrays.stream(order).map(a -> random.nextBoolean() ? a : a - rank).toArray();
    return new Pair(at.tensor.permute(named), model);
  }

  private static Pair slice(Pair at, RandomGenerator random) {
    int axis = random.nextInt(at.tensor.rank());
    int size = at.model.sizes[axis];
    int from = random.nextInt(size + 1);
    int to = from + random.nextInt(size - from + 1);
    int step = 1 + random.nextInt(3);
    int[] sizes = at.model.sizes.clone();
    sizes[axis] = 0;
    for (int i = from; i < to; i += step) {
      sizes[axis]++;
    }
    Model model =
        at.model.from(
            index -> {
              int[] old = index.clone();
              old[axis] = from + index[axis] * step;
              return old;
            },
            sizes);
    return new Pair(at.tensor.slice(axis, from, to, step), model);
  }

  private static Pair expand(Pair at, RandomGenerator random) {
    int front = at.tensor.rank() < 5 ? random.nextInt(2) : 0;
    int[] sizes = new int[at.tensor.rank() + front];
    Arrays.setAll(
        sizes,
        axis -> {
          int size = axis < front ? 1 : at.model.sizes[axis - front];
          return size == 1 && at.tensor.count() < 200 ? random.nextInt(4) : size;
        });
    Model model =
        at.model.from(
            index -> {
              int[] old = Arrays.copyOfRange(index, front, index.length);
              for (int axis = 0; axis < old.length; axis++) {
                old[axis] = at.model.sizes[axis] == 1 ? 0 : old[axis];
              }
              return old;
            },
            sizes);
    return new Pair(at.tensor.expand(Shape.of(sizes)), model);
  }

  private static Pair reshape(Pair at, RandomGenerator random) {
    List<Integer> sizes = new ArrayList<>();
    int rest = at.tensor.count();
    while (rest > 1 && sizes.size() < 4) {
      int size = 1 + random.nextInt(Math.min(rest, 6));
      if (rest % size == 0) {
        sizes.add(size);
        rest /= size;
      }
    }
    sizes.add(rest);
    int[] to = sizes.stream().mapToInt(i -> i).toArray();
    return new Pair(at.tensor.reshape(to), new Model(to, at.model.elements));
  }

  @Property(tries = 500)
  void aChainOfViewsIsAChainOfCopies(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Pair at = start(random);
    for (int i = 0; i < 6; i++) {
      at = step(at, random);
      check(at.tensor, at.model);
    }
  }

  private static void check(Tensor x, Model model) {
    assertEquals(Shape.of(model.sizes), x.shape());
    String text = x.shape() + " of " + Arrays.toString(model.elements);
    assertTrue(Arrays.equals(model.elements, x.toLongArray()), text);
    for (int i = 0; i < model.elements.length; i++) {
      assertEquals(model.elements[i], x.longAt(model.index(i)), text);
    }
    assertTrue(x.contiguous().sameBits(x) && x.copy().sameBits(x), text);
    if (x.isContiguous()) {
      for (int i = 0; i < model.elements.length; i++) {
        assertEquals(model.elements[i], x.storage().longAt(x.offset() + i), text);
      }
    }
  }

  @Property(tries = 300)
  void aNestVisitsEveryElementOnceInRowMajorOrder(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Pair a = start(random);
    for (int i = 0; i < 4; i++) {
      a = step(a, random);
    }
    Tensor scalar = Tensor.of(1.0);
    Tensor x = a.tensor;
    Nest nest = Nest.over(x.shape(), x, scalar);
    List<Long> visited = new ArrayList<>();
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            visited.add(x.storage().longAt(at[0] + i * nest.step(0)));
            assertEquals(0, at[1] + i * nest.step(1));
          }
        });
    assertEquals(Arrays.stream(a.model.elements).boxed().toList(), visited);
  }

  @Property(tries = 50)
  void contiguousOperandsAreOneRun(@ForAll long seed) {
    Tensor x = start(new Rng(seed)).tensor;
    Nest nest = Nest.over(x.shape(), x, x.copy());
    int[] runs = {0};
    nest.forEachRun(at -> runs[0]++);
    assertEquals(x.count() == 0 ? 0 : 1, runs[0]);
    assertTrue(x.count() == 0 || nest.length() == x.count());
  }
}
