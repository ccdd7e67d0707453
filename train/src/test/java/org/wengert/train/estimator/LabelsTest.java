package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.StateException;
import org.wengert.tensor.Tensor;

/// Whatever can be compared is a label.
class LabelsTest {
  private static final double[][] X = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  private static <L extends Comparable<? super L>> MLPClassifier<L> classifier() {
    var options = MLPClassifier.defaults().hiddenLayerSizes(3).maxIter(2).randomState(1);
    return new MLPClassifier<>(options);
  }

  static Stream<List<? extends Comparable<?>>> labels() {
    return Stream.of(
        List.of("zwei", "Öl", "", "zwei"),
        List.of("a", "b", "b", "a"),
        MLPClassifier.labels(7, -3, 7, 12),
        List.of(1L << 40, 0L, 0L, 5L),
        List.of(0.5, -1.0, 0.5, 2.0),
        List.of(true, false, false, true));
  }

  @ParameterizedTest
  @MethodSource("labels")
  <L extends Comparable<? super L>> void theyAreSortedSavedAndLoaded(List<L> y) {
    MLPClassifier<L> fitted = LabelsTest.<L>classifier().fit(X, y);
    assertEquals(y.stream().distinct().sorted().toList(), fitted.classes());
    MLPClassifier<L> loaded = classifier();
    loaded.loadStateDict(fitted.stateDict());
    assertEquals(fitted.classes(), loaded.classes());
    assertEquals(fitted.predict(X), loaded.predict(X));
  }

  /// Labels of a program's own.
  enum Colour {
    RED,
    GREEN
  }

  @Test
  void labelsOfOnesOwnAreLearnedButNotSaved() {
    MLPClassifier<Colour> fitted =
        LabelsTest.<Colour>classifier()
            .fit(X, List.of(Colour.RED, Colour.GREEN, Colour.GREEN, Colour.RED));
    assertEquals(List.of(Colour.RED, Colour.GREEN), fitted.classes());
    assertEquals(
        """
        labels that are Colour cannot be saved
          hint: take String, Integer, Long, Double or Boolean""",
        assertThrows(StateException.class, fitted::stateDict).getMessage());
  }

  @Test
  void damagedLabelsAreRefused() {
    MLPClassifier<String> fitted =
        LabelsTest.<String>classifier().fit(X, List.of("a", "b", "b", "a"));
    Map<String, Tensor> state = fitted.stateDict();
    state.put("classEnds", Tensor.of(1L, 5L));
    String message =
        assertThrows(StateException.class, () -> fitted.loadStateDict(state)).getMessage();
    assertEquals(
        """
        MLPClassifier.load: the saved state does not fit
            impossible  classEnds  a label from byte 1 to 5
          hint: load it into an estimator of this kind, with the options it was saved with""",
        message);
    assertEquals(List.of("a", "b"), fitted.classes());
  }

  @Test
  void labelsThatFitNeverGivesAreRefused() {
    MLPClassifier<Integer> fitted = LabelsTest.<Integer>classifier().fit(X, List.of(1, 2, 3, 3));
    for (int[] classes : new int[][] {{3, 1, 2}, {1, 1, 3}, {1}}) {
      Map<String, Tensor> state = fitted.stateDict();
      state.put("classes", Tensor.of(classes));
      String message =
          assertThrows(StateException.class, () -> fitted.loadStateDict(state)).getMessage();
      String expected =
          "impossible  classes  "
              + Arrays.toString(classes)
              + ", not two or more in ascending order";
      assertTrue(message.contains(expected), message);
    }
  }

  @Test
  void anotherNetworkIsRefused() {
    MLPClassifier<String> fitted =
        LabelsTest.<String>classifier().fit(X, List.of("a", "b", "b", "a"));
    var wide = new MLPClassifier<String>(MLPClassifier.defaults().activation(Activation.TANH));
    String message =
        assertThrows(StateException.class, () -> wide.loadStateDict(fitted.stateDict()))
            .getMessage();
    assertEquals(
        """
        MLPClassifier.load: the saved state does not fit
            different  settings  MLPClassifier relu [3] instead of MLPClassifier tanh [100]
          hint: load it into an estimator of this kind, with the options it was saved with""",
        message);
  }

  @Test
  void dataSetsHaveTheirLabelsInTensors() {
    Tensor numbers = Tensor.of(1L, 0L, 1L);
    assertEquals(List.of(1, 0, 1), MLPClassifier.labels(numbers));
    assertEquals(List.of("b", "a", "b"), MLPClassifier.labels(numbers, List.of("a", "b")));
    assertEquals(List.of(3, 1), MLPClassifier.labels(3, 1));
  }
}
