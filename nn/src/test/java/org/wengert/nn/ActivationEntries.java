package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers that are functions of their elements, or of a row of them.
final class ActivationEntries {
  private ActivationEntries() {}

  static List<Entry<?>> list() {
    return List.of(
        entry(r -> new ELU(0.5), "ELU(alpha=0.5)", normal(2, 3)).elementwise(),
        entry(r -> new GELU(), "GELU()", normal(2, 3)).elementwise(),
        entry(r -> new LeakyReLU(0.1), "LeakyReLU(slope=0.1)", normal(2, 3)).elementwise(),
        entry(r -> new ReLU(), "ReLU()", normal(2, 3)).elementwise(),
        entry(r -> new Sigmoid(), "Sigmoid()", normal(2, 3)).elementwise(),
        entry(r -> new SiLU(), "SiLU()", normal(2, 3)).elementwise(),
        entry(r -> new Softplus(), "Softplus()", normal(2, 3)).elementwise(),
        entry(r -> new Tanh(), "Tanh()", normal(2, 3)).elementwise(),
        entry(r -> new Softmax(-2), "Softmax(axis=-2)", normal(2, 3))
            .refuses("axis -2 does not exist in a tensor of rank 1", normal(3)),
        entry(r -> new LogSoftmax(1), "LogSoftmax(axis=1)", normal(2, 3))
            .refuses("axis 1 does not exist in a tensor of rank 1", normal(3)));
  }
}
