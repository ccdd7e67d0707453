package org.wengert.nn;

import java.util.Collections;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.CellWeights;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What [RNNCell], [LSTMCell] and [GRUCell] share.
///
/// @param <S> what is carried from one step to the next
abstract class CellLayer<S> extends Watched {
  private final RecurrentKind<S> kind;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final @Nullable Parameter biasIh;
  private final @Nullable Parameter biasHh;

  CellLayer(RecurrentKind<S> kind, int in, int hidden, boolean bias, RandomGenerator random) {
    if (in < 1 || hidden < 1) {
      throw new OptionException(
              described() + " from " + in + " features to " + hidden + " hidden elements")
          .hint("both numbers are at least 1");
    }
    this.kind = kind;
    int rows = kind.gates() * hidden;
    weightIh = started("weight_ih", hidden, random, rows, in);
    weightHh = started("weight_hh", hidden, random, rows, hidden);
    biasIh = bias ? started("bias_ih", hidden, random, rows) : null;
    biasHh = bias ? started("bias_hh", hidden, random, rows) : null;
  }

  /// A weight of a recurrent network, uniform in `[-1/√hidden, 1/√hidden]`.
  static Parameter started(String name, int hidden, RandomGenerator random, int... sizes) {
    double bound = 1 / Math.sqrt(hidden);
    Parameter weight = new Parameter(Tensor.zeros(sizes)).named(name);
    return Init.uniform(weight, -bound, bound, random);
  }

  /// The hidden state after one step from a state of zeros.
  @Override
  final Variable compute(Variable x) {
    requireInput(x);
    Shape shape = x.rank() == 1 ? Shape.of(hidden()) : Shape.of(x.size(0), hidden());
    Variable zeros = Variable.constant(Tensor.zeros(shape, weightIh.dtype()));
    return hidden(step(x, kind.whole().apply(Collections.nCopies(kind.states(), zeros))));
  }

  /// The state after one step.
  ///
  /// @param x of shape `(samples, in)`, or `(in)` for one sample
  /// @param state of shape `(samples, hidden)`, or `(hidden)`
  /// @throws ShapeException if input or state have other shapes
  public final S forward(Variable x, S state) {
    return watched(
        kind.variables(x, state),
        xs -> checked(xs.getFirst(), kind.state(xs)),
        new Outputs<>(kind.parts(), kind.whole()));
  }

  private S checked(Variable x, S state) {
    requireInput(x);
    requireState(x, state);
    return step(x, state);
  }

  private Variable hidden(S state) {
    return kind.parts().apply(state).getFirst();
  }

  private S step(Variable x, S state) {
    if (x.rank() == 1) {
      S next = step(F.unsqueeze(x, 0), kind.map(state, s -> F.unsqueeze(s, 0)));
      return kind.map(next, s -> F.squeeze(s, 0));
    }
    return kind.cell().step(x, state, new CellWeights(weightIh, weightHh, biasIh, biasHh));
  }

  private void requireInput(Variable x) {
    if (x.rank() < 1 || x.rank() > 2 || x.size(-1) != in()) {
      throw unexpected("(samples, " + in() + ") or one sample (" + in() + ")", x)
          .hint("a cell takes one step of a sequence; RNN, LSTM and GRU take all of them");
    }
    requireType(x, weightIh.dtype());
  }

  private void requireState(Variable x, S state) {
    for (Variable part : kind.parts().apply(state)) {
      Shape shape = x.rank() == 1 ? Shape.of(hidden()) : Shape.of(x.size(0), hidden());
      if (!part.shape().equals(shape)) {
        throw unexpected("a state of shape " + shape + " for this input", part)
            .hint("a state has the samples of the input, and hidden elements");
      }
    }
  }

  /// The number of features of an input. PyTorch's `input_size`.
  public final int in() {
    return weightIh.size(1);
  }

  /// The number of elements of the state. PyTorch's `hidden_size`.
  public final int hidden() {
    return weightHh.size(1);
  }

  @Override
  protected String settings() {
    return "in=" + in() + ", hidden=" + hidden() + (biasIh == null ? ", bias=false" : "");
  }
}
