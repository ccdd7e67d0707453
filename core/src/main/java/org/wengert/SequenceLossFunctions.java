package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.ShapeException;

/// The functions of [F] that are losses of whole sequences.
abstract class SequenceLossFunctions extends MarginFunctions {
  SequenceLossFunctions() {}

  /// Connectionist temporal classification: `-log P(target)`, where a sequence of classes spells a
  /// target if it is the target once repetitions are joined and then blanks left out. The mean
  /// divides each loss by its target's length first.
  ///
  /// @param logP logarithms of probabilities, of shape `(steps, samples, classes)`
  /// @param targets labels, `(samples, longest)` or all one behind the other
  /// @param inputLengths how many steps each sample has
  /// @param targetLengths how many labels each sample has
  /// @param blank the class that means nothing; PyTorch's default is 0
  /// @param zeroInfinity whether targets that no sequence spells count 0, rather than `∞` with a
  ///     gradient of `NaN`
  /// @throws ShapeException if lengths or labels are out of range
  public static Variable ctcLoss(
      Variable logP,
      Variable targets,
      Variable inputLengths,
      Variable targetLengths,
      int blank,
      boolean zeroInfinity,
      LossReduction reduction) {
    int[] steps = Ctc.integers(inputLengths);
    int[] lengths = Ctc.integers(targetLengths);
    boolean fits = logP.rank() == 3 && steps.length == logP.size(1) && steps.length > 0;
    fits = fits && lengths.length == steps.length && (targets.rank() == 1 || targets.rank() == 2);
    fits = fits && (targets.rank() == 1 || targets.size(0) == steps.length);
    if (!fits || Arrays.stream(steps).anyMatch(n -> n < 1 || n > logP.size(0))) {
      throw (ShapeException)
          new ShapeException("logarithms of probabilities of shape " + logP.shape())
              .hint("they are (steps, samples, classes); each sample has a number of steps within")
              .during("ctcLoss")
              .operand("targets", targets.name(), targets.shape().toString())
              .operand("input lengths", inputLengths.name(), Arrays.toString(steps))
              .operand("target lengths", targetLengths.name(), Arrays.toString(lengths));
    }
    Indices.checked(Variable.constant((double) blank).to(targets.dtype()).value(), logP.size(2));
    Ctc ctc = Ctc.of(Ctc.targets(targets, lengths), steps, blank);
    Variable losses = ctc.losses(logP, zeroInfinity);
    return reduction == LossReduction.MEAN
        ? losses.mul(Variable.constant(ctc.shares().to(logP.dtype()))).mean()
        : reduction.apply(losses);
  }
}
