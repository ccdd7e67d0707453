package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.check.GradientAssert.assertThatGradientOfList;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.nn.LossEntries.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What every loss of the library promises, generated from [LossEntries].
class LossClaims {
  private static Stream<DynamicTest> forEach(Consumer<Entry<?>> claim) {
    return LossEntries.list().stream().map(e -> dynamicTest(e.toString(), () -> claim.accept(e)));
  }

  private static List<Tensor> sampled(List<Sample> samples) {
    Rng random = new Rng(3);
    return samples.stream().map(sample -> sample.of(random)).toList();
  }

  private static List<Variable> constants(List<Tensor> values) {
    return values.stream().<Variable>map(Variable::constant).toList();
  }

  @TestFactory
  Stream<DynamicTest> hasTheGradientsThatDifferencesGive() {
    return forEach(
        entry -> {
          List<Tensor> inputs = sampled(entry.inputs());
          Tensor[] floating =
              inputs.stream().filter(x -> x.dtype().isFloating()).toArray(Tensor[]::new);
          for (Reduction reduction : List.of(Reduction.MEAN, Reduction.NONE)) {
            assertThatGradientOfList(xs -> entry.of(reduction, Sample.merged(inputs, xs)))
                .at(floating)
                .isCorrectToSecondOrder();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> keepsFloat32() {
    return forEach(
        entry -> {
          List<Variable> xs = new ArrayList<>();
          for (Tensor x : sampled(entry.inputs())) {
            xs.add(Variable.constant(x.dtype().isFloating() ? x.to(DType.FLOAT32) : x));
          }
          for (Reduction reduction : Reduction.values()) {
            assertEquals(DType.FLOAT32, entry.of(reduction, xs).dtype(), reduction.name());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hasReductionsThatAgree() {
    return forEach(
        entry -> {
          List<Variable> xs = constants(sampled(entry.inputs()));
          double sum = entry.of(Reduction.SUM, xs).item();
          double mean = entry.of(Reduction.MEAN, xs).item();
          double samples = entry.toString().startsWith("CTC") ? 2 : xs.getFirst().size(0);
          assertEquals(sum, entry.of(Reduction.NONE, xs).sum().item(), 1e-12);
          assertEquals(sum / samples, entry.of(Reduction.BATCH_MEAN, xs).item(), 1e-12);
          assertEquals(sum / 2, entry.of(Reduction.HALF_SUM, xs).item());
          assertEquals(mean / 2, entry.of(Reduction.HALF_MEAN, xs).item());
          assertTrue(sum != 0, "a loss of nothing shows nothing");
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesOperandsThatDoNotFitAndSaysWhichLossItIs() {
    return forEach(
        entry -> {
          List<Variable> wrong = constants(sampled(entry.wrong()));
          WengertException e =
              assertThrows(WengertException.class, () -> entry.of(Reduction.MEAN, wrong).value());
          String name = entry.make().apply(Reduction.MEAN).getClass().getSimpleName();
          assertTrue(e.getMessage().startsWith(name + ": "), e.getMessage());
          assertTrue(e.getMessage().contains("\n  hint: "), e.getMessage());
        });
  }
}
