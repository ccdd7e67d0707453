package org.wengert.examples.guide;

import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Edge;
import org.wengert.graph.Explanation;
import org.wengert.graph.Graph;
import org.wengert.graph.TraversalOrders;
import org.wengert.graph.Vertex;

/// The code of the page on the chain rule.
public final class ChainRuleGuide {
  private ChainRuleGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    tree();
    mermaid();
    explain();
    paths();
    walk();
    order();
  }

  /// The value that the page explains; its picture is `Graph.of(error()).svg()`.
  public static Variable error() {
    // region: record
    Leaf w = Variable.of(0.4).named("w");
    Leaf b = Variable.of(0.3).named("b");
    Variable x = Variable.constant(0.6).named("x");
    Variable net = w.mul(x).add(b).named("net");
    Variable out = net.sigmoid().named("out");
    Variable error = out.rsub(1.0).square().named("E"); // E = (1 - out)²
    // end region
    return error;
  }

  static void tree() {
    Variable error = error();
    // region: tree
    Graph graph = Graph.of(error);
    System.out.print(graph.text());
    // end region
  }

  static void explain() {
    // region: explain
    Leaf w = Variable.of(0.4).named("w");
    Variable net = w.mul(0.6).add(0.3).named("net");
    Variable error = net.sigmoid().named("out").rsub(1.0).square().named("E");
    System.out.print(ChainRule.explain(error, w).text());
    // end region
  }

  static void paths() {
    // region: paths
    Leaf x = Variable.of(2.0).named("x");
    Variable a = x.square().named("a");
    Variable b = x.mul(3.0).named("b");
    Variable y = a.mul(b).named("y"); // 3 x³, by two ways from x
    Explanation why = ChainRule.explain(y, x);
    System.out.print(why.text());
    // end region
  }

  static void mermaid() {
    Variable error = error();
    // region: mermaid
    System.out.print(Graph.of(error).mermaid());
    // end region
  }

  static void walk() {
    Variable error = error();
    // region: walk
    Graph graph = Graph.of(error);
    for (Vertex vertex : graph.vertices()) {
      if (vertex instanceof Vertex.Operation operation) {
        for (Edge edge : operation.operands()) {
          String operand = graph.vertex(edge.from()).label();
          System.out.println(
              "∂" + vertex.label() + "/∂" + operand + " = " + graph.derivative(edge));
        }
      }
    }
    // end region
  }

  static void order() {
    // region: order
    Leaf a = Variable.of(1.0).named("a");
    Variable b = a.add(a).named("b");
    Variable c = b.add(b).named("c");
    System.out.print(TraversalOrders.compare(c, a).text());
    // end region
  }
}
