package org.wengert.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.RuleDoctor.examine;
import static org.wengert.check.RuleDoctorTest.binary;
import static org.wengert.check.RuleDoctorTest.fit;
import static org.wengert.check.RuleDoctorTest.says;

import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.Variable;
import org.wengert.check.Diagnosis.Kind;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Rules with two mistakes at once, or with such as no cure mends.
class MixedMistakesTest {
  @Test
  void twoMistakesAreBothNamed() {
    Diagnosis found = binary(Variable::sub, (gy, a, b) -> fit(gy, a), (gy, a, b) -> gy);
    String text =
        "the gradient of b: b was repeated along an axis, and what comes back is not summed: shape"
            + " (2) instead of (); sum over the axes along which it was repeated; summed, it has"
            + " the wrong sign";
    says(Kind.NOT_SUMMED, text, found);
    assertEquals(List.of(2, 1), found.inputs().stream().map(Tensor::count).toList());
  }

  @Test
  void aFunctionCanBeMissing() {
    Diagnosis found =
        binary(
            Variable::pow,
            (gy, a, b) -> fit(gy.mul(b).mul(a.pow(b.sub(1.0))), a),
            (gy, a, b) -> fit(gy.mul(a.pow(b)), b));
    says(Kind.MISSING_FACTOR, "the gradient of b: the factor log(a) is missing", found);
  }

  @Test
  void aListOfAnotherLengthIsRefused() {
    String text =
        "the rule fails: it gives a list of 1 where one of 2 belongs: a gradient, or null, for each";
    BinaryOperator<Variable> mul = Variable::mul;
    says(Kind.FAILS, text, examine(mul, (gy, xs, y) -> List.of(gy)));
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    Diagnosis found =
        binary(Variable::mul, (gy, a, b) -> gy.mul(Double.NaN), (gy, a, b) -> fit(gy.mul(a), b));
    assertEquals(Kind.NOT_FINITE, found.kind(), found::toString);
    assertTrue(found.message().startsWith("the gradient of a: is not finite: "), found.message());
  }

  @Test
  void aRepetitionIsShownWhereThereIsOne() {
    Function<List<Variable>, Variable> linear = xs -> xs.get(0).matMul(xs.get(1)).add(xs.get(2));
    Diagnosis found =
        examine(
            linear,
            (gy, xs, y) ->
                List.of(
                    Variable.constant(gy).matMul(Variable.constant(xs.get(1)).mT()).value(),
                    Variable.constant(xs.get(0)).mT().matMul(Variable.constant(gy)).value(),
                    gy),
            Tensor.ones(4, 3).to(DType.FLOAT64),
            Tensor.ones(3, 2).to(DType.FLOAT64),
            Tensor.ones(2).to(DType.FLOAT64));
    assertEquals(Kind.NOT_SUMMED, found.kind(), found::toString);
    assertTrue(count(found.given()) > count(found.right()), found::toString);
  }

  private static int count(@Nullable Tensor x) {
    return Objects.requireNonNull(x).count();
  }
}
