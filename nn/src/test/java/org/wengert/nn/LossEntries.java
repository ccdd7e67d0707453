package org.wengert.nn;

import static org.wengert.nn.Sample.below;
import static org.wengert.nn.Sample.between;
import static org.wengert.nn.Sample.normal;

import java.util.List;

/// Every loss of the library: input and target that fit, and targets that do not.
final class LossEntries {
  private LossEntries() {}

  /// A loss and what it is called with.
  ///
  /// @param wrong a target that must be refused with a message that names the loss
  record Entry(Loss loss, Sample input, Sample target, Sample wrong) {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  static List<Entry> list() {
    Sample logits = normal(3, 4);
    Sample shares = between(0.1, 0.9, 3, 4);
    Sample row = normal(4);
    return List.of(
        new Entry(new MSELoss(), logits, normal(3, 4), row),
        new Entry(new MSELoss(Loss.Reduction.NONE), logits, normal(3, 4), row),
        new Entry(new L1Loss(Loss.Reduction.SUM), logits, normal(3, 4), row),
        new Entry(new BCELoss(), shares, between(0.2, 0.8, 3, 4), between(0, 1, 4)),
        new Entry(new BCEWithLogitsLoss(), logits, shares, between(0, 1, 4)),
        new Entry(new CrossEntropyLoss(), logits, below(4, 3), below(4, 2)),
        new Entry(new CrossEntropyLoss().labelSmoothing(0.1), logits, shares, row));
  }
}
