package org.wengert.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Attention in several heads: each projects queries, keys and values to a space of its own, and
/// gives each query the mean of the values whose keys match it.
///
/// ```
/// head = softmax(Q Kᵀ / √d) V, with Q = q Wqᵀ + bq, K = k Wkᵀ + bk, V = v Wvᵀ + bv
/// y = [head 1, head 2, ..] Woᵀ + bo
/// ```
///
/// Queries `(steps, samples, embedDim)`, keys `(keySteps, samples, kdim)` and values `(keySteps,
/// samples, vdim)` give outputs like the queries; samples may come first, if the options say so, or
/// have no axis at all. `forward(x)` lets a sequence attend to itself.
///
/// `in_proj_weight` has shape `(3 embedDim, embedDim)`, the rows for queries, keys and values one
/// below the other; if keys or values have other features, there are `q_proj_weight`,
/// `k_proj_weight` and `v_proj_weight` instead. They start by Xavier's uniform rule, biases at 0,
/// `out_proj.weight` as in [Linear]. PyTorch's `add_bias_kv` and `add_zero_attn` do not exist here.
///
/// Inputs and weights have one type. Holds state, its parameters; several threads may call
/// `forward` at once while nobody changes them.
///
/// Source: Vaswani et al., "Attention is all you need", 2017; `torch.nn.MultiheadAttention`.
public final class MultiheadAttention extends Watched {
  private final int embedDim;
  private final int heads;
  private final AttentionOptions options;
  private final @Nullable Parameter inProjWeight;
  private final @Nullable Parameter qProjWeight;
  private final @Nullable Parameter kProjWeight;
  private final @Nullable Parameter vProjWeight;
  private final @Nullable Parameter inProjBias;
  private final Linear outProj;

  /// With PyTorch's defaults, initialised by the thread's generator.
  public MultiheadAttention(int embedDim, int heads) {
    this(embedDim, heads, AttentionOptions.defaults(), Rng.current());
  }

  /// In so many heads, which share the features of a query evenly.
  ///
  /// @throws OptionException if a number is below 1, or the features do not divide into heads
  public MultiheadAttention(
      int embedDim, int heads, AttentionOptions options, RandomGenerator random) {
    if (embedDim < 1 || heads < 1 || embedDim % heads != 0) {
      throw new OptionException(
              described() + " of " + embedDim + " features in " + heads + " heads")
          .hint("both numbers are at least 1, and the features a multiple of the heads");
    }
    this.embedDim = embedDim;
    this.heads = heads;
    this.options = options;
    boolean alike = kdim() == embedDim && vdim() == embedDim;
    int e = embedDim;
    inProjWeight = alike ? xavier("in_proj_weight", 3 * e, e, random) : null;
    qProjWeight = alike ? null : xavier("q_proj_weight", e, e, random);
    kProjWeight = alike ? null : xavier("k_proj_weight", e, kdim(), random);
    vProjWeight = alike ? null : xavier("v_proj_weight", e, vdim(), random);
    inProjBias = options.bias() ? new Parameter(Tensor.zeros(3 * e)).named("in_proj_bias") : null;
    outProj = new Linear(e, e, options.bias(), random);
    if (outProj.bias() != null) {
      Init.constant(outProj.bias(), 0);
    }
  }

  private static Parameter xavier(String name, int out, int in, RandomGenerator random) {
    return Init.xavierUniform(new Parameter(Tensor.zeros(out, in)).named(name), 1, random);
  }

  /// A sequence that attends to itself.
  @Override
  Variable compute(Variable x) {
    return attend(x, x, x, AttentionMasks.none(), false).output;
  }

  /// A sequence that attends to itself where the masks let it.
  ///
  /// @throws ShapeException if the input or a mask has another shape
  public Variable forward(Variable x, AttentionMasks masks) {
    return watched(
        List.of(x), xs -> attend(xs.getFirst(), xs.getFirst(), xs.getFirst(), masks, false).output);
  }

  /// A sequence that attends to another one where the masks let it.
  ///
  /// @throws ShapeException if an input or a mask has another shape
  public Variable forward(Variable query, Variable memory, AttentionMasks masks) {
    return watched(
        List.of(query, memory), xs -> attend(xs.get(0), xs.get(1), xs.get(1), masks, false).output);
  }

  /// Queries that attend to keys where the masks let them, and the weights.
  ///
  /// @throws ShapeException if an input or a mask has another shape
  public Attention forward(Variable query, Variable key, Variable value, AttentionMasks masks) {
    return watched(
        List.of(query, key, value),
        xs -> {
          Attended y = attend(xs.get(0), xs.get(1), xs.get(2), masks, true);
          return new Attention(y.output, Objects.requireNonNull(y.weights));
        },
        new Outputs<>(
            y -> List.of(y.output(), y.weights()), ys -> new Attention(ys.get(0), ys.get(1))));
  }

  /// @param weights null if nobody wants them
  private record Attended(Variable output, @Nullable Variable weights) {}

  /// Inputs in any layout.
  ///
  /// @param weighing whether the weights are wanted
  private Attended attend(
      Variable query, Variable key, Variable value, AttentionMasks masks, boolean weighing) {
    requireInputs(query, key, value);
    if (query.rank() == 2) {
      Attended y = attend(alone(query), alone(key), alone(value), batched(masks), weighing);
      Variable weights = y.weights == null ? null : F.squeeze(y.weights, 0);
      return new Attended(F.squeeze(y.output, sampleAxis()), weights);
    }
    if (options.batchFirst()) {
      return samplesFirst(query, key, value, masks, weighing);
    }
    Variable q = query.transpose(0, 1);
    Variable k = key == query ? q : key.transpose(0, 1);
    Variable v = value == key ? k : value.transpose(0, 1);
    Attended y = samplesFirst(q, k, v, masks, weighing);
    return new Attended(y.output.transpose(0, 1), y.weights);
  }

  private int sampleAxis() {
    return options.batchFirst() ? 0 : 1;
  }

  private Variable alone(Variable x) {
    return F.unsqueeze(x, sampleAxis());
  }

  private static AttentionMasks batched(AttentionMasks masks) {
    Variable keys = masks.keyPadding();
    return keys == null || keys.rank() != 1 ? masks : masks.keyPadding(F.unsqueeze(keys, 0));
  }

  private Attended samplesFirst(
      Variable query, Variable key, Variable value, AttentionMasks masks, boolean weighing) {
    List<Variable> projected = projected(query, key, value);
    Variable q = inHeads(projected.get(0));
    Variable k = inHeads(projected.get(1));
    Variable v = inHeads(projected.get(2));
    Shape scores = Shape.of(q.size(0), heads, q.size(2), k.size(2));
    Variable mask = masks.forScores(scores, q.dtype());
    Variable weights = null;
    Variable found;
    if (weighing || (isTraining() && options.dropout() > 0)) {
      weights = F.attentionWeights(q, k, mask, masks.causal(), 0);
      if (isTraining()) {
        weights = new Dropout(options.dropout()).forward(weights);
      }
      found = weights.matMul(v);
    } else {
      found = F.scaledDotProductAttention(q, k, v, mask, masks.causal(), 0);
    }
    Variable joined = found.transpose(1, 2).reshape(query.size(0), query.size(1), embedDim);
    return new Attended(outProj.forward(joined), weights);
  }

  /// Queries, keys and values of all heads, one behind the other.
  private List<Variable> projected(Variable query, Variable key, Variable value) {
    if (inProjWeight != null && query == key && key == value) {
      return F.chunk(F.linear(query, inProjWeight, inProjBias), 3, -1);
    }
    List<Variable> weights = inWeights();
    List<Variable> biases = inProjBias == null ? List.of() : F.chunk(inProjBias, 3, 0);
    List<Variable> projected = new ArrayList<>();
    for (Variable x : List.of(query, key, value)) {
      int i = projected.size();
      projected.add(F.linear(x, weights.get(i), biases.isEmpty() ? null : biases.get(i)));
    }
    return projected;
  }

  private List<Variable> inWeights() {
    return inProjWeight == null
        ? List.of(
            Objects.requireNonNull(qProjWeight),
            Objects.requireNonNull(kProjWeight),
            Objects.requireNonNull(vProjWeight))
        : F.chunk(inProjWeight, 3, 0);
  }

  /// `(samples, steps, embedDim)` as `(samples, heads, steps, embedDim / heads)`.
  private Variable inHeads(Variable x) {
    return x.reshape(x.size(0), x.size(1), heads, embedDim / heads).transpose(1, 2);
  }

  private void requireInputs(Variable query, Variable key, Variable value) {
    require("queries", query, embedDim, query);
    require("keys", key, kdim(), query);
    require("values", value, vdim(), query);
    if (!key.shape().remove(-1).equals(value.shape().remove(-1))) {
      throw unexpected("a value for each key of shape " + key.shape(), value)
          .hint("keys and values come in pairs: their axes before the last are the same");
    }
  }

  private void require(String role, Variable x, int features, Variable query) {
    int axis = sampleAxis();
    boolean fits = (x.rank() == 2 || x.rank() == 3) && x.size(-1) == features;
    if (!fits || x.rank() != query.rank() || (x.rank() == 3 && x.size(axis) != query.size(axis))) {
      String axes = options.batchFirst() ? "(samples, steps, " : "(steps, samples, ";
      throw unexpected(role + " " + axes + features + "), or all inputs without samples", x)
          .hint("all inputs have the same samples; for samples first, say batchFirst(true)");
    }
    requireType(x, outProj.weight().dtype());
  }

  private int kdim() {
    return options.kdim() == 0 ? embedDim : options.kdim();
  }

  private int vdim() {
    return options.vdim() == 0 ? embedDim : options.vdim();
  }

  /// The number of features of a query and of an output.
  public int embedDim() {
    return embedDim;
  }

  /// The number of heads.
  public int heads() {
    return heads;
  }

  /// How the layer is built.
  public AttentionOptions options() {
    return options;
  }

  @Override
  protected String settings() {
    return ("embedDim=" + embedDim + ", heads=" + heads)
        + (options.dropout() == 0 ? "" : ", dropout=" + options.dropout())
        + (options.bias() ? "" : ", bias=false")
        + (options.kdim() == 0 ? "" : ", kdim=" + options.kdim())
        + (options.vdim() == 0 ? "" : ", vdim=" + options.vdim())
        + (options.batchFirst() ? ", batchFirst=true" : "");
  }
}
