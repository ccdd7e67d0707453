package org.wengert.optim;

import java.util.List;

/// Several schedules at once: in every epoch each one changes the rates that those before it left,
/// so that factors multiply. Meant for schedules that multiply the present rate: [StepLR],
/// [MultiStepLR], [ConstantLR], [LinearLR], [ExponentialLR], [PolynomialLR], [CosineAnnealingLR]
/// and [MultiplicativeLR]; the others override what came before them.
///
/// ```
/// new ChainedScheduler(
///     List.of(new ConstantLR(optimizer, 0.1, 4), new ExponentialLR(optimizer, 0.9)));
/// ```
///
/// Holds state, not thread-safe. Source: `torch.optim.lr_scheduler.ChainedScheduler`.
public final class ChainedScheduler extends CompositeScheduler {

  /// A schedule of schedules.
  ///
  /// @param schedules made in this order, one right after the other
  /// @throws org.wengert.tensor.OptionException if there is none, or if they are of different
  ///     optimizers or were made in another order
  public ChainedScheduler(List<LearningRateScheduler> schedules) {
    super(
        "ChainedScheduler",
        notEmpty("ChainedScheduler", schedules).getFirst().optimizer(),
        schedules);
  }

  @Override
  void enter(long epoch) {
    for (LearningRateScheduler part : parts()) {
      if (epoch == 0) {
        part.rewind();
      } else {
        part.step();
      }
    }
  }
}
