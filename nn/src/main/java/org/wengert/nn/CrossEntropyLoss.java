package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.ClassLoss;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Softmax and cross entropy in one: a classifier's loss, from logits `x` as they leave the last
/// layer, without a softmax there.
///
/// With classes `c`, weights `w` (1 by default) and smoothing `ε` (0 by default):
///
/// - a target class `t`: `-(1-ε) w[t] log softmax(x)[t] - ε/C Σ w[c] log softmax(x)[c]`, and 0 if
///   `t` is `ignoreIndex`; the mean divides by the sum of the `w[t]` of targets not ignored;
/// - target probabilities `q`: `-Σ w[c] ((1-ε) q[c] + ε/C) log softmax(x)[c]`; the mean divides by
///   the number of samples.
///
/// Logits have shape `(N, C)`, `(N, C, d...)` or `(C)`. Target classes are `INT64` or `INT32` of
/// that shape without `C`; target probabilities are floating, of that same shape.
///
/// ```java
/// Variable loss = new CrossEntropyLoss().labelSmoothing(0.1).forward(logits, target);
/// ```
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.CrossEntropyLoss`.
///
/// @param weight one for each class; null means 1
/// @param ignoreIndex the target class that does not count
/// @param labelSmoothing how much of each target is spread over all classes, from 0 to 1
/// @param reduction what becomes of the samples' losses
public record CrossEntropyLoss(
    @Nullable Tensor weight, long ignoreIndex, double labelSmoothing, Reduction reduction)
    implements Loss {
  /// Checks the smoothing.
  ///
  /// @throws org.wengert.tensor.OptionException if it is not from 0 to 1
  public CrossEntropyLoss {
    ClassLoss _ = ClassLoss.defaults().labelSmoothing(labelSmoothing);
  }

  /// The mean, unweighted, without smoothing; class -100 is ignored.
  public CrossEntropyLoss() {
    this(Reduction.MEAN);
  }

  /// Unweighted, without smoothing; class -100 is ignored.
  public CrossEntropyLoss(Reduction reduction) {
    this(null, -100, 0, reduction);
  }

  /// This loss with a weight for each class.
  public CrossEntropyLoss weight(Tensor weight) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// This loss with another class ignored.
  public CrossEntropyLoss ignoreIndex(long ignoreIndex) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// This loss with smoothed targets.
  ///
  /// @throws org.wengert.tensor.OptionException if the smoothing is not from 0 to 1
  public CrossEntropyLoss labelSmoothing(double labelSmoothing) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// The loss of logits against target classes or target probabilities.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit, or a class does not exist
  /// @throws org.wengert.tensor.DTypeException if the target is `BOOL`
  @Override
  public Variable forward(Variable logits, Variable target) {
    return Losses.of(
        this,
        reduction,
        logits,
        r -> F.crossEntropy(logits, target, new ClassLoss(weight, ignoreIndex, labelSmoothing, r)));
  }
}
