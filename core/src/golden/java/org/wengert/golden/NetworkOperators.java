package org.wengert.golden;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Bag;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Normalized;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Torch's operators of neural networks: softmax, convolutions, norms, embeddings, attention. Those
/// of images, losses and recurrent cells are in tables of their own.
final class NetworkOperators {
  private NetworkOperators() {}

  static void addTo(OperatorTable table) {
    table.put("softmax", a -> F.softmax(a.variable(0, "input"), a.integer(1, "dim")));
    table.put("log_softmax", a -> F.logSoftmax(a.variable(0, "input"), a.integer(1, "dim")));
    addConvolutions(table);
    addNorms(table);
    addLookups(table);
    table.put("scaled_dot_product_attention", NetworkOperators::attention);
    ImageOperators.addTo(table);
    LossOperators.addTo(table);
    RecurrentOperators.addTo(table);
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "input");
  }

  private static void addConvolutions(OperatorTable table) {
    table.put("conv1d", a -> F.conv1d(x(a), weight(a), a.optional(2, "bias"), options(a)));
    table.put("conv2d", a -> F.conv2d(x(a), weight(a), a.optional(2, "bias"), options(a)));
    table.put("conv3d", a -> F.conv3d(x(a), weight(a), a.optional(2, "bias"), options(a)));
    table.put(
        "conv_transpose1d",
        a -> F.convTranspose1d(x(a), weight(a), a.optional(2, "bias"), transposed(a)));
    table.put(
        "conv_transpose2d",
        a -> F.convTranspose2d(x(a), weight(a), a.optional(2, "bias"), transposed(a)));
    table.put(
        "conv_transpose3d",
        a -> F.convTranspose3d(x(a), weight(a), a.optional(2, "bias"), transposed(a)));
  }

  private static Variable weight(Arguments a) {
    return a.variable(1, "weight");
  }

  private static Convolution options(Arguments a) {
    Convolution options = strided(a).groups(a.integer(6, "groups", 1));
    if (a.has(5, "dilation")) {
      options = options.dilation(a.integers(5, "dilation"));
    }
    return "same".equals(a.value(4, "padding")) ? options.same() : options;
  }

  private static Convolution transposed(Arguments a) {
    Convolution options = strided(a).groups(a.integer(6, "groups", 1));
    if (a.has(5, "output_padding")) {
      options = options.outputPadding(a.integers(5, "output_padding"));
    }
    return a.has(7, "dilation") ? options.dilation(a.integers(7, "dilation")) : options;
  }

  private static Convolution strided(Arguments a) {
    Convolution options = Convolution.defaults();
    if (a.has(3, "stride")) {
      options = options.stride(a.integers(3, "stride"));
    }
    return a.isList(4, "padding") ? options.padding(a.integers(4, "padding")) : options;
  }

  private static void addNorms(OperatorTable table) {
    table.put("batch_norm", NetworkOperators::batchNorm);
    table.put("instance_norm", NetworkOperators::instanceNorm);
    table.put(
        "layer_norm",
        a ->
            F.layerNorm(
                x(a),
                Shape.of(a.integers(1, "normalized_shape")),
                a.optional(2, "weight"),
                a.optional(3, "bias"),
                a.number(4, "eps", 1e-5)));
    table.put(
        "rms_norm",
        a ->
            F.rmsNorm(
                x(a),
                Shape.of(a.integers(1, "normalized_shape")),
                a.optional(2, "weight"),
                a.number(3, "eps", Math.ulp(1.0))));
    table.put(
        "group_norm",
        a ->
            F.groupNorm(
                x(a),
                a.integer(1, "num_groups"),
                a.optional(2, "weight"),
                a.optional(3, "bias"),
                a.number(4, "eps", 1e-5)));
    table.put(
        "_weight_norm",
        a -> F.weightNorm(a.variable(0, "v"), a.variable(1, "g"), a.integer(2, "dim", 0)));
  }

  private static Variable batchNorm(Arguments a) {
    if (!a.flag(5, "training", false)) {
      return evaluated(a);
    }
    return a.has(3, "running_mean")
        ? tracked(
            a,
            F.batchNorm(
                x(a), running(a, 3), running(a, 4), gain(a), offset(a), momentum(a), eps(a)))
        : F.batchNorm(x(a), gain(a), offset(a), eps(a));
  }

  private static Variable instanceNorm(Arguments a) {
    if (!a.flag(5, "use_input_stats", true)) {
      return evaluated(a);
    }
    return a.has(3, "running_mean")
        ? tracked(
            a,
            F.instanceNorm(
                x(a), running(a, 3), running(a, 4), gain(a), offset(a), momentum(a), eps(a)))
        : F.instanceNorm(x(a), gain(a), offset(a), eps(a));
  }

  private static Variable evaluated(Arguments a) {
    return F.batchNorm(
        x(a),
        a.variable(3, "running_mean"),
        a.variable(4, "running_var"),
        gain(a),
        offset(a),
        eps(a));
  }

  private static @Nullable Variable gain(Arguments a) {
    return a.optional(1, "weight");
  }

  private static @Nullable Variable offset(Arguments a) {
    return a.optional(2, "bias");
  }

  private static Tensor running(Arguments a, int position) {
    return a.variable(position, position == 3 ? "running_mean" : "running_var").value();
  }

  private static double momentum(Arguments a) {
    return a.number(6, "momentum", 0.1);
  }

  private static double eps(Arguments a) {
    return a.number(7, "eps", 1e-5);
  }

  /// Torch writes the new running statistics over the old.
  private static Variable tracked(Arguments a, Normalized result) {
    store(running(a, 3), result.runningMean());
    store(running(a, 4), result.runningVar());
    return result.y();
  }

  private static void store(Tensor into, Tensor values) {
    for (int i = 0; i < values.count(); i++) {
      into.storage().put(into.offset() + i, values.at(i));
    }
  }

  private static void addLookups(OperatorTable table) {
    table.put(
        "embedding",
        a ->
            F.embedding(
                a.variable(0, "weight"),
                a.variable(1, "indices"),
                a.integer(2, "padding_idx", -1),
                a.flag(3, "scale_grad_by_freq", false)));
    table.put(
        "embedding_bag",
        a ->
            List.of(
                F.embeddingBag(
                    a.variable(0, "weight"),
                    a.variable(1, "indices"),
                    a.variable(2, "offsets"),
                    Bag.values()[a.integer(4, "mode", 0)])));
  }

  private static Variable attention(Arguments a) {
    @Nullable Variable mask = a.optional(3, "attn_mask");
    return F.scaledDotProductAttention(
        a.variable(0, "query"),
        a.variable(1, "key"),
        a.variable(2, "value"),
        mask,
        a.flag(5, "is_causal", false),
        a.number(6, "scale", 0));
  }
}
