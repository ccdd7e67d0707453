package org.wengert.nn;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The golden cases of attention and transformers.
final class AttentionCases {
  private static final Rng RANDOM = new Rng(1);

  private AttentionCases() {}

  static void addTo(LayerCases cases) {
    cases.put("multihead_attention", AttentionCases::attention);
    cases.one("transformer_encoder_layer", AttentionCases::encoderLayer);
    cases.one("transformer_decoder_layer", AttentionCases::decoderLayer);
    cases.one("positional_encoding", AttentionCases::positions);
  }

  private static @Nullable Variable optional(LayerCase c, String name) {
    return c.has(name) ? c.input(name) : null;
  }

  private static List<Variable> attention(LayerCase c) {
    MultiheadAttention layer =
        c.loaded(new MultiheadAttention(c.integer("embed_dim"), c.integer("num_heads")));
    AttentionMasks masks =
        new AttentionMasks(optional(c, "attn_mask"), optional(c, "key_padding_mask"), false);
    Attention y = layer.forward(c.input("query"), c.input("key"), c.input("value"), masks);
    return List.of(y.output(), c.flag("average_attn_weights") ? y.averageWeights() : y.weights());
  }

  private static TransformerOptions transformer(LayerCase c) {
    String activation = c.text("activation").toUpperCase(Locale.ROOT);
    return TransformerOptions.defaults()
        .feedforward(c.integer("dim_feedforward"))
        .activation(TransformerOptions.Activation.valueOf(activation))
        .normFirst(c.flag("norm_first"))
        .dropout(c.number("dropout"))
        .layerNormEps(c.number("layer_norm_eps"))
        .batchFirst(c.flag("batch_first"));
  }

  private static Variable encoderLayer(LayerCase c) {
    TransformerEncoderLayer layer =
        new TransformerEncoderLayer(
            c.integer("d_model"), c.integer("nhead"), transformer(c), RANDOM);
    AttentionMasks masks = new AttentionMasks(optional(c, "src_mask"), null, false);
    return c.loaded(layer).forward(c.input("src"), masks);
  }

  private static Variable decoderLayer(LayerCase c) {
    TransformerDecoderLayer layer =
        new TransformerDecoderLayer(
            c.integer("d_model"), c.integer("nhead"), transformer(c), RANDOM);
    AttentionMasks masks = new AttentionMasks(optional(c, "tgt_mask"), null, false);
    return c.loaded(layer).forward(c.input("tgt"), c.input("memory"), masks, AttentionMasks.none());
  }

  private static Variable positions(LayerCase c) {
    int steps = c.integer("length");
    int features = c.integer("d_model");
    Variable zeros = Variable.constant(Tensor.zeros(Shape.of(steps, features), DType.FLOAT64));
    return new PositionalEncoding(features, steps, false).forward(zeros);
  }
}
