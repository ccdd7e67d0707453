package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.tensor.OptionException;

class MLPOptionsTest {
  private static final MLPOptions DEFAULTS = MLPClassifier.defaults();

  /// Those of the signature in scikit-learn's reference.
  @Test
  void defaultsAreThoseOfScikitLearn() {
    assertEquals(
        "MLPOptions[hiddenLayerSizes=[100], activation=RELU, solver=ADAM, alpha=1.0E-4,"
            + " batchSize=0, learningRate=CONSTANT, learningRateInit=0.001, powerT=0.5,"
            + " maxIter=200, shuffle=true, randomState=null, tol=1.0E-4, verbose=false,"
            + " warmStart=false, momentum=0.9, nesterovsMomentum=true, earlyStopping=false,"
            + " validationFraction=0.1, beta1=0.9, beta2=0.999, epsilon=1.0E-8,"
            + " nIterNoChange=10, maxFun=15000]",
        DEFAULTS.toString());
    assertEquals(DEFAULTS, MLPRegressor.defaults());
  }

  static Stream<UnaryOperator<MLPOptions>> changes() {
    return Stream.of(
        o -> o.hiddenLayerSizes(new int[0]),
        o -> o.hiddenLayerSizes(3, 4),
        o -> o.activation(Activation.TANH),
        o -> o.solver(Solver.SGD),
        o -> o.alpha(0),
        o -> o.batchSize(7),
        o -> o.learningRate(LearningRate.ADAPTIVE),
        o -> o.learningRateInit(0.5),
        o -> o.powerT(1),
        o -> o.maxIter(3),
        o -> o.shuffle(false),
        o -> o.randomState(0),
        o -> o.tol(0),
        o -> o.verbose(true),
        o -> o.warmStart(true),
        o -> o.momentum(1),
        o -> o.nesterovsMomentum(false),
        o -> o.earlyStopping(true),
        o -> o.validationFraction(0.5),
        o -> o.beta1(0),
        o -> o.beta2(0),
        o -> o.epsilon(1),
        o -> o.nIterNoChange(1),
        o -> o.maxFun(1));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void eachMethodChangesOneOption(UnaryOperator<MLPOptions> change) {
    MLPOptions changed = change.apply(DEFAULTS);
    assertNotEquals(DEFAULTS, changed);
    String[] before = DEFAULTS.toString().split(", (?=[a-z])", -1);
    String[] after = changed.toString().split(", (?=[a-z])", -1);
    long different =
        IntStream.range(0, before.length).filter(i -> !before[i].equals(after[i])).count();
    assertEquals(1, different);
  }

  static Stream<Arguments> refused() {
    return Stream.<Map.Entry<String, UnaryOperator<MLPOptions>>>of(
            Map.entry("hiddenLayerSizes is [5, 0]", o -> o.hiddenLayerSizes(5, 0)),
            Map.entry("alpha is -1.0", o -> o.alpha(-1)),
            Map.entry("alpha is NaN", o -> o.alpha(Double.NaN)),
            Map.entry("batchSize is -1", o -> o.batchSize(-1)),
            Map.entry("learningRateInit is 0.0", o -> o.learningRateInit(0)),
            Map.entry("powerT is -1.0", o -> o.powerT(-1)),
            Map.entry("maxIter is 0", o -> o.maxIter(0)),
            Map.entry("tol is -1.0", o -> o.tol(-1)),
            Map.entry("momentum is 1.5", o -> o.momentum(1.5)),
            Map.entry("validationFraction is 1.0", o -> o.validationFraction(1)),
            Map.entry("beta1 is 1.0", o -> o.beta1(1)),
            Map.entry("beta2 is -0.1", o -> o.beta2(-0.1)),
            Map.entry("epsilon is 0.0", o -> o.epsilon(0)),
            Map.entry("nIterNoChange is 0", o -> o.nIterNoChange(0)),
            Map.entry("maxFun is 0", o -> o.maxFun(0)))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatMakesNoSenseIsRefused(String problem, UnaryOperator<MLPOptions> change) {
    String message = assertThrows(OptionException.class, () -> change.apply(DEFAULTS)).getMessage();
    assertEquals(problem, message.substring(0, message.indexOf(", but must be ")));
    assertEquals(
        List.of("  hint: leave it out to have scikit-learn's default"),
        message.lines().skip(1).toList());
  }
}
