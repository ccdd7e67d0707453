package org.wengert.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.CellWeights;
import org.wengert.F;
import org.wengert.LstmState;
import org.wengert.Recurrent;
import org.wengert.RecurrentOptions;
import org.wengert.Variable;

/// Torch's recurrent cells and networks.
final class RecurrentOperators {
  private RecurrentOperators() {}

  static void addTo(OperatorTable table) {
    table.put("rnn_tanh_cell", a -> F.rnnTanhCell(x(a), a.variable(1, "hx"), cell(a)));
    table.put("rnn_relu_cell", a -> F.rnnReluCell(x(a), a.variable(1, "hx"), cell(a)));
    table.put("gru_cell", a -> F.gruCell(x(a), a.variable(1, "hx"), cell(a)));
    table.put(
        "lstm_cell",
        a -> {
          LstmState next = F.lstmCell(x(a), state(a, 1), cell(a));
          return List.of(next.hidden(), next.cell());
        });
    table.put("rnn_tanh", a -> both(F.rnnTanh(x(a), h(a), weights(a, 2), options(a))));
    table.put("rnn_relu", a -> both(F.rnnRelu(x(a), h(a), weights(a, 2), options(a))));
    table.put("gru", a -> both(F.gru(x(a), h(a), weights(a, 2), options(a))));
    table.put("lstm", a -> a.isList(1, "hx") ? lstm(a) : lstmPacked(a));
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "input");
  }

  private static Variable h(Arguments a) {
    return a.variable(1, "hx");
  }

  private static LstmState state(Arguments a, int position) {
    List<Variable> states = a.variables(position, "hx");
    return new LstmState(states.get(0), states.get(1));
  }

  private static CellWeights cell(Arguments a) {
    return new CellWeights(
        a.variable(2, "w_ih"), a.variable(3, "w_hh"), a.optional(4, "b_ih"), a.optional(5, "b_hh"));
  }

  /// Two or four tensors for each layer and direction.
  private static List<CellWeights> weights(Arguments a, int position) {
    List<Variable> flat = a.variables(position, "params");
    boolean biased = a.flag(position + 1, "has_biases", true);
    List<CellWeights> weights = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += biased ? 4 : 2) {
      weights.add(
          new CellWeights(
              flat.get(i),
              flat.get(i + 1),
              biased ? flat.get(i + 2) : null,
              biased ? flat.get(i + 3) : null));
    }
    return weights;
  }

  private static RecurrentOptions options(Arguments a) {
    return new RecurrentOptions(a.flag(7, "bidirectional", false), a.flag(8, "batch_first", false));
  }

  private static List<Variable> both(Recurrent<Variable> y) {
    return List.of(y.output(), y.last());
  }

  private static List<Variable> lstm(Arguments a) {
    Recurrent<LstmState> y = F.lstm(x(a), state(a, 1), weights(a, 2), options(a));
    return List.of(y.output(), y.last().hidden(), y.last().cell());
  }

  private static List<Variable> lstmPacked(Arguments a) {
    long[] batches = a.variable(1, "batch_sizes").value().toLongArray();
    int[] sizes = Arrays.stream(batches).mapToInt(Math::toIntExact).toArray();
    RecurrentOptions options =
        RecurrentOptions.defaults().bidirectional(a.flag(8, "bidirectional", false));
    Recurrent<LstmState> y = F.lstmPacked(x(a), sizes, state(a, 2), weights(a, 3), options);
    return List.of(y.output(), y.last().hidden(), y.last().cell());
  }
}
