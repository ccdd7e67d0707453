package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import java.util.stream.Stream;
import org.wengert.F;
import org.wengert.LstmState;
import org.wengert.Recurrent;
import org.wengert.Variable;
import org.wengert.nn.LayerCatalogue.Entry;
import org.wengert.nn.RNN.Nonlinearity;

/// The catalogue's recurrent networks and their cells.
final class RecurrentEntries {
  private static final RNNOptions ONE = RNNOptions.defaults();
  private static final RNNOptions DEEP = ONE.layers(2).bidirectional(true).dropout(0.5);

  private RecurrentEntries() {}

  static List<Entry<?>> list() {
    return Stream.of(networks(), cells()).<Entry<?>>flatMap(List::stream).toList();
  }

  private static List<Entry<?>> networks() {
    return List.of(
        entry(r -> new RNN(2, 2, Nonlinearity.TANH, ONE, r), "RNN(in=2, hidden=2)", normal(2, 1, 2))
            .refuses("expects (steps, samples, 2)", normal(2, 1, 3)),
        entry(
                r -> new RNN(2, 1, Nonlinearity.RELU, ONE.bias(false).batchFirst(true), r),
                "RNN(in=2, hidden=1, bias=false, batchFirst=true, nonlinearity=RELU)",
                normal(2, 3, 2))
            .refuses("expects (samples, steps, 2)", normal(2)),
        entry(
                r -> new GRU(2, 1, DEEP, r),
                "GRU(in=2, hidden=1, layers=2, dropout=0.5, bidirectional=true)",
                normal(2, 1, 2),
                normal(4, 1, 1))
            .called((gru, xs) -> all(gru.forward(xs.get(0), xs.get(1))))
            .refuses("expects a state of shape (4, 1, 1)", normal(2, 1, 2), normal(2, 1, 1)),
        entry(
                r -> new LSTM(2, 1, ONE.layers(2), r),
                "LSTM(in=2, hidden=1, layers=2)",
                normal(3, 2),
                normal(2, 1),
                normal(2, 1))
            .called(
                (lstm, xs) -> {
                  var y = lstm.forward(xs.get(0), new LstmState(xs.get(1), xs.get(2)));
                  LstmState last = y.last();
                  return F.cat(List.of(y.output(), last.hidden(), last.cell()), 0);
                })
            .refuses("expects a state of shape (2, 1)", normal(3, 2), normal(2, 1), normal(1, 1)));
  }

  private static Variable all(Recurrent<Variable> y) {
    return F.cat(List.of(F.flatten(y.output()), F.flatten(y.last())), 0);
  }

  private static List<Entry<?>> cells() {
    return List.of(
        entry(
                r -> new RNNCell(2, 2, true, Nonlinearity.TANH, r),
                "RNNCell(in=2, hidden=2)",
                normal(2, 2))
            .refuses("expects (samples, 2)", normal(2, 3)),
        entry(
                r -> new GRUCell(2, 2, false, r),
                "GRUCell(in=2, hidden=2, bias=false)",
                normal(2, 2),
                normal(2, 2))
            .called((gru, xs) -> gru.forward(xs.get(0), xs.get(1)))
            .refuses("expects a state of shape (2, 2)", normal(2, 2), normal(1, 2)),
        entry(
                r -> new LSTMCell(2, 1, true, r),
                "LSTMCell(in=2, hidden=1)",
                normal(2),
                normal(1),
                normal(1))
            .called(
                (lstm, xs) -> {
                  var next = lstm.forward(xs.get(0), new LstmState(xs.get(1), xs.get(2)));
                  return F.cat(List.of(next.hidden(), next.cell()), 0);
                })
            .refuses("expects a state of shape (1)", normal(2), normal(2), normal(2)));
  }
}
