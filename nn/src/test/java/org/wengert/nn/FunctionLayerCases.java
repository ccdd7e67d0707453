package org.wengert.nn;

import java.util.List;

/// The golden cases of layers without parameters that work element by element or by row.
final class FunctionLayerCases {
  private FunctionLayerCases() {}

  static void addTo(LayerCases cases) {
    cases.one("log_softmax", c -> new LogSoftmax(c.integer("dim")).forward(c.x()));
    cases.put(
        "softmax",
        c -> c.has("mask") ? null : List.of(new Softmax(c.integer("dim")).forward(c.x())));
    cases.one("dropout", c -> trained(new Dropout(c.number("p")), c).forward(c.x()));
    cases.one("alpha_dropout", c -> trained(new AlphaDropout(c.number("p")), c).forward(c.x()));
    cases.one(
        "rrelu", // in evaluation
        c -> new LeakyReLU((c.number("lower") + c.number("upper")) / 2).forward(c.x()));
  }

  private static <M extends Module> M trained(M layer, LayerCase c) {
    layer.train(c.flag("training"));
    return layer;
  }
}
