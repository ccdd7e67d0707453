package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers that are linear maps, reshape, or compare vectors.
final class LinearEntries {
  private LinearEntries() {}

  static List<Entry<?>> list() {
    return List.of(
        entry(r -> new Linear(3, 2, r), "Linear(in=3, out=2, bias=true)", normal(4, 3))
            .refuses("expects 3 features in the last axis, got shape (4, 2)", normal(4, 2)),
        entry(r -> new Linear(3, 2, false, r), "Linear(in=3, out=2, bias=false)", normal(3))
            .refuses("expects 3 features in the last axis, got shape ()", normal()),
        entry(r -> new Identity(), "Identity()", normal(2, 3)).elementwise(),
        entry(r -> new Flatten(), "Flatten(startAxis=1, endAxis=-1)", normal(2, 3, 2))
            .refuses("axis 1 does not exist in a tensor of rank 1", normal(3)));
  }
}
