package org.wengert.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.RuleDoctor.examine;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.check.Diagnosis.Kind;
import org.wengert.tensor.Tensor;

/// Students' rules with typical mistakes, and what the doctor says.
class RuleDoctorTest {
  /// A rule of one input, in variables.
  private interface One {
    Variable of(Variable gy, Variable x, Variable y);
  }

  /// A rule of two inputs for one of them.
  interface Two {
    Variable of(Variable gy, Variable a, Variable b);
  }

  private static Diagnosis unary(UnaryOperator<Variable> function, One rule) {
    return examine(
        function,
        (gy, xs, y) ->
            List.of(
                rule.of(
                        Variable.constant(gy),
                        Variable.constant(xs.getFirst()),
                        Variable.constant(y))
                    .value()));
  }

  static Diagnosis binary(BinaryOperator<Variable> function, Two left, Two right) {
    return examine(function, (gy, xs, y) -> both(gy, xs, left, right));
  }

  private static List<@Nullable Tensor> both(Tensor gy, List<Tensor> xs, Two left, Two right) {
    Variable g = Variable.constant(gy);
    Variable a = Variable.constant(xs.get(0));
    Variable b = Variable.constant(xs.get(1));
    return List.of(left.of(g, a, b).value(), right.of(g, a, b).value());
  }

  static Variable fit(Variable gradient, Variable x) {
    return gradient.sumTo(x.shape());
  }

  static void says(Kind kind, String message, Diagnosis found) {
    assertEquals(kind, found.kind(), found::toString);
    assertEquals(message, found.message());
  }

  private static final String X = "the gradient of x: ";

  @Test
  void rightRulesAreRight() {
    assertTrue(unary(Variable::tanh, (gy, x, y) -> gy.mul(y.square().rsub(1.0))).isRight());
    assertTrue(unary(Variable::log, (gy, x, y) -> gy.div(x)).isRight());
    assertTrue(unary(F::relu, (gy, x, y) -> gy.mul(x.gt(0.0).to(x.dtype()))).isRight());
    assertTrue(
        binary(Variable::mul, (gy, a, b) -> fit(gy.mul(b), a), (gy, a, b) -> fit(gy.mul(a), b))
            .isRight());
    assertTrue(product((gy, a, b) -> gy.matMul(b.mT()), (gy, a, b) -> a.mT().matMul(gy)).isRight());
    assertTrue(
        unary(x -> F.softmax(x, 0), (gy, x, y) -> y.mul(gy.sub(F.sum(gy.mul(y), x.rank() > 0, 0))))
            .isRight());
  }

  @Test
  void theSignIsNamed() {
    says(Kind.WRONG_SIGN, X + "has the wrong sign", unary(F::cos, (gy, x, y) -> gy.mul(F.sin(x))));
    assertEquals(
        Kind.WRONG_SIGN,
        binary(
                Variable::div,
                (gy, a, b) -> fit(gy.div(b), a),
                (gy, a, b) -> fit(gy.mul(a).div(b.square()), b))
            .kind());
    assertEquals(
        1, binary(Variable::sub, (gy, a, b) -> fit(gy, a), (gy, a, b) -> fit(gy, b)).operand());
  }

  @Test
  void aConstantFactorIsFound() {
    says(
        Kind.CONSTANT_FACTOR,
        X + "the factor 2 is missing",
        unary(Variable::square, (gy, x, y) -> gy.mul(x)));
    says(
        Kind.CONSTANT_FACTOR,
        X + "is 2 times what it should be",
        unary(Variable::exp, (gy, x, y) -> gy.mul(y).mul(2.0)));
  }

  @Test
  void aMissingOperandIsFoundByTheRatio() {
    says(
        Kind.MISSING_FACTOR, X + "the factor y is missing", unary(Variable::exp, (gy, x, y) -> gy));
    says(
        Kind.MISSING_FACTOR,
        X + "the factor x is missing",
        unary(Variable::square, (gy, x, y) -> gy.mul(2.0)));
    says(
        Kind.MISSING_FACTOR,
        X + "the factor 3 · x² is missing",
        unary(x -> x.pow(3.0), (gy, x, y) -> gy));
    says(
        Kind.MISSING_FACTOR,
        "the gradient of a: the factor b is missing",
        binary(Variable::mul, (gy, a, b) -> fit(gy, a), (gy, a, b) -> fit(gy.mul(a), b)));
    says(
        Kind.EXTRA_FACTOR,
        X + "there is a factor x too many, or 1/x is missing",
        unary(x -> x.mul(3.0), (gy, x, y) -> gy.mul(x).mul(3.0)));
  }

  @Test
  void aForgottenGyIsNamed() {
    Kind forgot = Kind.FORGOT_GY;
    assertEquals(forgot, unary(Variable::tanh, (gy, x, y) -> y.square().rsub(1.0)).kind());
    assertEquals(forgot, unary(Variable::sigmoid, (gy, x, y) -> y.mul(y.rsub(1.0))).kind());
    assertEquals(forgot, unary(Variable::square, (gy, x, y) -> x.mul(2.0)).kind());
  }

  @Test
  void inputAndOutputAreToldApart() {
    says(
        Kind.INPUT_FOR_OUTPUT,
        X + "uses the input x where the output y belongs",
        unary(Variable::tanh, (gy, x, y) -> gy.mul(x.square().rsub(1.0))));
    assertEquals(
        Kind.INPUT_FOR_OUTPUT,
        unary(Variable::sigmoid, (gy, x, y) -> gy.mul(x).mul(x.rsub(1.0))).kind());
    assertEquals(Kind.INPUT_FOR_OUTPUT, unary(Variable::exp, (gy, x, y) -> gy.mul(x)).kind());
    says(
        Kind.OUTPUT_FOR_INPUT,
        X + "uses the output y where the input x belongs",
        unary(Variable::log, (gy, x, y) -> gy.div(y)));
    assertEquals(
        Kind.OUTPUT_FOR_INPUT, unary(Variable::square, (gy, x, y) -> gy.mul(y).mul(2.0)).kind());
  }

  @Test
  void theWrongOperandIsNamed() {
    says(
        Kind.WRONG_OPERAND,
        "the gradient of a: uses a where b belongs",
        binary(Variable::mul, (gy, a, b) -> fit(gy.mul(a), a), (gy, a, b) -> fit(gy.mul(a), b)));
    assertEquals(
        Kind.WRONG_OPERAND,
        binary(
                Variable::div,
                (gy, a, b) -> fit(gy.div(b), a),
                (gy, a, b) -> fit(gy.neg().mul(b).div(a.square()), b))
            .kind());
  }

  @Test
  void oneUseInsteadOfAllIsNamed() {
    says(
        Kind.OVERWRITTEN,
        X
            + "x is used 2 times, and the rule gives the gradient of one use only; add them up:"
            + " += instead of =",
        unary(x -> x.mul(x), (gy, x, y) -> gy.mul(x)));
    assertEquals(
        Kind.OVERWRITTEN, unary(x -> x.exp().mul(x), (gy, x, y) -> gy.mul(x.exp())).kind());
    assertEquals(Kind.OVERWRITTEN, unary(x -> x.exp().mul(x), (gy, x, y) -> gy.mul(y)).kind());
    assertEquals(Kind.OVERWRITTEN, unary(x -> x.add(x), (gy, x, y) -> gy).kind());
  }

  @Test
  void aSumThatWasForgottenIsNamed() {
    Diagnosis found = binary(Variable::add, (gy, a, b) -> gy, (gy, a, b) -> gy);
    assertEquals(Kind.NOT_SUMMED, found.kind());
    assertEquals(
        "the gradient of b: b was repeated along an axis, and what comes back is not summed:"
            + " shape (2) instead of (); sum over the axes along which it was repeated",
        found.message());
    assertEquals(
        Kind.NOT_SUMMED,
        binary(Variable::mul, (gy, a, b) -> gy.mul(b), (gy, a, b) -> gy.mul(a)).kind());
  }

  @Test
  void aMeanOrASliceInsteadOfTheSumIsNamed() {
    Two all = (gy, a, b) -> fit(gy, a);
    Two mean = (gy, a, b) -> fit(gy, b).mul(b.value().count() / (double) gy.value().count());
    Diagnosis found = binary(Variable::add, all, mean);
    assertEquals(Kind.NOT_SUMMED, found.kind(), found::toString);
    assertTrue(found.message().contains("the mean over"), found::message);
    Diagnosis slice =
        examine(
            xs -> xs.get(0).add(xs.get(1)),
            (gy, xs, y) ->
                List.of(gy, Variable.constant(gy).slice(0, 0, 1).value().copy().reshape(3)),
            Tensor.zeros(5, 3),
            Tensor.zeros(3));
    assertEquals(Kind.NOT_SUMMED, slice.kind(), slice::toString);
    assertTrue(slice.message().contains("one of"), slice::message);
  }

  private static Diagnosis product(Two left, Two right) {
    return examine(
        xs -> F.matMul(xs.get(0), xs.get(1)),
        (gy, xs, y) -> both(gy, xs, left, right),
        Tensor.zeros(64, 784),
        Tensor.zeros(784, 10));
  }

  @Test
  void aTransposedMatrixIsNamed() {
    Two right = (gy, a, b) -> a.mT().matMul(gy);
    says(
        Kind.TRANSPOSED,
        "the gradient of a: is gy · b, should be gy · bᵀ",
        product((gy, a, b) -> gy.matMul(b), right));
    says(
        Kind.TRANSPOSED,
        "the gradient of a: is bᵀ · gy, should be gy · bᵀ",
        product((gy, a, b) -> b.mT().matMul(gy), right));
    says(
        Kind.TRANSPOSED,
        "the gradient of a: is transposed",
        product((gy, a, b) -> gy.matMul(b.mT()).mT(), right));
    Diagnosis found = product((gy, a, b) -> gy.matMul(b.mT()), (gy, a, b) -> a.matMul(gy));
    says(Kind.TRANSPOSED, "the gradient of b: is a · gy, should be aᵀ · gy", found);
    assertEquals(
        List.of(2, 2), List.of(found.inputs().get(0).size(0), found.inputs().get(1).size(1)));
  }

  @Test
  void aConstantWhereAZeroBelongsIsNamed() {
    says(
        Kind.CONSTANT_FOR_ZERO,
        X + "is 1 · gy where the function is flat and a zero belongs",
        unary(Variable::relu, (gy, x, y) -> gy));
    assertEquals(
        Kind.CONSTANT_FOR_ZERO,
        unary(
                x -> F.clamp(x, -0.7, 0.7),
                (gy, x, y) ->
                    gy.mul(F.where(F.abs(x).lt(0.7), x.mul(0.0).add(1.0), x.mul(0.0).add(0.1))))
            .kind());
  }

  @Test
  void noGradientIsNamed() {
    says(
        Kind.NO_GRADIENT,
        X + "the rule gives none, or zeros",
        examine(Variable::exp, (gy, xs, y) -> List.of()));
    assertEquals(Kind.NO_GRADIENT, unary(Variable::exp, (gy, x, y) -> gy.mul(0.0)).kind());
  }

  @Test
  void whatHasNoNameIsShownInNumbers() {
    Diagnosis found = unary(Variable::tanh, (gy, x, y) -> gy.mul(F.cos(x)));
    assertEquals(
        """
        the gradient of x: different, and no typical mistake
            at x = 0.5000, gy = 1.0
            the rule gives 0.8776
            right is       0.7864""",
        found.toString());
    assertEquals(
        Kind.UNKNOWN, unary(x -> F.softmax(x, 0), (gy, x, y) -> gy.mul(y).mul(y.rsub(1.0))).kind());
  }

  @Test
  void aRuleThatThrowsIsShown() {
    Diagnosis found =
        examine(
            Variable::exp,
            (gy, xs, y) -> {
              throw new IllegalStateException("not done yet");
            });
    says(Kind.FAILS, "the rule fails: not done yet", found);
  }

  @Test
  void aRuleForVectorsOnlyIsRightWhereItWorks() {
    Diagnosis found =
        examine(
            x -> F.softmax(x, -1),
            (gy, xs, y) -> {
              if (y.rank() != 1) {
                throw new IllegalArgumentException("vectors only");
              }
              Variable p = Variable.constant(y);
              Variable g = Variable.constant(gy);
              return List.of(p.mul(g.sub(g.mul(p).sum())).value());
            });
    assertTrue(found.isRight(), found::toString);
  }

  @Test
  void operationsAreHeldAgainstDifferences() {
    Rules.Stated right = Rules.cube(Rules::cubed);
    assertTrue(examine(right).isRight());
    assertEquals(
        Kind.CONSTANT_FACTOR, examine(Rules.cube((gy, x, y) -> gy.mul(x.square()))).kind());
    assertEquals(
        Kind.INPUT_FOR_OUTPUT,
        examine(new Rules.Stated(Math::tanh, (gy, x, y) -> gy.mul(x.square().rsub(1.0)))).kind());
    assertEquals(
        Kind.TRANSPOSED,
        examine(new Rules.Product((gy, a, b) -> gy.matMul(b), Rules.Product.RIGHT)).kind());
    assertTrue(examine(new Rules.Product(Rules.Product.LEFT, Rules.Product.RIGHT)).isRight());
  }

  @Test
  void whatCannotBeTriedIsSaid() {
    Diagnosis found = examine(x -> x.mul(Double.NaN), (gy, xs, y) -> List.of(gy));
    assertEquals(Kind.UNTESTED, found.kind());
  }

  private static Diagnosis linear(
      Function<List<Variable>, Variable> ofX, Function<List<Variable>, Variable> ofWeight) {
    return examine(
        xs -> xs.get(0).matMul(xs.get(1).mT()).add(xs.get(2)),
        (gy, xs, y) -> {
          List<Variable> given =
              Stream.of(gy, xs.get(0), xs.get(1)).<Variable>map(Variable::constant).toList();
          return List.of(
              ofX.apply(given).value(),
              ofWeight.apply(given).value(),
              given.getFirst().sum(0).value());
        },
        Tensor.ones(4, 3),
        Tensor.ones(2, 3),
        Tensor.ones(2));
  }

  @Test
  void aTransposedOperandIsFoundBesideABias() {
    says(
        Kind.TRANSPOSED,
        "the gradient of x1: is gy · x2ᵀ, should be gy · x2",
        linear(
            all -> all.get(0).matMul(all.get(2).mT()), all -> all.get(0).mT().matMul(all.get(1))));
    says(
        Kind.TRANSPOSED,
        "the gradient of x2: is transposed",
        linear(all -> all.get(0).matMul(all.get(2)), all -> all.get(1).mT().matMul(all.get(0))));
  }

  @Test
  void factorsOfActivationsAreNamed() {
    says(
        Kind.MISSING_FACTOR,
        X + "the factor 1 - y is missing",
        unary(Variable::sigmoid, (gy, x, y) -> gy.mul(y)));
    says(
        Kind.MISSING_FACTOR,
        X + "the factor 1 + y is missing",
        unary(Variable::tanh, (gy, x, y) -> gy.mul(y.rsub(1.0))));
  }

  @Test
  void theNumberOfElementsIsMissedInMeans() {
    says(
        Kind.MISSING_FACTOR,
        X + "the factor 1/n is missing, where n is the number of elements",
        unary(Variable::mean, (gy, x, y) -> gy.expand(x.shape())));
  }

  @Test
  void aForgottenSquareInAQuotientIsNoExchange() {
    says(
        Kind.EXTRA_FACTOR,
        "the gradient of b: there is a factor b too many, or 1/b is missing",
        binary(
            Variable::div,
            (gy, a, b) -> fit(gy.div(b), a),
            (gy, a, b) -> fit(gy.mul(a).div(b).neg(), b)));
  }

  @Test
  void aRuleThatReturnsNullGivesNoGradient() {
    says(
        Kind.NO_GRADIENT,
        X + "the rule gives none, or zeros",
        examine(Variable::tanh, (gy, xs, y) -> null));
  }
}
