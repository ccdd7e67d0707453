package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The first `NaN` or infinity of a computation, found by [Autograd#debug] where it arose.
///
/// ```
/// Linear 'fc1': log: the result has -Infinity in 1 of 4 elements, the first at (2), at Net.java:41
///     input 0  p  (4) from 0.0 to 0.7
///   hint: keep the operand above 0, or use logSoftmax, logSigmoid or log1p of what it came from
/// ```
public final class NonFiniteException extends WengertException {
  private static final long serialVersionUID = 1L;

  private final transient Variable culprit;
  private final transient @Nullable Tensor gradient;

  NonFiniteException(String problem, Variable culprit, @Nullable Tensor gradient) {
    super(problem, null);
    this.culprit = culprit;
    this.gradient = gradient;
  }

  /// The result that is not finite or, if a gradient is not, the step whose derivative gave it:
  /// what to draw to see how it came about.
  public Variable culprit() {
    return culprit;
  }

  /// If it was found on the way back, the gradient of [#culprit()], which is finite; otherwise
  /// null.
  public @Nullable Tensor gradient() {
    return gradient;
  }
}
