package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.LstmState;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// One step of an [LSTM], for loops of one's own; its formulas are there.
///
/// Input `(samples, in)` and state `(samples, hidden)` give the next state; one sample may come
/// without its axis, and `forward(x)` starts from zeros. `weight_ih` has shape `(4 hidden, in)`,
/// `weight_hh` `(4 hidden, hidden)`, `bias_ih` and `bias_hh` `(4 hidden)`; all start uniform
/// in `[-1/√hidden, 1/√hidden]`.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: `torch.nn.LSTMCell`.
public final class LSTMCell extends CellLayer<LstmState> {
  /// With biases, initialised by the thread's generator.
  public LSTMCell(int in, int hidden) {
    this(in, hidden, true, Rng.current());
  }

  /// From `in` features to `hidden` ones.
  ///
  /// @throws OptionException if a number is below 1
  public LSTMCell(int in, int hidden, boolean bias, RandomGenerator random) {
    super(RecurrentKind.LSTM, in, hidden, bias, random);
  }
}
