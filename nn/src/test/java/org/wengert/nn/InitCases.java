package org.wengert.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Init.Fan;
import org.wengert.nn.Init.Nonlinearity;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The golden cases of initialisers: what is known of their samples.
final class InitCases {
  private InitCases() {}

  static void addTo(LayerCases cases) {
    sample(cases, "xavier_uniform", (p, c, r) -> Init.xavierUniform(p, c.number("gain"), r));
    sample(cases, "xavier_normal", (p, c, r) -> Init.xavierNormal(p, c.number("gain"), r));
    sample(
        cases,
        "kaiming_uniform",
        (p, c, r) -> Init.kaimingUniform(p, c.number("a"), fan(c), nonlinearity(c), r));
    sample(
        cases,
        "kaiming_normal",
        (p, c, r) -> Init.kaimingNormal(p, c.number("a"), fan(c), nonlinearity(c), r));
    cases.put(
        "linear_default", c -> moments(layerOf(c.integers("shape")).value().to(DType.FLOAT64)));
    cases.one(
        "orthogonal",
        c -> {
          Parameter p = new Parameter(c.x().value());
          return gram(Init.orthogonal(p, c.number("gain"), new Rng(1)));
        });
    cases.one("calculate_gain", c -> Variable.constant(Init.gain(nonlinearity(c))));
  }

  /// One of the rules of [Init].
  @FunctionalInterface
  private interface Rule {
    Parameter fill(Parameter p, LayerCase c, Rng random);
  }

  private static void sample(LayerCases cases, String op, Rule rule) {
    cases.put(
        op,
        c -> {
          Tensor zeros = Tensor.zeros(Shape.of(c.integers("shape")), DType.FLOAT64);
          return moments(rule.fill(new Parameter(zeros), c, new Rng(1)).value());
        });
  }

  private static Parameter layerOf(int... shape) {
    return shape.length == 2
        ? new Linear(shape[1], shape[0], new Rng(1)).weight()
        : new Conv2d(shape[1], shape[0], ConvOptions.of(shape[2], shape[3]), new Rng(1)).weight();
  }

  private static Fan fan(LayerCase c) {
    return c.text("mode").equals("fan_in") ? Fan.IN : Fan.OUT;
  }

  private static Nonlinearity nonlinearity(LayerCase c) {
    String name = c.text("nonlinearity").toUpperCase(Locale.ROOT);
    return name.startsWith("CONV") ? Nonlinearity.LINEAR : Nonlinearity.valueOf(name);
  }

  /// Minimum, maximum, mean and standard deviation.
  private static List<Variable> moments(Tensor sample) {
    double[] numbers = sample.toDoubleArray();
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double squares = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
    return List.of(
        Variable.constant(Arrays.stream(numbers).min().orElseThrow()),
        Variable.constant(Arrays.stream(numbers).max().orElseThrow()),
        Variable.constant(mean),
        Variable.constant(Math.sqrt(squares / (numbers.length - 1))));
  }

  private static Variable gram(Variable w) {
    return w.size(0) <= w.size(1) ? w.matMul(w.mT()) : w.mT().matMul(w);
  }
}
