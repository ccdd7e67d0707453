package org.wengert.examples;

import static org.wengert.examples.Text.say;

import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.graph.TraversalOrders;

/// Lecture 4: why gradients are handed on in reverse order of creation. Three graphs in which a
/// value is used twice, from reports of errors in well-known libraries, walked back in the two
/// orders that one tries first and in the right one.
public final class WhyOrderMatters {
  private WhyOrderMatters() {}

  /// `a = 1, b = a + a, c = b + b`.
  static TraversalOrders sums() {
    Leaf a = Variable.of(1.0).named("a");
    Variable b = a.add(a).named("b");
    return TraversalOrders.compare(b.add(b).named("c"), a);
  }

  /// `a = 2, b = 3, y = (a + b) + ab + (a + b) ab`, where `a + b` and `ab` are computed once.
  static TraversalOrders sumsAndProducts() {
    Leaf a = Variable.of(2.0).named("a");
    Leaf b = Variable.of(3.0).named("b");
    Variable sum = a.add(b).named("s");
    Variable product = a.mul(b).named("p");
    Variable y = sum.add(product).add(sum.mul(product));
    return TraversalOrders.compare(y.named("y"), a, b);
  }

  /// `x = 1, a = 1, f = x (x a) + x (x a) + x² a`, where `x a` is computed once.
  static TraversalOrders cubes() {
    Leaf x = Variable.of(1.0).named("x");
    Variable a = Variable.constant(1.0).named("a");
    Variable p = x.mul(a).named("p");
    Variable first = x.mul(p).named("t1");
    Variable second = x.mul(p).named("t2");
    Variable f = first.add(second).named("t3").add(x.square().named("t4").mul(a).named("t5"));
    return TraversalOrders.compare(f.named("f"), x);
  }

  /// A value doubled so many times: `2ⁿ` paths.
  static TraversalOrders doubled(int times) {
    Leaf x = Variable.of(1.0).named("x");
    Variable y = x;
    for (int i = 0; i < times; i++) {
      y = y.add(y);
    }
    return TraversalOrders.compare(y.named("y"), x);
  }

  /// Shows the tables. With the argument `markdown`, as Markdown.
  public static void main(String[] args) {
    boolean isMarkdown = args.length > 0 && args[0].equals("markdown");
    say("Each row adds to the gradient of an operand: gradient of the node · local derivative.");
    show("a = 1, b = a + a, c = b + b", sums(), isMarkdown);
    show("a = 2, b = 3, s = a + b, p = a b, y = s + p + s p", sumsAndProducts(), isMarkdown);
    show("x = 1, a = 1, p = x a, f = x p + x p + x² a", cubes(), isMarkdown);
    TraversalOrders.Run naive = doubled(100).run(TraversalOrders.Order.NAIVE);
    say(
        "%nAnd it takes long: doubling a number 100 times has %s additions for the naive"
            + " recursion, and 200 for the right order.",
        naive.additions());
    say(
        "%n\"again!\": the node hands on what it has handed on before. \"too early!\": more"
            + " arrives at the node afterwards.");
    say("Last created first, a node hands on once, and when nothing can arrive any more.");
  }

  private static void show(String title, TraversalOrders orders, boolean isMarkdown) {
    say("%n%s%n", title);
    say("%s", (isMarkdown ? orders.markdown() : orders.text()).stripTrailing());
  }
}
