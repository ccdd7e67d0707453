package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers that normalise or drop.
final class NormalizationEntries {
  private NormalizationEntries() {}

  static List<Entry<?>> list() {
    return List.of(entry(r -> new Dropout(0.25), "Dropout(p=0.25)", normal(3, 4)));
  }
}
