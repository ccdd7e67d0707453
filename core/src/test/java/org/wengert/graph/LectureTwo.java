package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import org.wengert.Leaf;
import org.wengert.Variable;

/// The network of lecture 2: two inputs, two hidden and two output neurons, all sigmoid, with the
/// values of its lines named as there.
final class LectureTwo {
  final List<Leaf> w = leaves("w", .15, .20, .25, .30, .40, .45, .50, .55);
  final List<Leaf> b = leaves("b", .35, .35, 0.04869403294, 0.09387859590);
  final Variable error;

  LectureTwo() {
    Variable h1 = neuron("h1", w.get(0).mul(.05), w.get(1).mul(.10), b.get(0));
    Variable h2 = neuron("h2", w.get(2).mul(.05), w.get(3).mul(.10), b.get(1));
    Variable o1 = neuron("o1", w.get(4).mul(h1), w.get(5).mul(h2), b.get(2));
    Variable o2 = neuron("o2", w.get(6).mul(h1), w.get(7).mul(h2), b.get(3));
    error = o1.rsub(.01).square().add(o2.rsub(.99).square()).named("E");
  }

  private static Variable neuron(String name, Variable first, Variable second, Variable bias) {
    return first.add(second).add(bias).named("net_" + name).sigmoid().named("out_" + name);
  }

  private static List<Leaf> leaves(String name, double... values) {
    List<Leaf> leaves = new ArrayList<>();
    for (double value : values) {
      leaves.add(Variable.of(value).named(name + (leaves.size() + 1)));
    }
    return leaves;
  }

  /// Weight `i` of the lecture, counted from 1.
  Leaf weight(int i) {
    return w.get(i - 1);
  }
}
