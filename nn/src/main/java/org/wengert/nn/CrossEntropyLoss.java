package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.ClassLoss;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
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
  /// @throws OptionException if it is not from 0 to 1
  public CrossEntropyLoss {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new OptionException("label smoothing " + labelSmoothing)
          .hint("it lies between 0 (none) and 1 (all classes alike); 0.1 is usual");
    }
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
  /// @throws OptionException if the smoothing is not from 0 to 1
  public CrossEntropyLoss labelSmoothing(double labelSmoothing) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// The loss of logits against target classes or target probabilities.
  ///
  /// @throws ShapeException if the shapes do not fit, or a class does not exist
  /// @throws DTypeException if the target is `BOOL`
  @Override
  public Variable forward(Variable logits, Variable target) {
    int axis = logits.rank() == 1 ? 0 : 1;
    checkShapes(logits, target, axis);
    if (!target.dtype().isFloating()) {
      requireExisting(target.value(), logits.size(axis));
    }
    return F.crossEntropy(
        logits, target, new ClassLoss(weight, ignoreIndex, labelSmoothing, reduction.function()));
  }

  private void requireExisting(Tensor target, int classCount) {
    for (long label : target.toLongArray()) {
      if (label != ignoreIndex && (label < 0 || label >= classCount)) {
        throw (ShapeException)
            new ShapeException("target class " + label + " among " + classCount + " classes")
                .hint("classes count from 0 to " + (classCount - 1) + "; ignoreIndex is skipped")
                .during("CrossEntropyLoss");
      }
    }
  }

  private void checkShapes(Variable logits, Variable target, int axis) {
    if (target.dtype() == DType.BOOL) {
      throw (DTypeException)
          new DTypeException("a target of type BOOL")
              .hint("give class indices (INT64) or probabilities (floating)")
              .during("CrossEntropyLoss");
    }
    if (logits.rank() == 0) {
      throw mismatch("a scalar has no axis of classes", logits, target);
    }
    boolean probabilities = target.dtype().isFloating();
    Shape expected = probabilities ? logits.shape() : logits.shape().remove(axis);
    if (!target.shape().equals(expected)) {
      String kind = probabilities ? "target probabilities" : "target classes";
      throw mismatch(kind + " must have shape " + expected, logits, target);
    }
    if (weight != null && !weight.shape().equals(Shape.of(logits.size(axis)))) {
      String problem = "weights of shape " + weight.shape() + " for " + logits.size(axis);
      throw mismatch(problem + " classes", logits, target);
    }
  }

  private static ShapeException mismatch(String problem, Variable logits, Variable target) {
    return (ShapeException)
        new ShapeException(problem)
            .hint(
                "logits are (N, C) or (N, C, d..); class indices (integers) lack the axis C,"
                    + " probabilities (floating) have it")
            .during("CrossEntropyLoss")
            .operand("logits", logits.name(), logits.shape() + " " + logits.dtype())
            .operand("target", target.name(), target.shape() + " " + target.dtype());
  }
}
