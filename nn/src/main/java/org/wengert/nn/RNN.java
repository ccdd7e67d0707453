package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// A plain recurrent network: each step sees the input and what the step before computed.
///
/// ```
/// h[t] = tanh(W x[t] + b + U h[t-1] + c), or max(.., 0)
/// ```
///
/// Input `(steps, samples, in)`; output `(steps, samples, hidden)`, the hidden states of the last
/// layer, twice as wide if it is bidirectional. `forward(x)` gives the output alone and starts from
/// zeros; `forward(x, state)` gives the last state, too, `(layers · directions, samples, hidden)`,
/// so that a long sequence can be read in parts. One sample may come without its axis.
///
/// `weight_ih_l0` has shape `(hidden, in)`, `weight_hh_l0` `(hidden, hidden)`, `bias_ih_l0` and
/// `bias_hh_l0` `(hidden)`; further layers are called `l1`, `l2`, .., ways back `l0_reverse`, and
/// so on. All start uniform in `[-1/√hidden, 1/√hidden]`.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: Elman, "Finding structure in time", Cognitive Science 1990; `torch.nn.RNN`.
public final class RNN extends RecurrentLayer<Variable> {
  private final Nonlinearity nonlinearity;

  /// What a plain recurrent network does to its sums.
  public enum Nonlinearity {
    /// `tanh`, PyTorch's default.
    TANH,
    /// `max(x, 0)`.
    RELU;

    RecurrentKind<Variable> kind() {
      return this == TANH ? RecurrentKind.RNN_TANH : RecurrentKind.RNN_RELU;
    }

    String settings() {
      return this == TANH ? "" : ", nonlinearity=RELU";
    }
  }

  /// With PyTorch's defaults, initialised by the thread's generator.
  public RNN(int in, int hidden) {
    this(in, hidden, RNNOptions.defaults());
  }

  /// With `tanh`, initialised by the thread's generator.
  public RNN(int in, int hidden, RNNOptions options) {
    this(in, hidden, Nonlinearity.TANH, options, Rng.current());
  }

  /// From `in` features to `hidden` ones.
  ///
  /// @throws OptionException if a number is below 1
  public RNN(
      int in, int hidden, Nonlinearity nonlinearity, RNNOptions options, RandomGenerator random) {
    super(nonlinearity.kind(), in, hidden, options, random);
    this.nonlinearity = nonlinearity;
  }

  @Override
  protected String settings() {
    return super.settings() + nonlinearity.settings();
  }
}
