package org.wengert.nn;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.CellWeights;
import org.wengert.F;
import org.wengert.LstmState;
import org.wengert.Recurrent;
import org.wengert.RecurrentOptions;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// A kind of recurrent network: the functions of core that compute it, and what it carries from one
/// step to the next.
///
/// @param <S> its state
/// @param gates how many rows of weights an element of the state has
/// @param states how many variables a state consists of
/// @param parts the variables of a state
/// @param whole the state of these variables
/// @param cell one step
/// @param network all steps of sequences of one length
/// @param packed all steps of sequences of different lengths
record RecurrentKind<S>(
    int gates,
    int states,
    Function<S, List<Variable>> parts,
    Function<List<Variable>, S> whole,
    Cell<S> cell,
    Network<S> network,
    Packed<S> packed) {
  static final RecurrentKind<Variable> RNN_TANH =
      plain(1, F::rnnTanhCell, F::rnnTanh, F::rnnTanhPacked);
  static final RecurrentKind<Variable> RNN_RELU =
      plain(1, F::rnnReluCell, F::rnnRelu, F::rnnReluPacked);
  static final RecurrentKind<Variable> GRU = plain(3, F::gruCell, F::gru, F::gruPacked);
  static final RecurrentKind<LstmState> LSTM =
      new RecurrentKind<>(
          4,
          2,
          state -> List.of(state.hidden(), state.cell()),
          parts -> new LstmState(parts.get(0), parts.get(1)),
          F::lstmCell,
          F::lstm,
          F::lstmPacked);

  @FunctionalInterface
  interface Cell<S> {
    S step(Variable x, S state, CellWeights weights);
  }

  @FunctionalInterface
  interface Network<S> {
    Recurrent<S> run(Variable x, S state, List<CellWeights> weights, RecurrentOptions options);
  }

  @FunctionalInterface
  interface Packed<S> {
    Recurrent<S> run(
        Variable x, int[] batches, S state, List<CellWeights> weights, RecurrentOptions options);
  }

  private static RecurrentKind<Variable> plain(
      int gates, Cell<Variable> cell, Network<Variable> network, Packed<Variable> packed) {
    return new RecurrentKind<>(gates, 1, List::of, List::getFirst, cell, network, packed);
  }

  /// What goes into a layer beside a state, or comes out, and the variables of the state.
  List<Variable> variables(Variable x, @Nullable S state) {
    if (state == null) {
      throw new OptionException("the state is null")
          .hint("leave it out, forward(x): that starts from zeros");
    }
    return Stream.concat(Stream.of(x), parts.apply(state).stream()).toList();
  }

  /// The state among [#variables].
  S state(List<Variable> variables) {
    return whole.apply(variables.subList(1, variables.size()));
  }

  /// What a network returns.
  Hooked.Outputs<Recurrent<S>> outputs() {
    return new Hooked.Outputs<>(
        y -> variables(y.output(), y.last()), ys -> new Recurrent<>(ys.getFirst(), state(ys)));
  }

  /// The state with each of its variables changed.
  S map(S state, Function<Variable, Variable> change) {
    return whole.apply(parts.apply(state).stream().map(change).toList());
  }
}
