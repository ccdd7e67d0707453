package org.wengert.nn;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers for sequences: embeddings, recurrent networks, attention.
final class SequenceEntries {
  private SequenceEntries() {}

  static List<Entry<?>> list() {
    return List.of();
  }
}
