package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's modules that are made of others.
final class ContainerEntries {
  private ContainerEntries() {}

  static List<Entry<?>> list() {
    return List.of(
        entry(
                r -> new Sequential(new Linear(3, 4, r), new Tanh(), new Linear(4, 2, r)),
                """
                Sequential(
                  (0): Linear(in=3, out=4, bias=true)
                  (1): Tanh()
                  (2): Linear(in=4, out=2, bias=true)
                )""",
                normal(2, 3))
            .refuses("expects 3 features in the last axis, got shape (2, 4)", normal(2, 4)));
  }
}
