package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// A network of gated recurrent units, which learn what to keep: fewer weights than an [LSTM], and
/// most often as good.
///
/// ```
/// r = σ(Wr x + br + Ur h + cr)         how much of the past the proposal sees
/// z = σ(Wz x + bz + Uz h + cz)         how much of the past stays
/// n = tanh(Wn x + bn + r (Un h + cn))  the proposal
/// h' = (1 - z) n + z h
/// ```
///
/// Shapes, names and the start of the weights are those of [RNN], with three rows of weights for
/// each hidden element: all of r, then z, then n.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: Cho et al., "Learning phrase representations using RNN encoder-decoder", EMNLP 2014;
/// `torch.nn.GRU`, which applies `r` behind `Un`.
public final class GRU extends RecurrentLayer<Variable> {
  /// With PyTorch's defaults, initialised by the thread's generator.
  public GRU(int in, int hidden) {
    this(in, hidden, RNNOptions.defaults());
  }

  /// Initialised by the thread's generator.
  public GRU(int in, int hidden, RNNOptions options) {
    this(in, hidden, options, Rng.current());
  }

  /// From `in` features to `hidden` ones.
  ///
  /// @throws OptionException if a number is below 1
  public GRU(int in, int hidden, RNNOptions options, RandomGenerator random) {
    super(RecurrentKind.GRU, in, hidden, options, random);
  }
}
