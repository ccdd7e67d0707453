package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Copies of views that are wider than a tile, from any type to any type, against the conversion of
/// one element.
class ElementsProperties {
  private static Tensor any(RandomGenerator random) {
    DType[] types = DType.values();
    Shape shape = Shape.of(1 + random.nextInt(4), 1 + random.nextInt(80), 1 + random.nextInt(80));
    Tensor x = Tensor.randn(shape, DType.FLOAT64, random).to(types[random.nextInt(types.length)]);
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    Tensor view = x.permute(orders[random.nextInt(orders.length)]);
    int axis = random.nextInt(3);
    Tensor part = view.slice(axis, random.nextInt(2), view.size(axis), 1 + random.nextInt(2));
    return random.nextBoolean() ? part : repeated(part.slice(axis, 0, 1, 1), axis);
  }

  private static Tensor repeated(Tensor x, int axis) {
    return x.size(axis) == 0 ? x : x.expand(x.shape().with(axis, 33));
  }

  private static Tensor oneByOne(Tensor x, DType type) {
    Storage elements = Storage.allocate(type, x.count());
    int[] next = {0};
    for (int i = 0; i < x.size(0); i++) {
      for (int j = 0; j < x.size(1); j++) {
        for (int k = 0; k < x.size(2); k++) {
          if (x.dtype().isFloating()) {
            elements.put(next[0]++, x.at(i, j, k));
          } else {
            elements.put(next[0]++, x.longAt(i, j, k));
          }
        }
      }
    }
    return Tensor.over(elements, x.shape());
  }

  @Property(tries = 100)
  void aCopyIsMadeOfItsElements(@ForAll long seed) {
    Tensor x = any(new Rng(seed));
    assertTrue(x.copy().sameBits(oneByOne(x, x.dtype())), () -> x.shape() + " " + x.dtype());
  }

  @Property(tries = 100)
  void aConversionConvertsEachElement(@ForAll long seed) {
    Tensor x = any(new Rng(seed));
    for (DType type : DType.values()) {
      Tensor to = x.to(type);
      assertTrue(to.sameBits(oneByOne(x, type)), () -> x.shape() + " " + x.dtype() + " " + type);
    }
  }
}
