package org.wengert.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Op;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.check.GradReport.Verdict;
import org.wengert.check.Rules.Product;
import org.wengert.check.Rules.Stated;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What the check finds, above all that it finds what is wrong.
class GradCheckTest {
  private static final Tensor POINT = Tensor.of(new double[] {0.5, -1.25, 2});
  private static final Tensor A = Tensor.of(new double[][] {{0.3, -0.8}, {1.1, 0.4}});
  private static final Tensor B = Tensor.of(new double[][] {{-0.6, 0.9}, {0.2, 1.3}});

  private static GradReport first(UnaryOperator<Variable> f, Tensor x) {
    return GradCheck.defaults().firstOrder(xs -> f.apply(xs.getFirst()), List.of(x), List.of());
  }

  private static GradReport second(UnaryOperator<Variable> f, Tensor x) {
    return GradCheck.defaults().secondOrder(xs -> f.apply(xs.getFirst()), List.of(x), List.of());
  }

  private static GradReport product(Op.Binary product) {
    Function<List<Variable>, Variable> f = xs -> product.apply(xs.get(0), xs.get(1));
    return GradCheck.defaults().firstOrder(f, List.of(A, B), List.of());
  }

  private static void assertWrong(String suspicion, GradReport report) {
    assertEquals(Verdict.WRONG, report.verdict(), report::toString);
    assertEquals(suspicion, report.suspicion());
  }

  @Test
  void aRightRuleIsCorrectToSecondOrder() {
    GradReport report = first(Rules.cube(Rules::cubed)::apply, POINT);
    assertEquals(Verdict.CORRECT, report.verdict());
    assertEquals(List.of(), report.elements());
    assertEquals("", report.suspicion());
    assertTrue(report.relativeError() < 1e-9, report::toString);
    assertTrue(report.toString().startsWith("gradient is correct (relative error "));
    assertEquals(Verdict.CORRECT, second(Rules.cube(Rules::cubed)::apply, POINT).verdict());
    assertEquals(Verdict.CORRECT, product(new Product(Product.LEFT, Product.RIGHT)).verdict());
  }

  @Test
  void aWrongFactorIsNamed() {
    Stated wrong = Rules.cube((gy, x, y) -> gy.mul(x.square()).mul(2));
    GradReport report = first(wrong::apply, POINT);
    assertWrong("a factor: the gradient of input 0 is 0.666667 times what it should be", report);
    assertEquals(3, report.elements().size());
    assertEquals(1.0 / 3, report.relativeError(), 1e-9);
  }

  @Test
  void theReportShowsWhereAndHowMuch() {
    Stated wrong = Rules.cube((gy, x, y) -> gy.mul(x.square()).mul(-3));
    GradReport report = first(x -> wrong.apply(x).sum(), Tensor.of(new double[] {1, 2}));
    assertWrong("the sign of the rule for input 0", report);
    double ratio = report.elements().get(0).numeric() / report.elements().get(1).numeric();
    assertEquals(4, ratio, 1e-8);
    assertEquals(List.of(1), report.elements().getFirst().index());
    String numbers = report.toString().replaceAll("-?\\d+\\.\\d+(e[-+]\\d+)?", "#");
    assertEquals(
        """
        gradient is wrong (relative error #)
            input 0 [1]  analytic #  numeric #  estimated differencing error #
            input 0 [0]  analytic #  numeric #  estimated differencing error #
          suspected cause: the sign of the rule for input 0""",
        numbers);
  }

  @Test
  void aReportPrintsEightElementsAndCountsTheRest() {
    GradReport.Element e = new GradReport.Element("w", List.of(1, 0), 2, 3, 1e-12);
    GradReport report =
        new GradReport(Verdict.WRONG, 0.5, List.of(e, e, e, e, e, e, e, e, e, e), "");
    String line = "\n    w [1, 0]  analytic 2.000000000  numeric 3.000000000";
    String text =
        "gradient is wrong (relative error 5.0e-01)"
            + (line + "  estimated differencing error 1.0e-12").repeat(8)
            + "\n    and 2 more elements";
    assertEquals(text, report.toString());
  }

  @Test
  void aRuleThatIsDetachedIsWrongInSecondOrderOnly() {
    Stated detached =
        Rules.cube((gy, x, y) -> gy.mul(Variable.constant(x.value()).square()).mul(3));
    assertEquals(Verdict.CORRECT, first(detached::apply, POINT).verdict());
    assertWrong(
        "no gradient arrives at input 0: a detach() or value() on its path, or a rule that forgets"
            + " it",
        second(detached::apply, POINT));
  }

  @Test
  void aTransposedOperandIsNamed() {
    Product wrong = new Product((gy, a, b) -> Product.LEFT.of(gy, a, b).mT(), Product.RIGHT);
    assertWrong("the gradient of input 0 is transposed", product(wrong));
  }

  @Test
  void anOperandInPlaceOfTheOtherIsAFactorThatVaries() {
    Product wrong = new Product(Product.LEFT, (gy, a, b) -> a.matMul(gy));
    assertWrong(
        "a factor that varies over the elements of input 1: an operand missing, or the input used"
            + " for the output",
        product(wrong));
  }

  @Test
  void aForgottenOperandIsNamed() {
    Product wrong = new Product(Product.LEFT, (gy, a, b) -> gy.mul(0));
    GradReport report = product(wrong);
    assertWrong(
        "no gradient arrives at input 1: a detach() or value() on its path, or a rule that forgets"
            + " it",
        report);
    assertEquals(4, report.elements().size());
    report.elements().forEach(e -> assertEquals("input 1", e.input()));
  }

  @Test
  void oneWrongIndexIsFoundAmongMany() {
    for (double factor : new double[] {0, 1.001, -1}) {
      Variable once = Variable.constant(1, factor, 1);
      Stated wrong = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(once));
      GradReport report = first(wrong::apply, POINT);
      assertEquals(1, report.elements().size());
      assertEquals(List.of(1), report.elements().getFirst().index());
      if (factor != -1) {
        assertWrong("an index: only 1 of the 3 elements of input 0 are wrong", report);
      }
    }
  }

  @Test
  void aNaNIsWrongAndNoKink() {
    Variable once = Variable.constant(1, Double.NaN, 1);
    Stated wrong = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(once));
    GradReport report = first(wrong::apply, POINT);
    assertWrong("a NaN: 0/0, or 0 times infinity, in the rule for input 0", report);
    assertEquals(List.of(1), report.elements().getFirst().index());
    assertEquals(1, report.elements().size());
    GradReport atRoot = first(x -> F.sqrt(x.square()), Tensor.of(0.0));
    assertWrong("a NaN: 0/0, or 0 times infinity, in the rule for input 0", atRoot);
  }

  @Test
  void anInfinityIsWrongWhereDifferencesAreFinite() {
    Variable once = Variable.constant(1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    Stated wrong = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(once));
    GradReport report = first(wrong::apply, POINT);
    assertWrong("an infinity: a division by 0 or an overflow in the rule for input 0", report);
    assertEquals(2, report.elements().size());
  }

  @Test
  void aKinkIsUndecided() {
    for (Tensor x : List.of(Tensor.of(0.0), Tensor.of(new double[] {1, 0, 2}))) {
      GradReport report = first(F::relu, x);
      assertEquals(Verdict.NEAR_KINK, report.verdict(), report::toString);
      assertTrue(report.toString().startsWith("gradient is undecided: the point is at or near a"));
    }
  }

  @Test
  void aKinkNearbyNeverMakesARightRuleWrong() {
    for (double x = 1e-9; x < 0.02; x *= 1.3) {
      for (double side : new double[] {x, -x}) {
        Verdict verdict = first(v -> F.abs(v).mul(v.exp()), Tensor.of(side)).verdict();
        assertNotEquals(Verdict.WRONG, verdict, "at " + side);
        assertTrue(x < 1e-3 || verdict == Verdict.CORRECT, "at " + side + " " + verdict);
      }
    }
  }

  @Test
  void aPoleIsUndecided() {
    assertEquals(Verdict.NEAR_KINK, first(F::log, Tensor.of(0.0)).verdict());
    assertEquals(Verdict.NEAR_KINK, first(F::sqrt, Tensor.of(0.0)).verdict());
    assertEquals(Verdict.NEAR_KINK, first(F::reciprocal, Tensor.of(0.0)).verdict());
    assertEquals(Verdict.CORRECT, first(F::reciprocal, Tensor.of(0.01)).verdict());
  }

  @Test
  void aSteepFunctionIsDecided() {
    Stated right = new Stated(x -> Math.sin(400 * x), (gy, x, y) -> steep(gy, x, 400));
    Stated wrong = new Stated(x -> Math.sin(400 * x), (gy, x, y) -> steep(gy, x, 400.004));
    for (double x : new double[] {0, 0.1, 0.7, 1.3}) {
      assertEquals(Verdict.CORRECT, first(right::apply, Tensor.of(x)).verdict());
      assertEquals(Verdict.WRONG, first(wrong::apply, Tensor.of(x)).verdict());
    }
  }

  private static Variable steep(Variable gy, Variable x, double slope) {
    return gy.mul(F.cos(x.mul(400))).mul(slope);
  }

  @Test
  void whatIsAcceptedIsOffByTwiceTheToleranceAtMost() {
    for (double off : new double[] {-1e-3, -1e-5, -3e-7, 3e-7, 1e-6, 1e-4}) {
      Stated wrong = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(1 + off));
      assertEquals(Verdict.WRONG, first(wrong::apply, POINT).verdict(), "off by " + off);
    }
    Stated nearly = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(1 + 3e-8));
    assertEquals(Verdict.CORRECT, first(nearly::apply, POINT).verdict());
  }

  @Test
  void aRightRuleOnRoundedValuesIsUndecided() {
    for (double quantum : new double[] {1e-8, 1e-7, 1e-6, 1e-5}) {
      Stated right = rounded(quantum, 2);
      for (double x = 0.002; x < 5; x *= 1.2) {
        GradReport report = first(right::apply, Tensor.of(x));
        assertEquals(Verdict.NOISY, report.verdict(), quantum + " at " + x + " " + report);
      }
    }
    GradReport report = first(rounded(1e-7, 2)::apply, Tensor.of(0.3));
    assertTrue(
        report
            .toString()
            .startsWith("gradient is undecided: the differences are too noisy for the tolerance"));
    assertEquals(
        "values of less than double precision, or a function that varies over lengths far below"
            + " 0.001",
        report.suspicion());
  }

  @Test
  void aGrosslyWrongRuleIsFoundOnRoundedValuesToo() {
    GradReport report = first(rounded(1e-7, 3)::apply, Tensor.of(0.3));
    assertEquals(Verdict.WRONG, report.verdict());
    String suspicion = "a factor: the gradient of input 0 is 1.5000";
    assertTrue(report.suspicion().startsWith(suspicion), report::toString);
  }

  private static Stated rounded(double quantum, double factor) {
    return new Stated(
        x -> Math.rint(x * x / quantum) * quantum, (gy, x, y) -> gy.mul(x).mul(factor));
  }

  @Test
  void aResultThatIsNotRecordedIsNamed() {
    assertWrong(
        "the result is not recorded: is there a value(), item() or detach() on the way?",
        first(x -> Variable.constant(x.value()).square(), POINT));
  }

  @Test
  void aConstantFunctionHasTheRightGradientZero() {
    assertEquals(Verdict.CORRECT, first(x -> Variable.constant(7), POINT).verdict());
    assertEquals(Verdict.CORRECT, first(x -> x.mul(0).add(7), POINT).verdict());
    Function<List<Variable>, Variable> f = xs -> xs.getLast().square();
    GradReport report = GradCheck.defaults().firstOrder(f, List.of(A, B), List.of());
    assertEquals(Verdict.CORRECT, report.verdict());
  }

  @Test
  void nothingToCheckIsRefused() {
    GradCheck check = GradCheck.defaults();
    Function<List<Variable>, Variable> f = xs -> Variable.constant(1);
    String text =
        """
        a gradient check of 0 inputs and 0 parameters
          hint: pass what the function depends on: there is nothing to check""";
    assertEquals(
        text,
        assertThrows(OptionException.class, () -> check.firstOrder(f, List.of(), List.of()))
            .getMessage());
    assertThrows(OptionException.class, () -> check.secondOrder(f, List.of(), List.of()));
  }

  @Test
  void anInputWithoutElementsIsCorrect() {
    Tensor empty = Tensor.zeros(Shape.of(0, 3), DType.FLOAT64);
    assertEquals(Verdict.CORRECT, first(Variable::exp, empty).verdict());
    assertEquals(Verdict.CORRECT, second(Variable::exp, empty).verdict());
  }

  @Test
  void lessThanDoublePrecisionIsRefused() {
    String text =
        """
        a gradient check at FLOAT32 (2, 2)
          hint: differences need FLOAT64: convert with to(FLOAT64), a module too""";
    Tensor floats = A.to(DType.FLOAT32);
    assertEquals(
        text, assertThrows(DTypeException.class, () -> first(Variable::exp, floats)).getMessage());
    assertThrows(DTypeException.class, () -> second(Variable::exp, floats));
    Parameter weight = new Parameter(floats);
    assertThrows(DTypeException.class, () -> firstWith(weight, xs -> xs.getFirst().mul(weight)));
  }

  private static GradReport firstWith(Parameter p, Function<List<Variable>, Variable> f) {
    return GradCheck.defaults().firstOrder(f, List.of(B), List.of(p));
  }

  @Test
  void aWrongRuleForAParameterIsFoundAndNamed() {
    Parameter weight = new Parameter(A).named("layer.weight");
    Product wrong = new Product((gy, a, b) -> Product.LEFT.of(gy, a, b).neg(), Product.RIGHT);
    GradReport report = firstWith(weight, xs -> wrong.apply(weight, xs.getFirst()));
    assertWrong("the sign of the rule for layer.weight", report);
    report.elements().forEach(e -> assertEquals("layer.weight", e.input()));
    Parameter nameless = new Parameter(A);
    assertWrong(
        "the sign of the rule for parameter 0",
        firstWith(nameless, xs -> wrong.apply(nameless, xs.getFirst())));
    Function<List<Variable>, Variable> right = xs -> weight.matMul(xs.getFirst()).tanh();
    assertEquals(Verdict.CORRECT, firstWith(weight, right).verdict());
    assertEquals(
        Verdict.CORRECT,
        GradCheck.defaults().secondOrder(right, List.of(B), List.of(weight)).verdict());
  }

  @Test
  void aListedParameterThatIsNotUsedIsWrong() {
    Parameter weight = new Parameter(A).named("weight");
    assertWrong(
        "no gradient arrives at weight: the function does not use what is listed",
        firstWith(weight, xs -> xs.getFirst().square()));
    assertWrong(
        "no gradient arrives at weight: a detach() or value() on its path, or a rule that forgets"
            + " it",
        firstWith(weight, xs -> xs.getFirst().mul(weight.detach())));
  }

  @Test
  void parametersAreRestored() {
    Parameter weight = new Parameter(A);
    firstWith(weight, xs -> xs.getFirst().mul(weight).exp());
    assertArrayEquals(A.toDoubleArray(), weight.value().toDoubleArray());
    Stated wrong = Rules.cube((gy, x, y) -> gy);
    assertEquals(
        Verdict.WRONG, firstWith(weight, xs -> wrong.apply(weight).mul(xs.get(0))).verdict());
    assertArrayEquals(A.toDoubleArray(), weight.value().toDoubleArray());
  }

  @Test
  void parametersAreRestoredWhenTheFunctionThrows() {
    Parameter weight = new Parameter(A);
    Function<List<Variable>, Variable> failing =
        xs -> {
          if (!weight.value().sameBits(A)) {
            throw new IllegalStateException("moved");
          }
          return xs.getFirst().mul(weight);
        };
    Throwable thrown = assertThrows(IllegalStateException.class, () -> firstWith(weight, failing));
    assertEquals("moved", thrown.getMessage());
    assertArrayEquals(A.toDoubleArray(), weight.value().toDoubleArray());
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    Stated wrong = Rules.cube((gy, x, y) -> gy.mul(x));
    GradCheck check = GradCheck.defaults();
    Function<List<Variable>, Variable> f = xs -> wrong.apply(xs.getFirst());
    GradReport report = check.firstOrder(f, List.of(POINT), List.of());
    assertEquals(report, check.firstOrder(f, List.of(POINT), List.of()));
    assertNotEquals(report, check.seeded(1).firstOrder(f, List.of(POINT), List.of()));
  }

  @Test
  void widerTolerancesAcceptMore() {
    Stated wrong = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(1.001));
    Function<List<Variable>, Variable> f = xs -> wrong.apply(xs.getFirst());
    GradCheck check = GradCheck.defaults();
    assertEquals(Verdict.WRONG, check.firstOrder(f, List.of(POINT), List.of()).verdict());
    GradCheck wide = check.tolerating(0.01, 0);
    assertEquals(Verdict.CORRECT, wide.firstOrder(f, List.of(POINT), List.of()).verdict());
    assertThrows(OptionException.class, () -> check.tolerating(Double.NaN, 0));
    assertThrows(OptionException.class, () -> check.tolerating(0, -1));
    assertThrows(OptionException.class, () -> new GradCheck(0, 0, 0, 1));
  }
}
