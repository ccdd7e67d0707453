package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// One step of an [RNN], for loops of one's own: `h' = tanh(W x + b + U h + c)`, or `max(.., 0)`.
///
/// Input `(samples, in)` and state `(samples, hidden)` give the next state; one sample may come
/// without its axis, and `forward(x)` starts from zeros. `weight_ih` has shape `(hidden, in)`,
/// `weight_hh` `(hidden, hidden)`, `bias_ih` and `bias_hh` `(hidden)`; all start uniform
/// in `[-1/√hidden, 1/√hidden]`.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: `torch.nn.RNNCell`.
public final class RNNCell extends CellLayer<Variable> {
  private final RNN.Nonlinearity nonlinearity;

  /// With biases and `tanh`, initialised by the thread's generator.
  public RNNCell(int in, int hidden) {
    this(in, hidden, true, RNN.Nonlinearity.TANH, Rng.current());
  }

  /// From `in` features to `hidden` ones.
  ///
  /// @throws OptionException if a number is below 1
  public RNNCell(
      int in, int hidden, boolean bias, RNN.Nonlinearity nonlinearity, RandomGenerator random) {
    super(nonlinearity.kind(), in, hidden, bias, random);
    this.nonlinearity = nonlinearity;
  }

  @Override
  protected String settings() {
    return super.settings() + nonlinearity.settings();
  }
}
