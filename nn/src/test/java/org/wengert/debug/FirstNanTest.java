package org.wengert.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.NonFiniteException;
import org.wengert.Parameter;
import org.wengert.Scope;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.graph.Part;
import org.wengert.nn.Linear;
// not java.lang.Module
import org.wengert.nn.Module;
import org.wengert.nn.MultiheadAttention;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The first `NaN` in a model: which layer it is in, forwards and backwards.
class FirstNanTest {
  private static final class Root extends Module {
    private final Parameter scale = new Parameter(Tensor.of(1f, 0f));

    @Override
    public Variable forward(Variable x) {
      return x.mul(scale).sqrt();
    }
  }

  private static final class Net extends Module {
    private final Sequential encoder = new Sequential(new Linear(2, 2), new Tanh(), new Root());
    private final Linear head = new Linear(2, 1);

    @Override
    public Variable forward(Variable x) {
      return head.forward(encoder.forward(x));
    }
  }

  private final Net net = new Net();
  private final Variable x = Variable.constant(Tensor.ones(3, 2));

  FirstNanTest() {
    net.parameters();
    Linear first = (Linear) net.encoder.layer(0);
    first.weight().assign(Tensor.of(1f, 1f, 1f, 1f).reshape(2, 2));
    first.bias().assign(Tensor.of(0f, 0f));
  }

  private static NonFiniteException refused(Runnable body) {
    return assertThrows(NonFiniteException.class, () -> Autograd.debug(body));
  }

  private static void assertStarts(String expected, NonFiniteException error) {
    assertTrue(error.getMessage().startsWith(expected), error.getMessage());
  }

  @Test
  void aForwardErrorNamesLayerOperandsAndLine() {
    net.head.weight().assign(Tensor.of(Float.POSITIVE_INFINITY, 1f).reshape(1, 2));
    ((Linear) net.encoder.layer(0)).bias().assign(Tensor.of(-2f, 0f));
    NonFiniteException error = refused(() -> net.forward(x));
    assertStarts("Linear 'head': linear: the result has NaN in 3 of 3 elements", error);
    assertTrue(error.getMessage().contains("at FirstNanTest.java:"), error.getMessage());
    assertTrue(error.getMessage().contains("head.weight"), error.getMessage());
  }

  @Test
  void aBackwardErrorNamesTheLayerToo() {
    NonFiniteException error = refused(() -> net.forward(x).sum().backward());
    assertStarts("Root 'encoder.2': sqrt: the gradient of input 0 has", error);
    assertTrue(error.getMessage().contains("at FirstNanTest.java:"), error.getMessage());
    assertEquals("sqrt", ((Step) error.culprit()).op().label());
    String top = Graph.of(error.culprit()).text().lines().findFirst().orElseThrow();
    assertTrue(top.contains(" in encoder.2 "), top);
  }

  /// What was recorded before debugging began knows its layers by their calls alone.
  @Test
  void aGraphThatWasRecordedBeforeIsExplainedAsWell() {
    Variable loss = net.forward(x).sum();
    NonFiniteException error = refused(loss::backward);
    assertStarts("Root 'encoder.2': sqrt: the gradient of input 0 has", error);
  }

  @Test
  void partsOfOnesOwnAreNamed() {
    Variable zero = Variable.of(0.0).named("zero");
    NonFiniteException error =
        refused(() -> Scope.named("outer", () -> Scope.named("inner", zero::log)));
    assertStarts("part 'outer.inner': log: the result has -Infinity, at FirstNan", error);
  }

  /// The calls that the error broke off are parts as well.
  @Test
  void theGraphOfAForwardErrorHasItsParts() {
    Root root = new Root();
    root.scale.assign(Tensor.of(-1f, 1f));
    Sequential model = new Sequential(new Sequential(new Linear(2, 2), new Tanh(), root));
    ((Linear) ((Sequential) model.layer(0)).layer(0)).bias().assign(Tensor.of(9f, 9f));
    NonFiniteException error = refused(() -> Scope.named("loss", () -> model.call(x)).sum());
    assertStarts("Root 'loss.0.2': sqrt: the result has NaN", error);
    Graph graph = Graph.of(error);
    assertEquals("loss.Sequential.0.2", graph.output().module());
    assertEquals(
        List.of(
            "loss",
            "loss.Sequential",
            "loss.Sequential.0",
            "loss.Sequential.0.0",
            "loss.Sequential.0.1",
            "loss.Sequential.0.2"),
        graph.parts().stream().map(Part::toString).sorted().toList());
  }

  @Test
  void aLayerOnItsOwnSaysItsKind() {
    Linear alone = new Linear(2, 1);
    alone.bias().assign(Tensor.of(new float[] {Float.NaN}));
    assertStarts("Linear: linear: input 2 had NaN", refused(() -> alone.forward(x)));
  }

  @Test
  void withoutRecordingItIsFoundAsWell() {
    net.head.bias().assign(Tensor.of(new float[] {Float.NaN}));
    assertStarts(
        "Linear 'head': linear: input 2 had NaN",
        refused(() -> Autograd.noGrad(() -> net.forward(x))));
  }

  @Test
  void aCheckpointIsLookedInto() {
    NonFiniteException error =
        refused(() -> Autograd.checkpoint(() -> net.forward(x)).sum().backward());
    assertStarts("Root 'encoder.2': sqrt: the gradient of input 0 has", error);
    assertTrue(error.getMessage().contains("at FirstNanTest.java:"), error.getMessage());
  }

  @Test
  void attentionWithMasksGivesNoAlarm() {
    MultiheadAttention attention = new MultiheadAttention(4, 2);
    Variable sequence = Variable.of(Tensor.randn(Shape.of(5, 1, 4), DType.FLOAT32, new Rng(1)));
    Autograd.debug(() -> attention.forward(sequence).sum().backward());
  }

  @Test
  void threadsAreWatchedEachForItself() throws InterruptedException {
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    Runnable work = () -> net.forward(x).sum().backward();
    Thread other =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 50; i++) {
                  work.run();
                }
              } catch (RuntimeException e) {
                errors.add(e);
              }
            });
    other.start();
    for (int i = 0; i < 50; i++) {
      assertStarts("Root 'encoder.2'", refused(work));
    }
    other.join();
    assertEquals(List.of(), errors);
  }
}
