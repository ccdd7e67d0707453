package org.wengert.train.estimator;

import java.util.List;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.metric.Metric;
import org.wengert.train.metric.R2;

/// What a network is to learn: how many outputs it has, and what they should be.
sealed interface Task {
  int outputs();

  /// The mean loss of the samples, without a penalty: what the gradient is of.
  Variable loss(Variable outputs, Variable targets);

  /// What is reported of that loss: scikit-learn averages squares over the outputs, too.
  default double share() {
    return 1;
  }

  /// What tells how good outputs are, the higher, the better.
  Metric metric();

  /// As targets of [#loss]: a number for each sample and column.
  Tensor targets(double[] numbers, DType type);

  /// Which samples are alike.
  int[] strata(Tensor targets);

  /// The labels of classes, in order.
  default List<?> labels() {
    return List.of();
  }

  /// The task of telling classes apart: targets are class numbers.
  static Task classes(List<?> labels) {
    return labels.size() == 2 ? new TwoClasses(labels) : new Classes(labels);
  }

  /// Two classes: one logit, that of the second.
  ///
  /// @param labels what they are called
  record TwoClasses(List<?> labels) implements Task {
    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Variable loss(Variable outputs, Variable targets) {
      return F.binaryCrossEntropyWithLogits(outputs, targets);
    }

    @Override
    public Metric metric() {
      return new Accuracy();
    }

    @Override
    public Tensor targets(double[] numbers, DType type) {
      return Tensor.of(numbers).reshape(numbers.length, 1).to(type);
    }

    @Override
    public int[] strata(Tensor targets) {
      return integers(targets);
    }
  }

  /// Several classes: a logit for each.
  ///
  /// @param labels what they are called
  record Classes(List<?> labels) implements Task {
    @Override
    public int outputs() {
      return labels.size();
    }

    @Override
    public Variable loss(Variable outputs, Variable targets) {
      return F.crossEntropy(outputs, targets);
    }

    @Override
    public Metric metric() {
      return new Accuracy();
    }

    @Override
    public Tensor targets(double[] numbers, DType type) {
      return Tensor.of(numbers).to(DType.INT64);
    }

    @Override
    public int[] strata(Tensor targets) {
      return integers(targets);
    }
  }

  /// Numbers: half the sum of the squared errors.
  ///
  /// @param outputs how many for each sample
  record Numbers(int outputs) implements Task {
    @Override
    public Variable loss(Variable outputs, Variable targets) {
      return outputs.sub(targets).square().sum().mul(0.5 / targets.size(0));
    }

    @Override
    public double share() {
      return 1.0 / outputs;
    }

    @Override
    public Metric metric() {
      return new R2();
    }

    @Override
    public Tensor targets(double[] numbers, DType type) {
      return Tensor.of(numbers).reshape(numbers.length / outputs, outputs).to(type);
    }

    @Override
    public int[] strata(Tensor targets) {
      return new int[targets.size(0)];
    }
  }

  private static int[] integers(Tensor targets) {
    double[] numbers = targets.toDoubleArray();
    int[] integers = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      integers[i] = (int) numbers[i];
    }
    return integers;
  }
}
