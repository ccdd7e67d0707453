package org.wengert.nn;

import org.wengert.F;

/// `log σ(x)`, element by element, without underflow.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.LogSigmoid`.
public final class LogSigmoid extends Activation {
  /// The only kind there is.
  public LogSigmoid() {
    super(F::logSigmoid);
  }
}
