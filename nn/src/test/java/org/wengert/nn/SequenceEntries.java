package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.below;
import static org.wengert.nn.Sample.exactly;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.Bag;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's embeddings.
final class SequenceEntries {
  private SequenceEntries() {}

  static List<Entry<?>> list() {
    EmbeddingOptions padded = EmbeddingOptions.defaults().paddingIdx(0);
    return List.of(
        entry(
                r -> new Embedding(5, 3, EmbeddingOptions.defaults(), r),
                "Embedding(5, 3)",
                below(5, 2, 3))
            .refuses("expects indices from 0 to 4, got index 5", exactly(0, 5))
            .refuses("expects indices from 0 to 4, got index -1", exactly(-1))
            .refuses("expects integers, got FLOAT64", normal(2)),
        entry(
            r -> new Embedding(4, 2, padded, r), "Embedding(4, 2, paddingIdx=0)", exactly(3, 1, 3)),
        entry(
                r -> new EmbeddingBag(5, 2, Bag.MEAN, r),
                "EmbeddingBag(5, 2, mode=MEAN)",
                below(5, 3, 2))
            .refuses("expects a matrix with a bag in each row", exactly(1, 2))
            .refuses("expects indices from 0 to 4", exactly(5), exactly(0)),
        entry(
                r -> new EmbeddingBag(5, 2, Bag.SUM, r),
                "EmbeddingBag(5, 2, mode=SUM)",
                exactly(1, 4, 4, 0, 2),
                exactly(0, 3, 3))
            .refuses("offset 7 of bag 1 in (2)", exactly(1, 2), exactly(0, 7)),
        entry(
            r -> new EmbeddingBag(5, 2, Bag.MAX, r),
            "EmbeddingBag(5, 2, mode=MAX)",
            exactly(1, 4, 3, 0),
            exactly(0, 2)));
  }
}
