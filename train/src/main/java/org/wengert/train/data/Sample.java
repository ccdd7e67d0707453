package org.wengert.train.data;

import java.util.function.UnaryOperator;
import org.wengert.tensor.Tensor;

/// An input with its target: one sample, or a batch of them with one more axis in front.
///
/// @param input what goes in
/// @param target what should come out
public record Sample(Tensor input, Tensor target) implements Supervised {
  /// With another input, made of this one, as in `data.map(s -> s.mapInput(scale::apply))`.
  public Sample mapInput(UnaryOperator<Tensor> change) {
    return new Sample(change.apply(input), target);
  }

  /// With another target, made of this one.
  public Sample mapTarget(UnaryOperator<Tensor> change) {
    return new Sample(input, change.apply(target));
  }
}
