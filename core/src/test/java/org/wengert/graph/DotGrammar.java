package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads DOT by the grammar that Graphviz publishes (graphviz.org/doc/info/lang.html), and nothing
/// beyond it: what is not in the grammar is an error. Holds state: where it is in the text.
final class DotGrammar {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<blank>\\s+|//[^\\n]*|/\\*.*?\\*/)\
          |(?<mark>->|--|[{}\\[\\];,=:])\
          |(?<word>[a-zA-Z_\\x{80}-\\x{10ffff}][a-zA-Z_0-9\\x{80}-\\x{10ffff}]*)\
          |(?<numeral>-?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?))\
          |"(?<quoted>(?:[^"\\\\]|\\\\.)*+)\"""",
          Pattern.DOTALL);
  private static final Set<String> KEYWORDS =
      Set.of("node", "edge", "graph", "digraph", "subgraph", "strict");

  /// A token; of a name, its text without quotes.
  private record Token(String text, boolean isName) {}

  /// What a text describes: the attributes of each vertex, the edges, and how subgraphs nest.
  record Picture(
      Map<String, Map<String, String>> nodes, List<List<String>> edges, List<String> subgraphs) {}

  private final List<Token> tokens = new ArrayList<>();
  private final Picture picture =
      new Picture(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
  private int at;

  private DotGrammar(String text) {
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!token.find() || token.start() != end) {
        throw new AssertionError("no token of DOT at " + end + " of\n" + text);
      }
      end = token.end();
      add(token);
    }
  }

  private void add(Matcher token) {
    String word = token.group("word");
    if (token.group("quoted") != null) {
      tokens.add(new Token(token.group("quoted"), true));
    } else if (word != null && !KEYWORDS.contains(word.toLowerCase(Locale.ROOT))) {
      tokens.add(new Token(word, true));
    } else if (token.group("numeral") != null) {
      tokens.add(new Token(token.group(), true));
    } else if (token.group("blank") == null) {
      tokens.add(new Token(token.group(), false));
    }
  }

  /// Reads a directed graph.
  static Picture read(String text) {
    DotGrammar grammar = new DotGrammar(text);
    grammar.skips("strict");
    grammar.expect("digraph");
    if (grammar.isName()) {
      grammar.name();
    }
    grammar.block("");
    if (grammar.at != grammar.tokens.size()) {
      throw grammar.error("something behind the graph");
    }
    return grammar.picture;
  }

  private void block(String path) {
    expect("{");
    while (!skips("}")) {
      statement(path);
      skips(";");
    }
  }

  private void statement(String path) {
    if (skips("graph") || skips("node") || skips("edge")) {
      if (!is("[")) {
        throw error("no attributes");
      }
      attributes();
    } else if (is("subgraph") || is("{")) {
      subgraph(path);
    } else {
      String name = name();
      if (skips("=")) {
        name();
      } else {
        nodeOrEdge(name);
      }
    }
  }

  private void subgraph(String path) {
    String name = skips("subgraph") && isName() ? name() : "";
    picture.subgraphs.add(path + "/" + name);
    block(path + "/" + name);
  }

  private void nodeOrEdge(String from) {
    port();
    if (!is("->")) {
      Map<String, String> attributes = attributes();
      if (picture.nodes.put(from, attributes) != null) {
        throw error("two vertices " + from);
      }
      return;
    }
    String last = from;
    while (skips("->")) {
      String to = name();
      port();
      picture.edges.add(List.of(last, to));
      last = to;
    }
    attributes();
  }

  private void port() {
    for (int i = 0; i < 2 && skips(":"); i++) {
      name();
    }
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    while (skips("[")) {
      while (!skips("]")) {
        String key = name();
        expect("=");
        attributes.put(key, name());
        if (!skips(",")) {
          skips(";");
        }
      }
    }
    return attributes;
  }

  private boolean isName() {
    return at < tokens.size() && tokens.get(at).isName();
  }

  private String name() {
    if (!isName()) {
      throw error("no name");
    }
    return tokens.get(at++).text();
  }

  private boolean is(String mark) {
    return at < tokens.size() && !tokens.get(at).isName() && tokens.get(at).text().equals(mark);
  }

  private boolean skips(String mark) {
    boolean is = is(mark);
    at += is ? 1 : 0;
    return is;
  }

  private void expect(String mark) {
    if (!skips(mark)) {
      throw error("no " + mark);
    }
  }

  private AssertionError error(String problem) {
    List<Token> before = tokens.subList(Math.max(0, at - 5), Math.min(at + 1, tokens.size()));
    return new AssertionError(problem + " at the end of " + before);
  }
}
