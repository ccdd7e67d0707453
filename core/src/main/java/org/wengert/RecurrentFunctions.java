package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that go through sequences: recurrent cells, the networks made of them, and
/// attention.
abstract class RecurrentFunctions extends NormalizationFunctions {
  RecurrentFunctions() {}

  /// `tanh(W x + b + U h + c)`: one step of a plain recurrent network.
  ///
  /// @param x of shape `(samples, features)`
  /// @param h of shape `(samples, hidden)`, as the result
  /// @throws ShapeException if the weights do not fit
  public static Variable rnnTanhCell(Variable x, Variable h, CellWeights weights) {
    return attempt(
        "rnnTanhCell",
        () -> cell(Cell.RNN_TANH, "rnnTanhCell", x, List.of(h), weights).getFirst(),
        x,
        h);
  }

  /// `max(W x + b + U h + c, 0)`: one step of a plain recurrent network with ReLU; see
  /// [#rnnTanhCell].
  public static Variable rnnReluCell(Variable x, Variable h, CellWeights weights) {
    return attempt(
        "rnnReluCell",
        () -> cell(Cell.RNN_RELU, "rnnReluCell", x, List.of(h), weights).getFirst(),
        x,
        h);
  }

  /// One step of a gated recurrent unit: `h' = (1 - z) n + z h` with `r = σ(..)`, `z = σ(..)` and
  /// `n = tanh(Wn x + bn + r (Un h + cn))`. The gates in the weights are r, z, n.
  ///
  /// @param x of shape `(samples, features)`
  /// @param h of shape `(samples, hidden)`, as the result
  /// @throws ShapeException if the weights do not fit
  public static Variable gruCell(Variable x, Variable h, CellWeights weights) {
    return attempt(
        "gruCell", () -> cell(Cell.GRU, "gruCell", x, List.of(h), weights).getFirst(), x, h);
  }

  /// One step of a long short-term memory: `c' = f c + i g`, `h' = o tanh(c')` with `i, f, o =
  /// σ(..)` and `g = tanh(..)`. The gates in the weights are i, f, g, o.
  ///
  /// @param x of shape `(samples, features)`
  /// @param state both of shape `(samples, hidden)`, as the result
  /// @throws ShapeException if the weights do not fit
  public static LstmState lstmCell(Variable x, LstmState state, CellWeights weights) {
    try {
      List<Variable> next =
          cell(Cell.LSTM, "lstmCell", x, List.of(state.hidden(), state.cell()), weights);
      return new LstmState(next.get(0), next.get(1));
    } catch (WengertException e) {
      throw refused(e, "lstmCell", x);
    }
  }

  private static List<Variable> cell(
      Cell cell, String attempt, Variable x, List<Variable> state, CellWeights weights) {
    for (Variable s : state) {
      if (x.rank() != 2 || !s.shape().equals(Shape.of(x.size(0), s.size(-1)))) {
        throw new ShapeException("an input " + x.shape() + " meets a state " + s.shape())
            .hint("the input is (samples, features), the state (samples, hidden)");
      }
    }
    cell.require(attempt, x, state.getFirst().size(1), weights);
    if (FusedRule.isComposed()) {
      return cell.step(cell.fromInput(x, weights), state, weights);
    }
    int samples = x.size(0);
    Variable next = Unroll.of(cell, false, new Batches(samples), x, state, weights);
    return state.size() == 1
        ? List.of(next)
        : List.of(next.slice(0, 0, samples), next.slice(0, samples, 2 * samples));
  }

  /// A plain recurrent network with `tanh`, layer by layer.
  ///
  /// @param x of shape `(steps, samples, features)`, or samples first
  /// @param h of shape `(layers · directions, samples, hidden)`
  /// @param weights for each layer forwards, then, if it is bidirectional, backwards; further
  ///     layers have the outputs of all directions as features
  /// @throws ShapeException if state or weights do not fit, or there is no step
  public static Recurrent<Variable> rnnTanh(
      Variable x, Variable h, List<CellWeights> weights, RecurrentOptions options) {
    return attempt(
        "rnnTanh", () -> network(Cell.RNN_TANH, "rnnTanh", x, h, weights, options), x, h);
  }

  /// A plain recurrent network with ReLU; see [#rnnTanh].
  public static Recurrent<Variable> rnnRelu(
      Variable x, Variable h, List<CellWeights> weights, RecurrentOptions options) {
    return attempt(
        "rnnRelu", () -> network(Cell.RNN_RELU, "rnnRelu", x, h, weights, options), x, h);
  }

  /// A network of gated recurrent units; see [#gruCell] and [#rnnTanh].
  public static Recurrent<Variable> gru(
      Variable x, Variable h, List<CellWeights> weights, RecurrentOptions options) {
    return attempt("gru", () -> network(Cell.GRU, "gru", x, h, weights, options), x, h);
  }

  /// A network of long short-term memories; see [#lstmCell] and [#rnnTanh].
  public static Recurrent<LstmState> lstm(
      Variable x, LstmState state, List<CellWeights> weights, RecurrentOptions options) {
    try {
      List<Variable> states = List.of(state.hidden(), state.cell());
      Recurring.Result y = sequence(Cell.LSTM, "lstm", x, states, weights, options);
      return new Recurrent<>(y.output(), new LstmState(y.states().get(0), y.states().get(1)));
    } catch (WengertException e) {
      throw refused(e, "lstm", x);
    }
  }

  /// A network of long short-term memories over sequences of different lengths.
  ///
  /// @param x the rows of all samples at step 0, then those at step 1, ...: `(rows, features)`, the
  ///     longest sequence first; the output has the same order
  /// @param batches how many samples each step has
  public static Recurrent<LstmState> lstmPacked(
      Variable x,
      int[] batches,
      LstmState state,
      List<CellWeights> weights,
      RecurrentOptions options) {
    try {
      List<Variable> states = List.of(state.hidden(), state.cell());
      Recurring.Result y = packed(Cell.LSTM, "lstmPacked", x, batches, states, weights, options);
      return new Recurrent<>(y.output(), new LstmState(y.states().get(0), y.states().get(1)));
    } catch (WengertException e) {
      throw refused(e, "lstmPacked", x);
    }
  }

  /// A network of gated recurrent units over sequences of different lengths; see [#lstmPacked].
  public static Recurrent<Variable> gruPacked(
      Variable x, int[] batches, Variable h, List<CellWeights> weights, RecurrentOptions options) {
    return attempt(
        "gruPacked", () -> packed(Cell.GRU, "gruPacked", x, batches, h, weights, options), x, h);
  }

  /// A plain recurrent network with `tanh` over sequences of different lengths; see [#lstmPacked].
  public static Recurrent<Variable> rnnTanhPacked(
      Variable x, int[] batches, Variable h, List<CellWeights> weights, RecurrentOptions options) {
    return attempt(
        "rnnTanhPacked",
        () -> packed(Cell.RNN_TANH, "rnnTanhPacked", x, batches, h, weights, options),
        x,
        h);
  }

  /// A plain recurrent network with ReLU over sequences of different lengths; see [#lstmPacked].
  public static Recurrent<Variable> rnnReluPacked(
      Variable x, int[] batches, Variable h, List<CellWeights> weights, RecurrentOptions options) {
    return attempt(
        "rnnReluPacked",
        () -> packed(Cell.RNN_RELU, "rnnReluPacked", x, batches, h, weights, options),
        x,
        h);
  }

  private static Recurrent<Variable> packed(
      Cell cell,
      String attempt,
      Variable x,
      int[] batches,
      Variable h,
      List<CellWeights> weights,
      RecurrentOptions options) {
    Recurring.Result y = packed(cell, attempt, x, batches, List.of(h), weights, options);
    return new Recurrent<>(y.output(), y.states().getFirst());
  }

  private static Recurring.Result packed(
      Cell cell,
      String attempt,
      Variable x,
      int[] batches,
      List<Variable> states,
      List<CellWeights> weights,
      RecurrentOptions options) {
    boolean falling = x.rank() == 2 && Arrays.stream(batches).sum() == x.size(0);
    for (int t = 0; t < batches.length; t++) {
      falling &= batches[t] > 0 && (t == 0 || batches[t] <= batches[t - 1]);
    }
    if (!falling) {
      throw (ShapeException)
          new ShapeException("batches " + Arrays.toString(batches) + " of rows " + x.shape())
              .hint("each step has at most as many samples as the one before, together all rows")
              .during(attempt);
    }
    return new Recurring(attempt, cell, weights, options.directions(), new Batches(batches))
        .run(x, states);
  }

  private static Recurrent<Variable> network(
      Cell cell,
      String attempt,
      Variable x,
      Variable h,
      List<CellWeights> weights,
      RecurrentOptions options) {
    Recurring.Result y = sequence(cell, attempt, x, List.of(h), weights, options);
    return new Recurrent<>(y.output(), y.states().getFirst());
  }

  private static Recurring.Result sequence(
      Cell cell,
      String attempt,
      Variable x,
      List<Variable> states,
      List<CellWeights> weights,
      RecurrentOptions options) {
    if (x.rank() != 3) {
      throw (ShapeException)
          new ShapeException("a sequence of shape " + x.shape())
              .hint("it has axes for steps, samples and features")
              .during(attempt);
    }
    int steps = x.size(options.batchFirst() ? 1 : 0);
    int samples = x.size(options.batchFirst() ? 0 : 1);
    Batches batches = Batches.equal(steps, samples);
    Recurring.Result y =
        new Recurring(attempt, cell, weights, options.directions(), batches)
            .run(Recurring.rows(x, options), states);
    Variable output = y.output().reshape(Shape.of(steps, samples, y.output().size(1)));
    return new Recurring.Result(options.batchFirst() ? output.transpose(0, 1) : output, y.states());
  }

  /// `softmax(q kᵀ / √d) v`: each query gets the mean of the values, weighted by how well their
  /// keys match it.
  ///
  /// @param q of shape `(.., queries, d)`
  /// @param k of shape `(.., keys, d)`
  /// @param v of shape `(.., keys, e)`
  public static Variable scaledDotProductAttention(Variable q, Variable k, Variable v) {
    return scaledDotProductAttention(q, k, v, null, false, 0);
  }

  /// [#scaledDotProductAttention(Variable, Variable, Variable)] of those keys that a query may see.
  ///
  /// @param mask broadcasts to `(.., queries, keys)`: `BOOL` with true for what takes part, or
  ///     numbers that are added to the scores; null means all. A query that sees nothing gets 0
  /// @param causal whether query `i` sees keys up to `i` only
  /// @param scale what the scores are multiplied with; 0 means `1 / √d`
  /// @throws ShapeException if the sizes do not fit
  /// @throws DTypeException if the mask holds integers, which could mean either
  public static Variable scaledDotProductAttention(
      Variable q, Variable k, Variable v, @Nullable Variable mask, boolean causal, double scale) {
    try {
      requireAttention(q, k, mask);
      if (v.rank() < 2 || k.size(-2) != v.size(-2)) {
        throw new ShapeException("keys " + k.shape() + " meet values " + v.shape())
            .hint("there is a value for each key: their axes before the last have one size");
      }
      ScaledDotProductAttention attention =
          new ScaledDotProductAttention(causal, scale == 0 ? 1 / Math.sqrt(q.size(-1)) : scale);
      return mask == null ? attention.apply(q, k, v) : attention.apply(q, k, v, mask);
    } catch (WengertException e) {
      throw refused(e, "scaledDotProductAttention", q, k, v, mask);
    }
  }

  /// `softmax(q kᵀ / √d)`: how much each query attends to each key, the weights of
  /// [#scaledDotProductAttention(Variable, Variable, Variable, Variable, boolean, double)], of
  /// shape `(.., queries, keys)`.
  ///
  /// @throws ShapeException if the sizes do not fit
  /// @throws DTypeException if the mask holds integers, which could mean either
  public static Variable attentionWeights(
      Variable q, Variable k, @Nullable Variable mask, boolean causal, double scale) {
    try {
      requireAttention(q, k, mask);
      return weights(q, k, mask, causal, scale == 0 ? 1 / Math.sqrt(q.size(-1)) : scale);
    } catch (WengertException e) {
      throw refused(e, "attentionWeights", q, k, mask);
    }
  }

  private static void requireAttention(Variable q, Variable k, @Nullable Variable mask) {
    if (q.rank() < 2 || k.rank() < 2 || q.size(-1) != k.size(-1)) {
      throw new ShapeException("queries " + q.shape() + " meet keys " + k.shape())
          .hint("queries and keys are vectors of one length, in the last axis");
    }
    if (mask != null && mask.dtype().isIntegral()) {
      throw new DTypeException("a mask of type " + mask.dtype())
          .hint("compare, or convert with to(BOOL)");
    }
  }

  /// The weights of attention, composed.
  static Variable weights(
      Variable q, Variable k, @Nullable Variable mask, boolean causal, double scale) {
    Variable scores = q.matMul(k.mT()).mul(scale);
    if (mask != null && mask.dtype() != DType.BOOL) {
      scores = scores.add(mask);
    }
    Variable seen = mask != null && mask.dtype() == DType.BOOL ? mask : null;
    if (causal) {
      Variable past = past(q.size(-2), k.size(-2));
      seen = seen == null ? past : logicalAnd(seen, past);
    }
    return weights(scores, seen);
  }

  private static Variable past(int queries, int keys) {
    Variable query = Variable.constant(Tensor.arange(queries).reshape(queries, 1));
    return le(Variable.constant(Tensor.arange(keys)), query);
  }

  /// The softmax over those that are seen; 0 where nothing is.
  private static Variable weights(Variable scores, @Nullable Variable seen) {
    if (seen == null) {
      return F.softmax(scores, -1);
    }
    Variable any = sum(seen.to(DType.INT64), true, -1).gt(0);
    Variable hidden = where(any, fullLike(scores, Double.NEGATIVE_INFINITY), zerosLike(scores));
    Variable weights = F.softmax(where(seen, scores, hidden), -1);
    return where(any, weights, zerosLike(weights));
  }
}
