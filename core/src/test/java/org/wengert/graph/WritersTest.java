package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Scope;
import org.wengert.Variable;

/// Graphs as text, DOT, Mermaid and LaTeX.
class WritersTest {
  private static Graph example() {
    Leaf x = Variable.of(-2.0).named("x");
    Leaf y = Variable.of(5.0).named("y");
    Leaf z = Variable.of(-4.0).named("z");
    Variable q = Scope.named("sum", () -> x.add(y)).named("q");
    return Graph.of(q.mul(z).add(q).named("f"));
  }

  @Test
  void textIsATree() {
    assertEquals(
        """
        f = v4 + q = -9   gradient 1
        ├─ v4 = q · z = -12   gradient 1
        │  ├─ q = x + y = 3   gradient -3   in sum
        │  │  ├─ x = -2   gradient -3
        │  │  └─ y = 5   gradient -3
        │  └─ z = -4   gradient 3
        └─ q (above)
        """,
        example().text());
  }

  @Test
  void aDeepGraphIsSeveralTrees() {
    Variable at = Variable.of(1.0).named("x");
    for (int i = 0; i < 10_000; i++) {
      at = F.sin(at);
    }
    String text = Graph.of(at).text();
    assertTrue(text.contains(" (below)\n"));
    assertTrue(text.length() < 3_000_000, "length " + text.length());
  }

  @Test
  void dotHasClustersAndDerivatives() {
    assertEquals(
        """
        digraph {
          rankdir=LR;
          node [fontname="sans-serif"];
          v0 [shape=box, label="x\\n= -2"];
          v1 [shape=box, label="y\\n= 5"];
          v2 [shape=box, label="z\\n= -4"];
          v4 [shape=ellipse, label="v4\\n= q · z\\n= -12"];
          v5 [shape=ellipse, label="f\\n= v4 + q\\n= -9"];
          subgraph cluster_0 { label="sum";
            v3 [shape=ellipse, label="q\\n= x + y\\n= 3"];
          }
          v0 -> v3 [label="1"];
          v1 -> v3 [label="1"];
          v3 -> v4 [label="z"];
          v2 -> v4 [label="q"];
          v4 -> v5 [label="1"];
          v3 -> v5 [label="1"];
        }
        """,
        example().dot());
  }

  @Test
  void mermaidHasSubgraphsAndDerivatives() {
    String mermaid = example().mermaid();
    assertTrue(mermaid.startsWith("flowchart LR\n  v0[\"x<br/>= -2\"]\n"), mermaid);
    assertTrue(mermaid.contains("  subgraph p0[\"sum\"]\n    v3([\"q<br/>= x + y<br/>= 3\"])\n"));
    assertTrue(mermaid.endsWith("v3 -->|\"1\"| v5\n"));
  }

  @Test
  void latexIsTheForwardComputation() {
    assertEquals(
        """
        {\\allowdisplaybreaks
        \\begin{align*}
          x &= -2 \\\\
          y &= 5 \\\\
          z &= -4 \\\\
          q &= x + y = 3 \\\\
          v_{4} &= q \\cdot  z = -12 \\\\
          f &= v_{4} + q = -9
        \\end{align*}}
        """,
        example().latex());
  }

  @Test
  void latexHasNothingThatPlainLatexLacks() {
    Variable x = Variable.of(2.0).named("Δ漢\u2028");
    Variable y = x.mul(Variable.of(3.0).named("ŷ")).add(Variable.of(1.0).named("x̄")).named("é");
    String latex = Graph.of(y).latex();
    assertTrue(latex.chars().allMatch(c -> c < 128 || c == 'é'), latex);
    assertTrue(latex.contains("U+6F22"), latex);
    assertTrue(latex.contains("  \\hat{y} &= 3 "), latex);
    assertTrue(latex.contains("  \\text{é} &= "), latex);
  }

  @Test
  void namesHarmNothing() {
    String evil = "a\"]; v9 [x]\n<script>alert(1)</script>\\end{align*} `$(rm)` |\u0000\ud800";
    Variable x = Variable.of(1.0).named(evil + "x".repeat(10_000));
    Graph graph = Graph.of(Scope.named("\"; } digraph {", () -> F.sin(x)));
    for (String text : new String[] {graph.dot(), graph.mermaid()}) {
      assertFalse(text.contains("<script"), text);
      assertFalse(text.contains("\"];v9") || text.contains("\"]; v9"), text);
      assertTrue(text.length() < 2_000, "length " + text.length());
    }
    assertTrue(graph.dot().contains("label=\"&#34;&#59; &#125; digraph &#123;\""), graph.dot());
    assertEquals(1, graph.latex().split("\\\\end\\{align", -1).length - 1);
    assertEquals(2, graph.text().lines().count());
  }

  @Test
  void everyCharacterIsInLatex() {
    String latex = Graph.of(Variable.of(2.0).named("𝓛\n😀").exp()).latex();
    assertTrue(latex.contains("U+1D4DB") && latex.contains("U+1F600"), latex);
    assertFalse(latex.contains("?"), latex);
  }
}
