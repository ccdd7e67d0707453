package org.wengert.examples;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.AttentionMasks;
import org.wengert.nn.Dropout;
import org.wengert.nn.Embedding;
import org.wengert.nn.EmbeddingOptions;
import org.wengert.nn.Init;
import org.wengert.nn.LayerNorm;
import org.wengert.nn.Linear;
import org.wengert.nn.PositionalEncoding;
import org.wengert.nn.TransformerEncoder;
import org.wengert.nn.TransformerEncoderLayer;
import org.wengert.nn.TransformerOptions;
import org.wengert.nn.TransformerOptions.Activation;
import org.wengert.tensor.Tensor;

/// A transformer that sees the past alone: characters as vectors, their places added as waves,
/// layers of attention with the norms first, and logits.
final class TransformerModel extends CharModel {
  private final int context;
  private final Embedding characters;
  private final PositionalEncoding places;
  private final Dropout dropout;
  private final TransformerEncoder layers;
  private final Linear logits;

  /// How large it is.
  ///
  /// @param context how many characters it sees
  /// @param width the number of features of a character
  /// @param heads into how many parts attention divides them
  /// @param layers how many layers there are
  /// @param dropout the probability of dropping a feature in training
  record Size(int context, int width, int heads, int layers, double dropout) {}

  TransformerModel(int characters, Size size, RandomGenerator random) {
    int width = size.width;
    TransformerOptions options =
        TransformerOptions.defaults()
            .feedforward(4 * width)
            .activation(Activation.GELU)
            .dropout(size.dropout)
            .normFirst(true)
            .batchFirst(true);
    this.context = size.context;
    this.characters = new Embedding(characters, width, EmbeddingOptions.defaults(), random);
    this.places = new PositionalEncoding(width, size.context, true);
    this.dropout = new Dropout(size.dropout);
    this.layers =
        new TransformerEncoder(
            new TransformerEncoderLayer(width, size.heads, options, random),
            size.layers,
            new LayerNorm(width));
    this.logits = new Linear(width, characters, random);
    // The layers began as copies of one; now each gets a start of its own.
    for (Parameter p : layers.parameters()) {
      if (p.rank() > 1) {
        Init.xavierUniform(p, 1, random);
      }
    }
  }

  @Override
  public Variable forward(Variable text) {
    Variable x = dropout.call(places.call(characters.call(text)));
    return logits.call(layers.forward(x, AttentionMasks.none().causal(true)));
  }

  @Override
  Reader reader() {
    Deque<Integer> seen = new ArrayDeque<>();
    return character -> {
      if (seen.size() == context) {
        seen.removeFirst();
      }
      seen.addLast(character);
      long[] text = seen.stream().mapToLong(Integer::longValue).toArray();
      Variable y = forward(Variable.constant(Tensor.of(text).reshape(1, text.length)));
      return y.select(0, 0).select(0, text.length - 1);
    };
  }
}
