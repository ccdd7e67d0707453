package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.Claims.constants;
import static org.wengert.Claims.forEachSample;
import static org.wengert.Claims.leaves;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What those who watch operations see of every operation of [OpCatalogue].
class WatchClaims {
  private static long counted(Supplier<Variable> work) {
    long[] sum = {0};
    Op.Observer observer =
        (op, xs, y) ->
            sum[0] += op.multiplyAdds(xs.stream().map(Variable::shape).toList(), y.shape());
    Autograd.observe(observer, () -> Autograd.noGrad(work::get));
    return sum[0];
  }

  @TestFactory
  Stream<DynamicTest> aFusedOperationCountsWhatItsCompositionCounts() {
    return forEachSample(
        (entry, xs) -> {
          if (entry.op() instanceof Op.Fused fused) {
            List<Variable> operands = constants(xs);
            assertEquals(
                counted(() -> fused.compose(operands)), counted(() -> entry.apply(operands)));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> finiteNumbersOfTheDomainAreNotRefused() {
    return forEachSample(
        (entry, xs) ->
            Autograd.debug(
                () -> {
                  Variable y = entry.apply(leaves(xs));
                  if (y.requiresGrad() && isFinite(y.value())) {
                    y.backward(Tensor.ones(y.shape().toArray()).to(y.dtype()));
                  }
                }));
  }

  private static boolean isFinite(Tensor x) {
    return DoubleStream.of(x.toDoubleArray()).allMatch(Double::isFinite);
  }

  @Test
  void productsCountForEachElementOfTheResult() {
    Variable a = Variable.constant(Tensor.randn(Shape.of(5, 1, 2, 3), a().dtype(), new Rng(1)));
    Variable b = Variable.constant(Tensor.randn(Shape.of(4, 3, 7), a().dtype(), new Rng(2)));
    assertEquals(5 * 4 * 2 * 7 * 3, counted(() -> a.matMul(b)));
    assertEquals(5 * 4 * 2 * 7 * 3, counted(() -> F.einsum("xyij,zjk->xzik", a, b)));
    assertEquals(0, counted(() -> a.mul(a).exp().sum()));
  }

  private static Variable a() {
    return Variable.constant(Tensor.of(1f));
  }

  @Test
  void anObserverSeesWhatIsDoneAndWhereRecordedOrNot() {
    List<String> seen = new ArrayList<>();
    Op.Observer observer =
        new Op.Observer() {
          @Override
          public void done(Op op, List<Variable> operands, Variable result) {
            seen.add(op.label() + operands.size());
            Variable unseen = result.exp();
            assertTrue(unseen.item() > 0);
          }

          @Override
          public void entered(Scope scope) {
            seen.add("(" + scope.scopePath());
          }

          @Override
          public void left(Scope scope) {
            seen.add(")");
          }
        };
    Leaf x = Variable.of(2.0);
    Variable y =
        Autograd.observe(
            observer,
            () -> {
              Variable inner = Scope.named("part", () -> x.mul(x));
              return Autograd.noGrad(() -> inner.sqrt());
            });
    assertEquals(2, y.item());
    assertEquals(List.of("(part", "mul2", ")", "sqrt1"), seen);
    assertFalse(Watch.isAny());
  }
}
