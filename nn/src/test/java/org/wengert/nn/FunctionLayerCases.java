package org.wengert.nn;

/// The golden cases of layers without parameters that are no activations.
final class FunctionLayerCases {
  private FunctionLayerCases() {}

  static void addTo(LayerCases cases) {
    cases.one("dropout", c -> trained(new Dropout(c.number("p")), c).forward(c.x()));
    cases.one("alpha_dropout", c -> trained(new AlphaDropout(c.number("p")), c).forward(c.x()));
  }

  private static <M extends Module> M trained(M layer, LayerCase c) {
    layer.train(c.flag("training"));
    return layer;
  }
}
