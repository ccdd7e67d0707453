package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import java.util.stream.Stream;
import org.wengert.nn.LayerCatalogue.Entry;
import org.wengert.nn.TransformerOptions.Activation;

/// The catalogue's attention, and the transformers made of it.
final class AttentionEntries {
  private static final TransformerOptions SMALL =
      TransformerOptions.defaults().feedforward(2).dropout(0.25);

  private AttentionEntries() {}

  static List<Entry<?>> list() {
    return Stream.of(attention(), transformers(), containers())
        .<Entry<?>>flatMap(List::stream)
        .toList();
  }

  private static List<Entry<?>> attention() {
    AttentionOptions options = AttentionOptions.defaults();
    AttentionMasks causal = AttentionMasks.none().causal(true);
    return List.of(
        entry(
                r -> new MultiheadAttention(2, 1, options, r),
                """
                MultiheadAttention(embedDim=2, heads=1
                  (out_proj): Linear(in=2, out=2, bias=true)
                )""",
                normal(2, 2, 2))
            .refuses("expects queries (steps, samples, 2)", normal(2, 2, 3)),
        entry(
                r -> new MultiheadAttention(4, 2, options.dropout(0.25).kdim(3).vdim(2), r),
                """
                MultiheadAttention(embedDim=4, heads=2, dropout=0.25, kdim=3, vdim=2
                  (out_proj): Linear(in=4, out=4, bias=true)
                )""",
                normal(2, 1, 4),
                normal(3, 1, 3),
                normal(3, 1, 2))
            .called((layer, xs) -> layer.forward(xs.get(0), xs.get(1), xs.get(2), causal).output())
            .refuses(
                "expects keys (steps, samples, 3)",
                normal(2, 1, 4),
                normal(3, 2, 3),
                normal(3, 1, 2))
            .refuses(
                "expects a value for each key of shape (3, 1, 3)",
                normal(2, 1, 4),
                normal(3, 1, 3),
                normal(2, 1, 2)),
        entry(
                r -> new PositionalEncoding(3, 4, false),
                "PositionalEncoding(dModel=3, maxLength=4, batchFirst=false)",
                normal(4, 2, 3))
            .refuses("expects up to 4 steps of 3 features", normal(5, 2, 3)),
        entry(
            r -> new PositionalEncoding(2, 9, true),
            "PositionalEncoding(dModel=2, maxLength=9, batchFirst=true)",
            normal(2, 3, 2)));
  }

  private static List<Entry<?>> transformers() {
    AttentionMasks causal = AttentionMasks.none().causal(true);
    return List.of(
        entry(
                r -> new TransformerEncoderLayer(2, 1, SMALL, r),
                layer("Encoder", "activation=relu, normFirst=false", 2),
                normal(2, 1, 2))
            .refuses("expects queries (steps, samples, 2)", normal(2, 1, 3)),
        entry(
                r ->
                    new TransformerEncoderLayer(
                        2,
                        2,
                        SMALL.normFirst(true).activation(Activation.GELU).batchFirst(true),
                        r),
                layer("Encoder", "activation=gelu, normFirst=true", 2)
                    .replace("heads=1, dropout=0.25", "heads=2, dropout=0.25, batchFirst=true"),
                normal(1, 3, 2))
            .called((layer, xs) -> layer.forward(xs.getFirst(), causal))
            .refuses("expects last axes of sizes (2)", normal(1, 3, 3)),
        entry(
                r -> new TransformerDecoderLayer(2, 1, SMALL, r),
                layer("Decoder", "activation=relu, normFirst=false", 3),
                normal(2, 1, 2),
                normal(3, 1, 2))
            .called((layer, xs) -> layer.forward(xs.get(0), xs.get(1)))
            .refuses("expects keys (steps, samples, 2)", normal(2, 1, 2), normal(2, 1, 3)));
  }

  /// How a layer of a transformer prints.
  private static String layer(String kind, String settings, int norms) {
    String attention =
        """
        MultiheadAttention(embedDim=2, heads=1, dropout=0.25
            (out_proj): Linear(in=2, out=2, bias=true)
          )
        """;
    StringBuilder text = new StringBuilder("Transformer" + kind + "Layer(" + settings + "\n");
    text.append("  (self_attn): ").append(attention);
    text.append(norms == 3 ? "  (multihead_attn): " + attention : "");
    text.append("  (linear1): Linear(in=2, out=2, bias=true)\n  (dropout): Dropout(p=0.25)\n");
    text.append("  (linear2): Linear(in=2, out=2, bias=true)\n");
    for (int i = 1; i <= norms; i++) {
      text.append("  (norm").append(i).append("): LayerNorm((2), eps=1.0E-5, affine=true)\n");
    }
    for (int i = 1; i <= norms; i++) {
      text.append("  (dropout").append(i).append("): Dropout(p=0.25)\n");
    }
    return text.append(")").toString();
  }

  private static List<Entry<?>> containers() {
    TransformerOptions plain = SMALL.dropout(0).normFirst(true);
    String encoder = layer("Encoder", "activation=relu, normFirst=true", 2);
    String decoder = layer("Decoder", "activation=relu, normFirst=true", 3);
    String encoders =
        "TransformerEncoder(\n"
            + nested("layers.0", encoder)
            + nested("layers.1", encoder)
            + nested("norm", "LayerNorm((2), eps=1.0E-5, affine=true)")
            + ")";
    String decoders = "TransformerDecoder(\n" + nested("layers.0", decoder) + ")";
    return List.of(
        entry(
                r ->
                    new TransformerEncoder(
                        new TransformerEncoderLayer(2, 1, plain, r), 2, new LayerNorm(2)),
                encoders.replace("p=0.25", "p=0.0").replace(", dropout=0.25", ""),
                normal(2, 1, 2))
            .refuses("expects last axes of sizes (2)", normal(2, 1, 3)),
        entry(
                r -> new TransformerDecoder(new TransformerDecoderLayer(2, 1, plain, r), 1),
                decoders.replace("p=0.25", "p=0.0").replace(", dropout=0.25", ""),
                normal(2, 1, 2),
                normal(2, 1, 2))
            .refuses("expects last axes of sizes (2)", normal(2, 1, 3), normal(2, 1, 2)),
        entry(
                r ->
                    new Transformer(
                        new TransformerEncoder(new TransformerEncoderLayer(2, 1, plain, r), 1),
                        new TransformerDecoder(new TransformerDecoderLayer(2, 1, plain, r), 1),
                        r),
                ("Transformer(\n"
                        + nested(
                            "encoder", "TransformerEncoder(\n" + nested("layers.0", encoder) + ")")
                        + nested("decoder", decoders)
                        + ")")
                    .replace("p=0.25", "p=0.0")
                    .replace(", dropout=0.25", ""),
                normal(2, 1, 2),
                normal(2, 1, 2))
            .refuses("expects keys (steps, samples, 2)", normal(2, 1, 2), normal(2, 2, 2)));
  }

  private static String nested(String name, String text) {
    return ("(" + name + "): " + text).indent(2);
  }
}
