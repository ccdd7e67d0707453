package org.wengert.examples;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.nn.TransformerEncoderLayer;
import org.wengert.nn.TransformerOptions;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Graphs of all sizes that a page must show.
enum Pages {
  LECTURE(Pages::lecture, List.of("\uE011", ".".repeat(45))),
  HELLO_MLP(Pages::mlp, List.of("\uE011", "u", ".".repeat(12))),
  TRANSFORMER(Pages::transformer, List.of("\uE011", "1", ".".repeat(40))),
  CHAIN_10(() -> chain(10), List.of("\uE011", ".".repeat(14))),
  CHAIN_1000(() -> chain(1_000), List.of("\uE011", "\uE008>>>>")),
  CHAIN_50000(() -> chain(50_000), List.of("\uE011", "\uE008>>>>"));

  private final Supplier<Graph> graph;
  private final List<String> walk;

  Pages(Supplier<Graph> graph, List<String> walk) {
    this.graph = graph;
    this.walk = walk;
  }

  Graph graph() {
    return graph.get();
  }

  /// Keys that lead to a picture of the middle of the computation.
  List<String> walk() {
    return walk;
  }

  String file(String kind) {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + kind + ".png";
  }

  static Graph lecture() {
    return Graph.of(network().error());
  }

  /// The network of lecture 2, its results named.
  static BackpropByHand.Net network() {
    BackpropByHand.Net net =
        BackpropByHand.Net.of(BackpropByHand.WEIGHTS, BackpropByHand.BIASES, 1);
    net.neth1().named("net_h1");
    net.neth2().named("net_h2");
    net.h1().named("out_h1");
    net.h2().named("out_h2");
    net.neto1().named("net_o1");
    net.neto2().named("net_o2");
    net.o1().named("out_o1");
    net.o2().named("out_o2");
    net.error().named("E");
    return net;
  }

  private static Graph mlp() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    Tensor images = Tensor.rand(Shape.of(100, 28, 28), DType.FLOAT32, random);
    Tensor digits = Tensor.of(LongStream.range(0, 100).map(i -> i % 10).toArray());
    Variable scores = new HelloMLP(random).call(Variable.constant(images).named("images"));
    return Graph.of(
        F.crossEntropy(scores, Variable.constant(digits).named("digits")).named("loss"));
  }

  private static Graph transformer() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    TransformerOptions options = TransformerOptions.defaults().feedforward(64);
    TransformerEncoderLayer layer = new TransformerEncoderLayer(32, 4, options, random);
    Tensor x = Tensor.randn(Shape.of(2, 10, 32), DType.FLOAT32, random);
    return Graph.of(layer.call(Variable.constant(x).named("x")).square().mean().named("loss"));
  }

  private static Graph chain(int steps) {
    Leaf w = Variable.of(1.01).named("w");
    Variable at = Variable.of(0.5).named("x");
    for (int i = 0; i < steps / 2; i++) {
      at = at.mul(w).tanh();
    }
    return Graph.of(at.named("y"));
  }

  static Graph hostile() {
    String name =
        "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=2'>"
            + "\"'`${window.hacked=3}\u2028\ud800\u202e&lt;<!--";
    Leaf x = Variable.of(0.5).named(name);
    Leaf w = Variable.of(2.0).named("w\n\t\u0000" + "x".repeat(10_000));
    return Graph.of(
        Scope.named("<b onclick=window.hacked=4>", () -> x.mul(w).named("]]>--><!--").exp())
            .add(x)
            .named(name));
  }
}
