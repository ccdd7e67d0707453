package org.wengert.nn;

import java.util.Locale;
import org.wengert.Bag;
import org.wengert.tensor.Rng;

/// The golden cases of embeddings.
final class SequenceCases {
  private SequenceCases() {}

  static void addTo(LayerCases cases) {
    cases.one("embedding", c -> c.loaded(embedding(c)).forward(c.input("index")));
    cases.one(
        "embedding_bag",
        c -> c.loaded(embeddingBag(c)).forward(c.input("index"), c.input("offsets")));
  }

  private static Embedding embedding(LayerCase c) {
    EmbeddingOptions options =
        EmbeddingOptions.defaults().scaleGradByFreq(c.flag("scale_grad_by_freq"));
    return new Embedding(
        c.x().size(0),
        c.x().size(1),
        c.hasAttribute("padding_idx") ? options.paddingIdx(c.integer("padding_idx")) : options,
        new Rng(1));
  }

  private static EmbeddingBag embeddingBag(LayerCase c) {
    Bag mode = Bag.valueOf(c.text("mode").toUpperCase(Locale.ROOT));
    return new EmbeddingBag(c.x().size(0), c.x().size(1), mode, new Rng(1));
  }
}
