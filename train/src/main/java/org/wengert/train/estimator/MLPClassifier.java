package org.wengert.train.estimator;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.wengert.F;
import org.wengert.StateCheck;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// A multilayer perceptron that tells classes apart, without a loop to write:
///
/// ```
/// var options = MLPClassifier.defaults().hiddenLayerSizes(50, 50).randomState(1);
/// var iris = new MLPClassifier<String>(options).fit(x, species);
/// List<String> predicted = iris.predict(unseen);
/// ```
///
/// Minimises the mean of `-log p` of the right class plus `alpha/2 Σ w² / samples`, over batches.
/// Two classes have one logit and the logistic function, more have softmax.
///
/// Holds state: network, generator, optimizer, progress; not thread-safe while it learns.
///
/// Source: scikit-learn's `MLPClassifier`; the guide's page on
/// estimators names each difference.
///
/// @param <L> the labels: `String`, `Integer`, or anything else that can be compared
public final class MLPClassifier<L extends Comparable<? super L>> extends MLP<List<L>>
    implements Classifier<L> {
  /// With scikit-learn's defaults.
  public MLPClassifier() {
    this(defaults());
  }

  /// With these options.
  public MLPClassifier(MLPOptions options) {
    super(options);
  }

  /// scikit-learn's defaults.
  public static MLPOptions defaults() {
    return MLPOptions.defaults();
  }

  /// Labels as a list, for data that have them in an array.
  public static List<Integer> labels(int... labels) {
    return Arrays.stream(labels).boxed().toList();
  }

  /// Class numbers as a list, for data sets that have them in a tensor of shape `(samples)`.
  public static List<Integer> labels(Tensor numbers) {
    return Arrays.stream(numbers.toLongArray()).mapToObj(Math::toIntExact).toList();
  }

  /// Names of classes as a list, for data sets that have their numbers in a tensor.
  ///
  /// @throws IndexOutOfBoundsException if a class has no name
  public static List<String> labels(Tensor numbers, List<String> names) {
    return labels(numbers).stream().map(names::get).toList();
  }

  @Override
  public MLPClassifier<L> fit(Tensor x, List<L> y) {
    List<L> found = sorted(y);
    if (found.size() < 2) {
      throw new OptionException(y.isEmpty() ? "y has no labels" : "y has one class only: " + found)
          .hint("a classifier needs samples of at least two");
    }
    if (goesOn() && !found.equals(classes())) {
      throw new StateException("fitted to " + classes() + ", now y has " + found)
          .hint("a warm start needs the same classes; else take a new estimator");
    }
    learn(x, y, found, false);
    return this;
  }

  @Override
  public MLPClassifier<L> fit(double[][] x, List<L> y) {
    return fit(Tensor.of(x), y);
  }

  /// One epoch over these samples, from where the last one ended, of classes that are known.
  ///
  /// @return this
  /// @throws StateException if the classes are not known yet, or the solver is [Solver#LBFGS]
  /// @throws OptionException if a label is of no known class
  public MLPClassifier<L> partialFit(Tensor x, List<L> y) {
    if (!isFitted()) {
      throw new StateException("the first samples need not be of all classes")
          .hint("give them: partialFit(x, y, classes)");
    }
    return partialFit(x, y, classes());
  }

  /// One epoch over these samples, from where the last one ended.
  ///
  /// @param known all classes there will ever be
  /// @return this
  /// @throws StateException if there were other classes before, or the solver is [Solver#LBFGS]
  /// @throws OptionException if a label is of no such class
  public MLPClassifier<L> partialFit(Tensor x, List<L> y, List<L> known) {
    requireStochastic();
    List<L> sorted = sorted(known);
    if (sorted.size() < 2 || (isFitted() && !sorted.equals(classes()))) {
      String before = isFitted() ? " after " + classes() : "";
      throw new StateException("classes " + sorted + before)
          .hint("give at least two, and the same ones each time");
    }
    learn(x, y, sorted, true);
    return this;
  }

  private List<L> sorted(List<L> labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i) == null) {
        throw new OptionException("label " + i + " of " + labels.size() + " is null")
            .hint("leave out samples whose class is not known");
      }
    }
    return List.copyOf(new TreeSet<>(labels));
  }

  private void learn(Tensor x, List<L> y, List<L> known, boolean partial) {
    Inputs.requireRows(x.rank() == 0 ? 0 : x.size(0), y.size());
    double[] codes = new double[y.size()];
    for (int i = 0; i < codes.length; i++) {
      L label = y.get(i);
      int code = label == null ? -1 : Collections.binarySearch(known, label);
      if (code < 0) {
        throw new OptionException("label " + y.get(i) + " of sample " + i + " is of no class")
            .hint("the classes are " + known);
      }
      codes[i] = code;
    }
    learn(x, Task.classes(known), codes, partial);
  }

  @Override
  @SuppressWarnings("unchecked") // given by fit; or loaded, of the type they were saved with
  public List<L> classes() {
    return (List<L>) fitted().task.labels();
  }

  /// The probability of each class: of shape `(samples, classes)`, rows sum to 1.
  @Override
  public Tensor outputs(Tensor x) {
    return F.softmax(bothLogits(x), 1).value();
  }

  /// The logarithms of [#predictProba], exact also where those round to 0.
  public Tensor predictLogProba(Tensor x) {
    return F.logSoftmax(bothLogits(x), 1).value();
  }

  /// A logit for each class; of two, that of the first is 0.
  private Variable bothLogits(Tensor x) {
    Variable logits = Variable.constant(logits(x));
    return logits.size(1) > 1 ? logits : F.cat(List.of(F.zerosLike(logits), logits), 1);
  }

  @Override
  public MLPClassifier<L> fresh() {
    return new MLPClassifier<>(options());
  }

  @Override
  public MLPClassifier<L> fresh(long randomState) {
    return new MLPClassifier<>(options().randomState(randomState));
  }

  @Override
  void putMeaning(Map<String, Tensor> state) {
    Saved.putClasses(state, classes());
  }

  @Override
  Task takeMeaning(Map<String, Tensor> state, StateCheck check) {
    return Task.classes(Saved.takeClasses(state, check));
  }
}
