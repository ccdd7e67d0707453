package org.wengert.nn;

import java.util.List;
import org.wengert.Recurrent;
import org.wengert.Variable;
import org.wengert.tensor.Rng;

/// The golden cases of recurrent networks.
final class RecurrentCases {
  private static final Rng RANDOM = new Rng(1);

  private RecurrentCases() {}

  static void addTo(LayerCases cases) {
    cases.put("rnn_tanh", c -> network(c, RecurrentKind.RNN_TANH, rnn(c, RNN.Nonlinearity.TANH)));
    cases.put("rnn_relu", c -> network(c, RecurrentKind.RNN_RELU, rnn(c, RNN.Nonlinearity.RELU)));
    cases.put(
        "gru", c -> network(c, RecurrentKind.GRU, new GRU(in(c), hidden(c), options(c), RANDOM)));
    cases.put(
        "lstm",
        c -> network(c, RecurrentKind.LSTM, new LSTM(in(c), hidden(c), options(c), RANDOM)));
    cases.put("lstm_packed", RecurrentCases::packed);
    cases.put(
        "rnn_tanh_cell", c -> step(c, RecurrentKind.RNN_TANH, cell(c, RNN.Nonlinearity.TANH)));
    cases.put(
        "rnn_relu_cell", c -> step(c, RecurrentKind.RNN_RELU, cell(c, RNN.Nonlinearity.RELU)));
    cases.put(
        "gru_cell",
        c -> step(c, RecurrentKind.GRU, new GRUCell(in(c), hidden(c), c.flag("bias"), RANDOM)));
    cases.put(
        "lstm_cell",
        c -> step(c, RecurrentKind.LSTM, new LSTMCell(in(c), hidden(c), c.flag("bias"), RANDOM)));
  }

  private static int in(LayerCase c) {
    return c.x().size(-1);
  }

  private static int hidden(LayerCase c) {
    return c.integer("hidden_size");
  }

  private static RNNOptions options(LayerCase c) {
    return RNNOptions.defaults()
        .layers(c.integer("num_layers"))
        .bidirectional(c.flag("bidirectional"))
        .batchFirst(c.flag("batch_first"))
        .bias(c.flag("bias"));
  }

  private static RNN rnn(LayerCase c, RNN.Nonlinearity nonlinearity) {
    return new RNN(in(c), hidden(c), nonlinearity, options(c), RANDOM);
  }

  private static RNNCell cell(LayerCase c, RNN.Nonlinearity nonlinearity) {
    return new RNNCell(in(c), hidden(c), c.flag("bias"), nonlinearity, RANDOM);
  }

  private static <S> S state(LayerCase c, RecurrentKind<S> kind, String h, String cell) {
    return kind.whole()
        .apply(kind.states() == 1 ? List.of(c.input(h)) : List.of(c.input(h), c.input(cell)));
  }

  private static <S> List<Variable> outputs(RecurrentKind<S> kind, Recurrent<S> y) {
    List<Variable> last = kind.parts().apply(y.last());
    return last.size() == 1
        ? List.of(y.output(), last.getFirst())
        : List.of(y.output(), last.get(0), last.get(1));
  }

  private static <S> List<Variable> network(
      LayerCase c, RecurrentKind<S> kind, RecurrentLayer<S> layer) {
    c.loaded(layer);
    int samples = c.x().size(layer.options().batchFirst() ? 0 : 1);
    S state = c.has("h0") ? state(c, kind, "h0", "c0") : layer.initialState(samples);
    return outputs(kind, layer.forward(c.x(), state));
  }

  private static List<Variable> packed(LayerCase c) {
    LSTM layer = c.loaded(new LSTM(in(c), hidden(c)));
    PackedSequence x = new PackedSequence(c.x(), c.integers("batch_sizes"));
    return outputs(RecurrentKind.LSTM, layer.forward(x, state(c, RecurrentKind.LSTM, "h0", "c0")));
  }

  private static <S> List<Variable> step(LayerCase c, RecurrentKind<S> kind, CellLayer<S> layer) {
    return kind.parts().apply(c.loaded(layer).forward(c.x(), state(c, kind, "h", "c")));
  }
}
