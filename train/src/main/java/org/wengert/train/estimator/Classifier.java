package org.wengert.train.estimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.tensor.Tensor;

/// An estimator that says to which class a sample belongs. Holds state; not thread-safe while it
/// learns.
///
/// @param <L> the labels: `String`, `Integer`, or anything else that can be compared
public interface Classifier<L extends Comparable<? super L>> extends Estimator<List<L>> {
  /// The classes, in ascending order: the columns of the outputs.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  List<L> classes();

  /// The probability of each class: of shape `(samples, classes)`, rows sum to 1.
  default Tensor predictProba(Tensor x) {
    return outputs(x);
  }

  /// The class of the highest probability, the first of equals.
  @Override
  default List<L> decide(Tensor outputs) {
    List<L> classes = classes();
    List<L> decided = new ArrayList<>();
    for (double[] row : outputs.toArray(double[][].class)) {
      int best = 0;
      for (int c = 1; c < row.length; c++) {
        best = row[c] > row[best] ? c : best;
      }
      decided.add(classes.get(best));
    }
    return List.copyOf(decided);
  }

  /// The share of samples whose class is found.
  @Override
  default double agreement(List<L> predicted, List<L> y) {
    Inputs.requireRows(predicted.size(), y.size());
    int right = 0;
    for (int i = 0; i < y.size(); i++) {
      right += predicted.get(i).equals(y.get(i)) ? 1 : 0;
    }
    return (double) right / y.size();
  }

  @Override
  default List<L> select(List<L> y, int... samples) {
    return Arrays.stream(samples).mapToObj(y::get).toList();
  }

  /// By label.
  @Override
  default int[] strata(List<L> y) {
    Map<L, Integer> numbers = new LinkedHashMap<>();
    return y.stream().mapToInt(l -> numbers.computeIfAbsent(l, k -> numbers.size())).toArray();
  }
}
