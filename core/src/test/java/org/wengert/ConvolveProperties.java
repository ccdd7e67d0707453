package org.wengert;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.Claims.assertClose;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.wengert.backend.Draw;
import org.wengert.backend.Window;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Kernels over windows of any stride, padding and dilation give what their compositions give,
/// forward and back.
class ConvolveProperties {
  @Property(tries = 150)
  void convolutionIsUnfoldingAndMultiplying(@ForAll long seed) {
    Draw d = new Draw(seed, DType.FLOAT64, false);
    List<Window> windows = d.windows();
    int groups = 1 + d.below(3);
    boolean transposed = d.flip();
    int seen = groups * (1 + d.below(3));
    int made = groups * (1 + d.below(9));
    Shape x = Shape.of(1 + d.below(3), seen);
    Shape weight = transposed ? Shape.of(seen, made / groups) : Shape.of(made, seen / groups);
    for (Window window : windows) {
      x = x.insert(-1, transposed ? window.outputs() : window.size());
      weight = weight.insert(-1, window.kernel());
    }
    List<Shape> operands = new ArrayList<>(List.of(x, weight));
    if (d.flip()) {
      operands.add(Shape.of(made));
    }
    assertSame(new Convolve(windows, groups, transposed), operands, seed);
  }

  @Property(tries = 10)
  void winogradsTilesAreUnfoldingAndMultiplying(@ForAll long seed) {
    Draw d = new Draw(seed, DType.FLOAT64, false);
    List<Window> windows = d.threeByThree();
    boolean transposed = d.flip();
    int seen = 64 + d.below(4);
    int made = 64 + d.below(4);
    Shape x = Shape.of(1 + d.below(2), seen);
    for (Window window : windows) {
      x = x.insert(-1, transposed ? window.outputs() : window.size());
    }
    Shape weight = Shape.of(transposed ? seen : made, transposed ? made : seen, 3, 3);
    List<Shape> operands = List.of(x, weight, Shape.of(made));
    assertSame(new Convolve(windows, 1, transposed), operands.subList(0, 2 + d.below(2)), seed);
  }

  @Example
  void aStripOfTilesMayBeginBehindARow() {
    winogradsTilesAreUnfoldingAndMultiplying(-2004);
  }

  @Property(tries = 100)
  void poolingMaximaIsGatheringThem(@ForAll long seed) {
    Draw d = new Draw(seed, DType.FLOAT64, false);
    List<Window> windows = d.windows();
    if (windows.stream().anyMatch(ConvolveProperties::seesPaddingOnly)) {
      return;
    }
    Shape x = Shape.of(1 + d.below(3), 1 + d.below(3));
    for (Window window : windows) {
      x = x.insert(-1, window.size());
    }
    assertSame(new MaxPool(windows), List.of(x), seed);
  }

  private static boolean seesPaddingOnly(Window window) {
    for (int i = 0; i < window.outputs(); i++) {
      if (window.count(i) == 0) {
        return true;
      }
    }
    return false;
  }

  private static void assertSame(Op.Fused op, List<Shape> operands, long seed) {
    Rng random = new Rng(seed);
    List<Tensor> xs = operands.stream().map(x -> Tensor.randn(x, DType.FLOAT64, random)).toList();
    List<Leaf> fused = Claims.leaves(xs);
    List<Leaf> composed = Claims.leaves(xs);
    Variable y = op.apply(fused.toArray(new Variable[0]));
    Variable plain = op.compose(List.copyOf(composed));
    Tensor gy = Tensor.randn(y.shape(), DType.FLOAT64, random);
    assertTrue(y.shape().count() > 0);
    assertClose(plain.value(), y.value(), 1e-12);
    List<Tensor> expected = gradients(plain, gy, composed);
    List<Tensor> actual = gradients(y, gy, fused);
    for (int i = 0; i < xs.size(); i++) {
      assertClose(expected.get(i), actual.get(i), 1e-12);
    }
  }

  /// By `backward`, which takes the kernels.
  private static List<Tensor> gradients(Variable y, Tensor gy, List<Leaf> xs) {
    y.mul(Variable.constant(gy)).sum().backward();
    return xs.stream().map(x -> Objects.requireNonNull(x.grad())).toList();
  }
}
