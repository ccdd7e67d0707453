package org.wengert.nn;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.nn.GELU.Approximation;

/// The golden cases of activations.
final class ActivationCases {
  private ActivationCases() {}

  static void addTo(LayerCases cases) {
    layer(cases, "relu", _ -> new ReLU());
    layer(cases, "relu6", _ -> new ReLU6());
    layer(cases, "selu", _ -> new SELU());
    layer(cases, "silu", _ -> new SiLU());
    layer(cases, "mish", _ -> new Mish());
    layer(cases, "softsign", _ -> new Softsign());
    layer(cases, "hardsigmoid", _ -> new Hardsigmoid());
    layer(cases, "hardswish", _ -> new Hardswish());
    layer(cases, "tanhshrink", _ -> new Tanhshrink());
    layer(cases, "tanh", _ -> new Tanh());
    layer(cases, "sigmoid", _ -> new Sigmoid());
    layer(cases, "logsigmoid", _ -> new LogSigmoid());
    layer(
        cases,
        "gelu",
        c -> new GELU(Approximation.valueOf(c.text("approximate").toUpperCase(Locale.ROOT))));
    layer(cases, "leaky_relu", c -> new LeakyReLU(c.number("negative_slope")));
    layer(cases, "elu", c -> new ELU(c.number("alpha")));
    layer(cases, "celu", c -> new CELU(c.number("alpha")));
    layer(cases, "hardtanh", c -> new Hardtanh(c.number("min_val"), c.number("max_val")));
    layer(cases, "hardshrink", c -> new Hardshrink(c.number("lambda")));
    layer(cases, "softshrink", c -> new Softshrink(c.number("lambda")));
    layer(cases, "softplus", c -> new Softplus(c.number("beta"), c.number("threshold")));
    layer(cases, "threshold", c -> new Threshold(c.number("threshold"), c.number("value")));
    layer(cases, "log_softmax", c -> new LogSoftmax(c.integer("dim")));
    layer(cases, "softmax", c -> c.has("mask") ? null : new Softmax(c.integer("dim")));
    layer(cases, "softmin", c -> new Softmin(c.integer("dim")));
    layer(cases, "glu", c -> new GLU(c.integer("dim")));
    layer(cases, "rrelu", c -> new RReLU(c.number("lower"), c.number("upper")));
    layer(cases, "prelu", c -> c.loaded(new PReLU(c.input("weight").value().count(), 0)));
  }

  /// Adds the line of an operation that a layer computes in evaluation mode, if there is one.
  private static void layer(
      LayerCases cases, String op, Function<LayerCase, @Nullable Module> make) {
    cases.put(
        op,
        c -> {
          Module layer = make.apply(c);
          return layer == null ? null : List.of(layer.eval().forward(c.x()));
        });
  }
}
