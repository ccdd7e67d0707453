package org.wengert.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.wengert.CellWeights;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Recurrent;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What [RNN], [LSTM] and [GRU] share.
///
/// @param <S> what is carried from one step to the next
abstract class RecurrentLayer<S> extends Watched {
  private final RecurrentKind<S> kind;
  private final int in;
  private final int hidden;
  private final RNNOptions options;
  private final SequencedMap<String, Parameter> weights = new LinkedHashMap<>();

  RecurrentLayer(
      RecurrentKind<S> kind, int in, int hidden, RNNOptions options, RandomGenerator random) {
    if (in < 1 || hidden < 1) {
      throw new OptionException(
              described() + " from " + in + " features to " + hidden + " hidden elements")
          .hint("both numbers are at least 1");
    }
    this.kind = kind;
    this.in = in;
    this.hidden = hidden;
    this.options = options;
    int rows = kind.gates() * hidden;
    for (int layer = 0; layer < options.layers(); layer++) {
      int features = layer == 0 ? in : options.directions() * hidden;
      for (int direction = 0; direction < options.directions(); direction++) {
        String place = place(layer, direction);
        add("weight_ih" + place, random, rows, features);
        add("weight_hh" + place, random, rows, hidden);
        if (options.bias()) {
          add("bias_ih" + place, random, rows);
          add("bias_hh" + place, random, rows);
        }
      }
    }
  }

  private static String place(int layer, int direction) {
    return "_l" + layer + (direction == 0 ? "" : "_reverse");
  }

  private void add(String name, RandomGenerator random, int... sizes) {
    weights.put(name, CellLayer.started(name, hidden, random, sizes));
  }

  @Override
  protected final SequencedMap<String, Parameter> members() {
    return Collections.unmodifiableSequencedMap(weights);
  }

  /// The outputs, starting from a state of zeros.
  @Override
  final Variable compute(Variable x) {
    requireInput(x);
    int samples = x.rank() == 2 ? 1 : x.size(options.batchFirst() ? 0 : 1);
    S zeros = initialState(samples);
    return run(x, x.rank() == 2 ? kind.map(zeros, s -> F.squeeze(s, 1)) : zeros).output();
  }

  /// The outputs and the last state.
  ///
  /// @param x of shape `(steps, samples, in)`, or with samples first if the options say so; one
  ///     sample may come without its axis
  /// @param state what to start from: of shape `(layers · directions, samples, hidden)`, without
  ///     the samples if `x` has none; see [#initialState]
  /// @throws ShapeException if input or state have other shapes, or there is no step
  public final Recurrent<S> forward(Variable x, S state) {
    return watched(
        kind.variables(x, state), xs -> checked(xs.getFirst(), kind.state(xs)), kind.outputs());
  }

  private Recurrent<S> checked(Variable x, S state) {
    requireInput(x);
    requireState(state, x.rank(), x.rank() == 2 ? 1 : x.size(options.batchFirst() ? 0 : 1));
    return run(x, state);
  }

  /// The outputs and the last state for sequences of different lengths. The output is packed as the
  /// input is: [PackedSequence#with] makes sequences of it.
  ///
  /// @param x sequences with `in` features
  /// @param state as in [#forward(Variable, Object)], the sample with the longest sequence first
  public final Recurrent<S> forward(PackedSequence x, S state) {
    return watched(
        kind.variables(x.data(), state),
        xs -> checked(x.with(xs.getFirst()), kind.state(xs)),
        kind.outputs());
  }

  private Recurrent<S> checked(PackedSequence x, S state) {
    requireFeatures(x.data(), x.data().rank() == 2);
    requireState(state, 3, x.samples());
    int[] batches = x.batches();
    return layers(
        x.data(),
        state,
        (layer, y, s) -> kind.packed().run(y, batches, s, cells(layer), options.network()));
  }

  /// One layer, in all its directions.
  @FunctionalInterface
  private interface Step<S> {
    Recurrent<S> run(int layer, Variable x, S state);
  }

  /// For an input with or without an axis of samples, which may be first or second.
  private Recurrent<S> run(Variable x, S state) {
    if (x.rank() == 2) {
      Recurrent<S> y = stepsFirst(F.unsqueeze(x, 1), kind.map(state, s -> F.unsqueeze(s, 1)));
      return new Recurrent<>(F.squeeze(y.output(), 1), kind.map(y.last(), s -> F.squeeze(s, 1)));
    }
    if (options.batchFirst()) {
      Recurrent<S> y = stepsFirst(x.transpose(0, 1), state);
      return new Recurrent<>(y.output().transpose(0, 1), y.last());
    }
    return stepsFirst(x, state);
  }

  private Recurrent<S> stepsFirst(Variable x, S state) {
    return layers(
        x, state, (layer, y, s) -> kind.network().run(y, s, cells(layer), options.network()));
  }

  /// All layers, with dropout between them.
  private Recurrent<S> layers(Variable x, S state, Step<S> step) {
    int count = options.directions();
    Variable y = x;
    List<List<Variable>> last = new ArrayList<>();
    for (int layer = 0; layer < options.layers(); layer++) {
      int from = layer * count;
      S start = kind.map(state, s -> s.slice(0, from, from + count));
      boolean dropping = layer > 0 && isTraining();
      Variable below = dropping ? new Dropout(options.dropout()).forward(y) : y;
      Recurrent<S> above = step.run(layer, below, start);
      y = above.output();
      last.add(kind.parts().apply(above.last()));
    }
    List<Variable> states = new ArrayList<>();
    for (int i = 0; i < kind.states(); i++) {
      int part = i;
      states.add(F.cat(last.stream().map(parts -> parts.get(part)).toList(), 0));
    }
    return new Recurrent<>(y, kind.whole().apply(states));
  }

  private List<CellWeights> cells(int layer) {
    List<CellWeights> cells = new ArrayList<>();
    for (int direction = 0; direction < options.directions(); direction++) {
      String place = place(layer, direction);
      cells.add(
          new CellWeights(
              weight("weight_ih" + place),
              weight("weight_hh" + place),
              weights.get("bias_ih" + place),
              weights.get("bias_hh" + place)));
    }
    return cells;
  }

  private Parameter weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private void requireInput(Variable x) {
    requireFeatures(x, x.rank() == 2 || x.rank() == 3);
    if (x.size(x.rank() == 3 && options.batchFirst() ? 1 : 0) == 0) {
      throw unexpected("at least one step", x).hint("leave empty sequences out");
    }
  }

  private void requireFeatures(Variable x, boolean ranked) {
    if (!ranked || x.size(-1) != in) {
      String axes = options.batchFirst() ? "(samples, steps, " : "(steps, samples, ";
      throw unexpected(axes + in + "), one sample without its axis, or packed rows", x)
          .hint("the features come last; for samples first, say batchFirst(true) in the options");
    }
    requireType(x, weight("weight_ih_l0").dtype());
  }

  private void requireState(S state, int rank, int samples) {
    int count = options.layers() * options.directions();
    Shape shape = rank == 2 ? Shape.of(count, hidden) : Shape.of(count, samples, hidden);
    for (Variable part : kind.parts().apply(state)) {
      if (!part.shape().equals(shape)) {
        throw unexpected("a state of shape " + shape + " for this input", part)
            .hint("start with initialState(" + samples + "): layers · directions, samples, hidden");
      }
    }
  }

  /// The state to start from when nothing is known yet: zeros of the weights' type.
  ///
  /// @param samples how many sequences there are
  public final S initialState(int samples) {
    Shape shape = Shape.of(options.layers() * options.directions(), samples, hidden);
    Variable zeros = Variable.constant(Tensor.zeros(shape, weight("weight_ih_l0").dtype()));
    return kind.whole().apply(Collections.nCopies(kind.states(), zeros));
  }

  /// The number of features of an input. PyTorch's `input_size`.
  public final int in() {
    return in;
  }

  /// The number of elements of a layer's state, in one direction. PyTorch's `hidden_size`.
  public final int hidden() {
    return hidden;
  }

  /// How the network is built.
  public final RNNOptions options() {
    return options;
  }

  @Override
  protected String settings() {
    return "in=" + in + ", hidden=" + hidden + options.settings();
  }
}
