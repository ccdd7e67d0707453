package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.nn.Differences.assertGradients;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Modules as users write them, what they print, and that they can be differentiated.
class ModuleTextTest {
  /// A recurrent network in a dozen lines: the loop is an ordinary loop.
  private static final class Recurrent extends Module {
    private final Linear in = new Linear(2, 4);
    private final Linear loop = new Linear(4, 4);

    @Override
    public Variable forward(Variable x) {
      Variable h = in.forward(x.select(0, 0)).tanh();
      for (int t = 1; t < x.size(0); t++) {
        h = in.forward(x.select(0, t)).add(loop.forward(h)).tanh();
      }
      return h;
    }
  }

  /// A residual stack: layers in a list, a parameter of its own.
  private static final class Residual extends Module {
    private final List<Linear> layers = List.of(new Linear(3, 3), new Linear(3, 3));
    private final Parameter scale = new Parameter(Tensor.ones(3));
    private final Buffer seen = new Buffer(Tensor.zeros(1));

    @Override
    public Variable forward(Variable x) {
      for (Linear layer : layers) {
        x = x.add(layer.forward(x).relu().mul(scale));
      }
      return x;
    }
  }

  @Test
  void aModuleWithALoopHasRightGradients() {
    Rng.seed(4);
    Recurrent net = new Recurrent();
    net.to(DType.FLOAT64);
    Tensor x = Tensor.randn(Shape.of(5, 3, 2), DType.FLOAT64, new Rng(2));
    assertGradients(net, x);
    assertEquals(
        List.of("in.weight", "in.bias", "loop.weight", "loop.bias"),
        List.copyOf(net.namedParameters().keySet()));
  }

  @Test
  void aModuleWithAListHasRightGradients() {
    Rng.seed(5);
    Module net = new Residual().to(DType.FLOAT64);
    assertGradients(net, Tensor.of(new double[][] {{0.3, -0.4, 0.9}}));
  }

  @Test
  void toStringIsATree() {
    assertEquals(
        """
        Sequential(
          (0): Flatten(startAxis=1, endAxis=-1)
          (1): Linear(in=784, out=64, bias=true)
          (2): LeakyReLU(slope=0.01)
          (3): lambda
          (4): Sequential(
            (0): Dropout(p=0.5)
            (1): Softmax(axis=-1)
          )
          (5): ELU(alpha=1.0)
          (6): LogSoftmax(axis=1)
        )""",
        new Sequential(
                new Flatten(),
                new Linear(784, 64),
                new LeakyReLU(),
                Variable::relu,
                new Sequential(new Dropout(0.5), new Softmax(-1)),
                new ELU(),
                new LogSoftmax(1))
            .toString());
    assertEquals(
        """
        Residual(
          (layers.0): Linear(in=3, out=3, bias=true)
          (layers.1): Linear(in=3, out=3, bias=true)
          (scale): Parameter (3) FLOAT32
          (seen): Buffer (1) FLOAT32
        )""",
        new Residual().toString());
  }

  @Test
  void whatIsSharedIsPrintedOnce() {
    Linear shared = new Linear(2, 2);
    assertEquals(
        """
        Sequential(
          (0): Linear(in=2, out=2, bias=true)
          (1): the same as (0)
        )""",
        new Sequential(shared, shared).toString());
  }

  @Test
  void theSummaryShowsOutputsAndCountsOfEveryLayer() {
    Linear frozen = new Linear(64, 10);
    frozen.parameters().forEach(p -> p.requiresGrad(false));
    Sequential net =
        new Sequential(new Flatten(), new Linear(784, 64), Variable::relu, new Residue(frozen));
    assertEquals(
        """
        layer     type        output    parameters  multiply-adds
                  Sequential  (5, 10)            0              0
        0         Flatten     (5, 784)           0              0
        1         Linear      (5, 64)       50,240        250,880
        2         lambda      (5, 64)            0              0
        3         Residue     (5, 10)            0              0
        3.frozen  Linear      (5, 10)          650          3,200
        total 50,890 parameters, 650 of them frozen; 254,080 multiply-adds
        bytes 203,560 of parameters, 2,760 of results; gradients take at most as much again""",
        trimmed(net.summary(Shape.of(5, 1, 28, 28))));
  }

  private static final class Residue extends Module {
    private final Linear frozen;

    Residue(Linear frozen) {
      this.frozen = frozen;
    }

    @Override
    public Variable forward(Variable x) {
      return frozen.forward(x);
    }
  }

  private static final class Nested extends Module {
    private final Residue inner = new Residue(new Linear(2, 3));
    private final Dropout dropout = new Dropout();

    @Override
    public Variable forward(Variable x) {
      return dropout.forward(inner.forward(x));
    }
  }

  @Test
  void aModuleCalledByAUsersModuleIsNotObserved() {
    Module net = new Nested().to(DType.FLOAT64);
    net.namedModules().get("dropout").eval();
    assertEquals(
        """
        layer         type     output  parameters  multiply-adds
                      Nested   (4, 3)           0              0
        inner         Residue  -                0              0
        inner.frozen  Linear   (4, 3)           9             24
        dropout       Dropout  (4, 3)           0              0
        total 9 parameters; 24 multiply-adds
        bytes 72 of parameters, 96 of results; gradients take at most as much again
        - is the output of what was not called by call(x)""",
        trimmed(net.summary(Shape.of(4, 2))));
    assertTrue(net.isTraining());
    assertFalse(net.namedModules().get("dropout").isTraining());
  }

  private static String trimmed(String table) {
    return table.lines().map(String::stripTrailing).reduce((a, b) -> a + "\n" + b).orElseThrow();
  }

  @Test
  void theSummaryTakesAnInputOfAnyType() {
    String table = new Sequential(x -> x).summary(Variable.constant(Tensor.of(1, 2, 3)));
    assertTrue(table.contains("total 0 parameters; 0 multiply-adds\n"), table);
    assertTrue(new Sequential().summary(Shape.of(2)).contains("(2)"));
  }
}
