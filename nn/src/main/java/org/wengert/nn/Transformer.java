package org.wengert.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.ShapeException;

/// An encoder that reads a sequence and a decoder that writes another one from it:
/// `decoder(target, encoder(source))`. Embedding, positions and the last linear layer are the
/// model's own.
///
/// All matrices start by Xavier's uniform rule. Holds state, the parameters of its parts; several
/// threads may call `forward` at once while nobody changes them.
///
/// Source: Vaswani et al., "Attention is all you need", 2017; `torch.nn.Transformer`.
public final class Transformer extends PairLayer {
  private static final int LAYERS = 6;

  private final TransformerEncoder encoder;
  private final TransformerDecoder decoder;

  /// Six layers each with PyTorch's defaults, initialised by the thread's generator.
  public Transformer(int dModel, int heads) {
    this(dModel, heads, TransformerOptions.defaults(), Rng.current());
  }

  /// Six layers each, and a norm at the end of both.
  ///
  /// @throws OptionException if a number is below 1, or the features do not divide into heads
  public Transformer(int dModel, int heads, TransformerOptions options, RandomGenerator random) {
    this(
        new TransformerEncoder(
            new TransformerEncoderLayer(dModel, heads, options, random),
            LAYERS,
            options.norm(dModel)),
        new TransformerDecoder(
            new TransformerDecoderLayer(dModel, heads, options, random),
            LAYERS,
            options.norm(dModel)),
        random);
  }

  /// Any encoder and decoder, whose matrices are initialised anew.
  public Transformer(
      TransformerEncoder encoder, TransformerDecoder decoder, RandomGenerator random) {
    this.encoder = encoder;
    this.decoder = decoder;
    for (Parameter p : Walk.of(this).parameters().values()) {
      if (p.rank() > 1) {
        Init.xavierUniform(p, 1, random);
      }
    }
  }

  /// The output for a source and a target, without masks.
  @Override
  Variable compute(Variable source, Variable target) {
    return compute(source, target, AttentionMasks.none(), AttentionMasks.none());
  }

  /// The output where masks limit attention. What of the source is padding is hidden from the
  /// decoder, too.
  ///
  /// @param sourceMasks for what the source attends to in itself
  /// @param targetMasks for what the target attends to in itself, most often causal
  /// @throws ShapeException if an input or a mask has another shape
  public Variable forward(
      Variable source, Variable target, AttentionMasks sourceMasks, AttentionMasks targetMasks) {
    return watched(
        List.of(source, target), xs -> compute(xs.get(0), xs.get(1), sourceMasks, targetMasks));
  }

  private Variable compute(
      Variable source, Variable target, AttentionMasks sourceMasks, AttentionMasks targetMasks) {
    Variable memory = encoder.forward(source, sourceMasks);
    AttentionMasks memoryMasks = new AttentionMasks(null, sourceMasks.keyPadding(), false);
    return decoder.forward(target, memory, targetMasks, memoryMasks);
  }

  /// What reads the source.
  public TransformerEncoder encoder() {
    return encoder;
  }

  /// What writes the target.
  public TransformerDecoder decoder() {
    return decoder;
  }
}
