package org.wengert.optim;

import java.util.List;
import org.wengert.tensor.OptionException;

/// Several schedules, one after the other: the first up to the first milestone, and so on. Each
/// begins with its epoch 0, from the rates with which training began.
///
/// Above all this gives a warm-up, five epochs from a hundredth of the rate to all of it:
///
/// ```
/// LinearLR.Options warmUp = LinearLR.Options.defaults().startFactor(0.01).totalIters(5);
/// new SequentialLR(
///     optimizer,
///     List.of(new LinearLR(optimizer, warmUp), new CosineAnnealingLR(optimizer, 95)),
///     List.of(5));
/// ```
///
/// Epoch `e` with milestones `m₁ < m₂ < ...` is epoch `e - mₖ` of schedule `k`, for the last
/// `mₖ ≤ e`. Holds state, not thread-safe.
///
/// Source: `torch.optim.lr_scheduler.SequentialLR`.
public final class SequentialLR extends CompositeScheduler {
  private final List<Integer> milestones;

  /// A schedule of schedules.
  ///
  /// @param schedules made in this order, one right after the other
  /// @param milestones the epochs with which the second schedule begins, the third, ...
  /// @throws OptionException if there is no schedule, if they are of different optimizers or were
  ///     made in another order, or if there is not one milestone between each two, rising from 1
  public SequentialLR(
      Optimizer optimizer, List<LearningRateScheduler> schedules, List<Integer> milestones) {
    super("SequentialLR", optimizer, notEmpty("SequentialLR", schedules));
    this.milestones = List.copyOf(milestones);
    Domain.milestones("SequentialLR", milestones);
    if (milestones.size() != schedules.size() - 1) {
      throw (OptionException)
          new OptionException(
                  milestones.size() + " milestones for " + schedules.size() + " schedules")
              .hint("give the epoch with which each schedule after the first begins")
              .during("SequentialLR");
    }
    restart();
    hasBegun();
  }

  @Override
  void enter(long epoch) {
    int active = (int) milestones.stream().filter(m -> m <= epoch).count();
    if (epoch == 0) {
      parts().getFirst().rewind();
    } else if (active > 0 && milestones.get(active - 1) == epoch) {
      parts().get(active).restart();
    } else {
      parts().get(active).step();
    }
  }
}
