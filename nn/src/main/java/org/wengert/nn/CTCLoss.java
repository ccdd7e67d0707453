package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;

/// Connectionist temporal classification: `-log P(target)`, where a sequence of classes spells a
/// target if it is the target once repetitions are joined and then blanks left out. For targets
/// whose place in the input nobody knows, as in speech. The mean divides each loss by its target's
/// length first.
///
/// Immutable and thread-safe.
///
/// Source: Graves et al., "Connectionist temporal classification", ICML 2006; `torch.nn.CTCLoss`.
///
/// @param blank the class that means nothing
/// @param zeroInfinity whether targets that no sequence spells count 0, rather than `∞`
/// @param reduction what becomes of the samples' losses
public record CTCLoss(int blank, boolean zeroInfinity, Reduction reduction) {
  /// The mean over all samples; class 0 is blank.
  public CTCLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public CTCLoss(Reduction reduction) {
    this(0, false, reduction);
  }

  /// This loss with another class as blank.
  public CTCLoss blank(int blank) {
    return new CTCLoss(blank, zeroInfinity, reduction);
  }

  /// This loss where targets that no sequence spells count 0, or `∞`.
  public CTCLoss zeroInfinity(boolean zeroInfinity) {
    return new CTCLoss(blank, zeroInfinity, reduction);
  }

  /// The loss of sequences.
  ///
  /// @param logP logarithms of probabilities, as a [LogSoftmax] gives them, of shape `(steps,
  ///     samples, classes)`
  /// @param targets labels, `(samples, longest)` or all one behind the other
  /// @param inputLengths how many steps each sample has
  /// @param targetLengths how many labels each sample has
  /// @throws org.wengert.tensor.ShapeException if lengths or labels are out of range
  public Variable forward(
      Variable logP, Variable targets, Variable inputLengths, Variable targetLengths) {
    return Losses.of(
        this,
        reduction,
        targetLengths,
        r -> F.ctcLoss(logP, targets, inputLengths, targetLengths, blank, zeroInfinity, r));
  }
}
