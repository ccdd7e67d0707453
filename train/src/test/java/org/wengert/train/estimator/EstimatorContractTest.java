package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.StateException;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What every estimator promises.
class EstimatorContractTest {
  private static final MLPOptions FAST =
      MLPOptions.defaults().hiddenLayerSizes(6).maxIter(4).batchSize(16).randomState(3);
  private static final Tensor X = Samples.corners(48);

  @TempDir private Path folder;

  /// An estimator and what it may learn from.
  record Subject<Y>(String name, Estimator<Y> estimator, Y y) {
    Estimator<Y> fitted() {
      return estimator.fresh().fit(X, y);
    }

    double score() {
      return fitted().score(X, y);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Subject<?>> subjects() {
    var three = Samples.names(48, 3);
    var two = Samples.names(48, 2);
    Tensor y = Samples.numbers(X);
    Tensor columns = Tensor.of(new double[48][2]);
    return Stream.of(
        new Subject<>("three classes", new MLPClassifier<String>(FAST), three),
        new Subject<>("two classes", new MLPClassifier<String>(FAST.solver(Solver.SGD)), two),
        new Subject<>("L-BFGS", new MLPClassifier<String>(FAST.solver(Solver.LBFGS)), three),
        new Subject<>("early", new MLPClassifier<String>(FAST.earlyStopping(true)), three),
        new Subject<>("numbers", new MLPRegressor(FAST.activation(Activation.TANH)), y),
        new Subject<>("columns", new MLPRegressor(FAST), columns),
        new Subject<>("early numbers", new MLPRegressor(FAST.earlyStopping(true)), y),
        new Subject<>(
            "pipeline",
            Pipeline.of(List.of(new MinMaxScaler(), new StandardScaler()), new MLPRegressor(FAST)),
            y),
        new Subject<>("ensemble", new Ensemble<>(new MLPClassifier<String>(FAST), 2, 9), three),
        new Subject<>(
            "ensemble of pipelines",
            new Ensemble<>(Pipeline.of(new StandardScaler(), new MLPRegressor(FAST)), 2, 9),
            y));
  }

  private static <T extends Throwable> String refusal(Class<T> type, Runnable action) {
    return String.valueOf(assertThrows(type, action::run).getMessage());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void asksToBeFitted(Subject<?> subject) {
    Estimator<?> fresh = subject.estimator().fresh();
    for (Runnable question :
        List.<Runnable>of(() -> fresh.predict(X), () -> fresh.outputs(X), fresh::stateDict)) {
      String message = refusal(StateException.class, question);
      assertTrue(message.endsWith(" is not fitted\n  hint: call fit first"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void countsTheFeatures(Subject<?> subject) {
    Estimator<?> fitted = subject.fitted();
    String message =
        refusal(ShapeException.class, () -> fitted.predict(Tensor.of(new double[5][3])));
    assertTrue(message.startsWith("X has 3 features, "), message);
    assertTrue(
        message.endsWith(" was fitted with 2\n  hint: give the columns of fit, in their order"),
        message);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <Y> void refusesWhatIsNoNumber(Subject<Y> subject) {
    double[][] rows = X.toArray(double[][].class);
    rows[7][1] = Double.NaN;
    Tensor damaged = Tensor.of(rows);
    String expected =
        "X has NaN in row 7, column 1\n  hint: leave such samples out, or fill in a number";
    Estimator<Y> fitted = subject.fitted();
    assertEquals(expected, refusal(OptionException.class, () -> fitted.predict(damaged)));
    Estimator<Y> fresh = subject.estimator().fresh();
    assertEquals(expected, refusal(OptionException.class, () -> fresh.fit(damaged, subject.y())));
    refusal(StateException.class, () -> fresh.predict(X));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <Y> void wantsSamplesInRowsAndAsManyAnswers(Subject<Y> subject) {
    Estimator<Y> fresh = subject.estimator().fresh();
    refusal(ShapeException.class, () -> fresh.fit(Tensor.of(1.0, 2.0), subject.y()));
    String message =
        refusal(ShapeException.class, () -> fresh.fit(X.slice(0, 0, 40, 1), subject.y()));
    assertEquals("40 samples in X meet 48 in y\n  hint: give one y for each row of X", message);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void oneSeedGivesTheSameBits(Subject<?> subject) {
    Tensor first = subject.fitted().outputs(X);
    assertTrue(first.sameBits(subject.fitted().outputs(X)));
    Tensor other = fitted(subject, 77);
    assertFalse(first.sameBits(other));
  }

  private static <Y> Tensor fitted(Subject<Y> subject, long seed) {
    return subject.estimator().fresh(seed).fit(X, subject.y()).outputs(X);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aFreshOneKnowsNothing(Subject<?> subject) {
    Estimator<?> fitted = subject.fitted();
    Estimator<?> fresh = fitted.fresh();
    assertNotSame(fitted, fresh);
    refusal(StateException.class, () -> fresh.outputs(X));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <Y> void whatIsSavedIsLoaded(Subject<Y> subject) throws IOException {
    Path file = folder.resolve("estimator.safetensors");
    Estimator<Y> fitted = subject.fitted();
    fitted.save(file);
    Estimator<Y> loaded = subject.estimator().fresh();
    loaded.load(file);
    assertTrue(fitted.outputs(X).sameBits(loaded.outputs(X)));
    assertEquals(fitted.score(X, subject.y()), loaded.score(X, subject.y()));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void whatIsLoadedMustFit(Subject<?> subject) {
    Estimator<?> fitted = subject.fitted();
    Tensor before = fitted.outputs(X);
    Map<String, Tensor> damaged = fitted.stateDict();
    damaged.put("more", Tensor.of(1.0));
    String message = refusal(StateException.class, () -> fitted.loadStateDict(damaged));
    assertTrue(message.contains("unexpected  more"), message);
    refusal(StateException.class, () -> fitted.loadStateDict(Map.of()));
    assertTrue(before.sameBits(fitted.outputs(X)));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <Y> void computesInTheTypeOfItsSamples(Subject<Y> subject) {
    Tensor narrow = X.to(DType.FLOAT32);
    Estimator<Y> fitted = subject.estimator().fresh().fit(narrow, subject.y());
    assertEquals(DType.FLOAT32, fitted.outputs(narrow).dtype());
    assertEquals(DType.FLOAT32, fitted.outputs(X).dtype());
    assertEquals(DType.FLOAT64, subject.fitted().outputs(narrow).dtype());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <Y> void isCrossValidated(Subject<Y> subject) {
    double[] scores =
        CrossValidation.defaults().folds(3).scores(subject.estimator(), X, subject.y());
    assertEquals(3, scores.length);
    assertTrue(Arrays.stream(scores).allMatch(Double::isFinite));
  }
}
