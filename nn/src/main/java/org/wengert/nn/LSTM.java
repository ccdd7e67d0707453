package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.LstmState;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// A network of long short-term memories: what the cell `c` remembers is added to, not multiplied
/// by weights, so gradients survive many steps.
///
/// ```
/// i = σ(Wi x + bi + Ui h + ci)     what comes in
/// f = σ(Wf x + bf + Uf h + cf)     what stays
/// g = tanh(Wg x + bg + Ug h + cg)  the proposal
/// o = σ(Wo x + bo + Uo h + co)     what is shown
/// c' = f c + i g
/// h' = o tanh(c')
/// ```
///
/// Shapes, names and the start of the weights are those of [RNN], with four rows of weights for
/// each hidden element: all of i, then f, g, o. The state is an [LstmState] of `h` and `c`.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: Hochreiter, Schmidhuber, "Long short-term memory", Neural Computation 1997, with the
/// forget gate of Gers, Schmidhuber, Cummins, 2000; `torch.nn.LSTM` without projections.
public final class LSTM extends RecurrentLayer<LstmState> {
  /// With PyTorch's defaults, initialised by the thread's generator.
  public LSTM(int in, int hidden) {
    this(in, hidden, RNNOptions.defaults());
  }

  /// Initialised by the thread's generator.
  public LSTM(int in, int hidden, RNNOptions options) {
    this(in, hidden, options, Rng.current());
  }

  /// From `in` features to `hidden` ones.
  ///
  /// @throws OptionException if a number is below 1
  public LSTM(int in, int hidden, RNNOptions options, RandomGenerator random) {
    super(RecurrentKind.LSTM, in, hidden, options, random);
  }
}
