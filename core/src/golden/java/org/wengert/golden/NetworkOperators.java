package org.wengert.golden;

import org.wengert.F;

/// Torch's operators of neural networks: softmax, convolutions, pooling, norms, losses, recurrent
/// cells, attention.
final class NetworkOperators {
  private NetworkOperators() {}

  static void addTo(OperatorTable table) {
    table.put("softmax", a -> F.softmax(a.variable(0, "input"), a.integer(1, "dim")));
    table.put("log_softmax", a -> F.logSoftmax(a.variable(0, "input"), a.integer(1, "dim")));
  }
}
