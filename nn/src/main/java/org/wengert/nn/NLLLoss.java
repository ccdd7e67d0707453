package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.ClassLoss;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// `-w[t] x[t]` for logarithms of probabilities `x`, as a [LogSoftmax] gives them, and target
/// classes `t`; 0 if `t` is `ignoreIndex`. The mean divides by the sum of the `w[t]` of targets not
/// ignored. [CrossEntropyLoss] does both steps in one.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.NLLLoss`.
///
/// @param weight one for each class; null means 1
/// @param ignoreIndex the target class that does not count
/// @param reduction what becomes of the samples' losses
public record NLLLoss(@Nullable Tensor weight, long ignoreIndex, Reduction reduction)
    implements Loss {
  /// The mean, unweighted; class -100 is ignored.
  public NLLLoss() {
    this(Reduction.MEAN);
  }

  /// Unweighted; class -100 is ignored.
  public NLLLoss(Reduction reduction) {
    this(null, -100, reduction);
  }

  /// This loss with a weight for each class.
  public NLLLoss weight(Tensor weight) {
    return new NLLLoss(weight, ignoreIndex, reduction);
  }

  /// This loss with another class ignored.
  public NLLLoss ignoreIndex(long ignoreIndex) {
    return new NLLLoss(weight, ignoreIndex, reduction);
  }

  /// The loss of logarithms of probabilities, of shape `(N, C)`, `(N, C, d..)` or `(C)`, against
  /// target classes of that shape without `C`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit, or a class does not exist
  /// @throws org.wengert.tensor.DTypeException if the target is not integral
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(
        this,
        reduction,
        input,
        r -> F.nllLoss(input, target, new ClassLoss(weight, ignoreIndex, 0, r)));
  }
}
