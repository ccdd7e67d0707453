package org.wengert.nn;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers for images: convolutions, poolings, padding, changes of resolution.
final class ImageEntries {
  private ImageEntries() {}

  static List<Entry<?>> list() {
    return List.of();
  }
}
