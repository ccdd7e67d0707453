package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The parsers that pictures are read with refuse what is not well formed.
class PicturesTest {
  @Test
  void dotIsReadByItsGrammar() {
    DotGrammar.Picture picture =
        DotGrammar.read(
            "digraph { rankdir=LR; a [label=\"x \\\" y\"]; subgraph s { b } a -> b -> a [w=-.5,]; }");
    assertEquals("x \\\" y", picture.nodes().get("a").get("label"));
    assertEquals(List.of("/s"), picture.subgraphs());
    assertEquals(List.of(List.of("a", "b"), List.of("b", "a")), picture.edges());
  }

  @Test
  void whatIsNoDotIsRefused() {
    for (String text :
        List.of(
            "digraph { a [label=\"x\"y\"]; }",
            "digraph { a [label=x-y]; }",
            "digraph { a -- b }",
            "digraph { node }",
            "digraph { a ",
            "digraph { } }",
            "digraph { a; a }",
            "digraph { a [label=\"x] }")) {
      assertThrows(AssertionError.class, () -> DotGrammar.read(text), text);
    }
  }

  @Test
  void whatIsNoHtmlIsRefused() {
    String start = "<!DOCTYPE html>\n";
    assertEquals(3, HtmlTags.read(start + "<p><b id=\"x\">&lt;</b><br></p>").size());
    for (String text :
        List.of(
            "<p>",
            "<p></b></p>",
            "<p>1 < 2</p>",
            "<p>a & b</p>",
            "<p class=x></p>",
            "<p id=\"a\" id=\"b\"></p>",
            "<script>\"</script >\"</script>",
            "<script><!--</script>")) {
      assertThrows(AssertionError.class, () -> HtmlTags.read(start + text), text);
    }
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String text : List.of("{a: 1}", "{\"a\": NaN}", "[1,]", "[1] [2]", "['a']", "[01]")) {
      Throwable refusal = assertThrows(Throwable.class, () -> Pictures.strict(text), text);
      assertTrue(refusal.getMessage().contains("at line 1"), refusal::toString);
    }
  }
}
