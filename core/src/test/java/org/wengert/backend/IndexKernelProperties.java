package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Rows that are looked up and added, as an embedding's: sizes for which threads share the work.
class IndexKernelProperties {
  private static final Backend BACKEND = Backends.current();

  private static Tensor indices(RandomGenerator random, int count, int rows) {
    long[] index = new long[count];
    for (int i = 0; i < count; i++) {
      index[i] = random.nextInt(rows);
    }
    return Tensor.of(index);
  }

  private static Tensor addedInOrder(Tensor x, Tensor index, Shape to) {
    Storage sums = Storage.allocate(x.dtype(), to.count());
    int width = to.size(1);
    for (int i = 0; i < x.size(0); i++) {
      for (int j = 0; j < width; j++) {
        int place = (int) index.longAt(i) * width + j;
        sums.put(place, sums.at(place) + x.at(i, j));
      }
    }
    return Tensor.over(sums, to);
  }

  @Property(tries = 30)
  void rowsAreAddedInTheOrderOfTheirIndices(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    int width = 1 + random.nextInt(200);
    Shape to = Shape.of(1 + random.nextInt(1000), width);
    Tensor index = indices(random, 1 + random.nextInt(400), to.size(0));
    DType type = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
    Tensor x = Tensor.randn(Shape.of(width, index.count()), type, random).permute(1, 0);
    Tensor expected = addedInOrder(x, index, to);
    Tensor rows = index.reshape(index.count(), 1).expand(x.shape());
    for (int threads = 1; threads <= 3; threads++) {
      Workers.using(
          threads, () -> assertTrue(BACKEND.scatterAdd(x, 0, rows, to).sameBits(expected)));
    }
  }

  @Property(tries = 30)
  void rowsAreFoundWhereverTheyLie(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    int width = 1 + random.nextInt(200);
    Tensor columns = Tensor.randn(Shape.of(width, 51), DType.FLOAT32, random);
    Tensor part = columns.permute(1, 0).slice(0, 1, 51, 1);
    Tensor table = random.nextBoolean() ? part : columns.reshape(51, width).slice(0, 1, 51, 1);
    Tensor index = indices(random, 1 + random.nextInt(1000), 50);
    Tensor rows = index.reshape(index.count(), 1).expand(Shape.of(index.count(), width));
    Workers.using(
        2,
        () -> {
          Tensor y = BACKEND.gather(table, 0, rows);
          for (int i = 0; i < index.count(); i++) {
            for (int j = 0; j < width; j++) {
              assertEquals(table.at((int) index.longAt(i), j), y.at(i, j));
            }
          }
        });
  }

  @Property(tries = 30)
  void elementsAreAddedInOrderAlongTheInnermostAxis(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    int lines = 1 + random.nextInt(300);
    int length = 1 + random.nextInt(300);
    Tensor x = Tensor.randn(Shape.of(lines, length), DType.FLOAT32, random);
    Tensor index = indices(random, lines * length, 7).reshape(lines, length);
    Shape to = Shape.of(lines, 7);
    Storage sums = Storage.allocate(DType.FLOAT32, to.count());
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < length; j++) {
        int place = i * 7 + (int) index.longAt(i, j);
        sums.put(place, sums.at(place) + x.at(i, j));
      }
    }
    Tensor expected = Tensor.over(sums, to);
    Workers.using(2, () -> assertTrue(BACKEND.scatterAdd(x, 1, index, to).sameBits(expected)));
  }
}
