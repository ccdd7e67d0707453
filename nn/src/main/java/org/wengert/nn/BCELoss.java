package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// `-(t log p + (1-t) log(1-p))` for probabilities `p` and targets `t` from 0 to 1: the binary
/// cross entropy. Each logarithm is at least -100, so that a confident error is finite.
///
/// [BCEWithLogitsLoss] does the same from logits, exactly also where a sigmoid rounds to 0 or 1;
/// prefer it.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.BCELoss`.
///
/// @param reduction what becomes of the elements' losses
public record BCELoss(Reduction reduction) implements Loss {
  /// The mean over all elements.
  public BCELoss() {
    this(Reduction.MEAN);
  }

  /// The loss of probabilities `input`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  /// @throws OptionException if an input is no probability
  @Override
  public Variable forward(Variable input, Variable target) {
    Targets.requireSameShape("BCELoss", input, target);
    for (double p : input.value().toDoubleArray()) {
      if (!(p >= 0 && p <= 1)) {
        throw (OptionException)
            new OptionException("an input is " + p + ", which is no probability")
                .hint("put a Sigmoid behind the last layer, or use BCEWithLogitsLoss for logits")
                .during("BCELoss");
      }
    }
    return F.binaryCrossEntropy(input, target, null, reduction.function());
  }
}
