package org.wengert.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the page together from its parts, which are resources beside this class, and the data.
///
/// The page's policy names its one style and its one script by their hashes and forbids everything
/// else: whatever a name contains, the browser neither runs it nor fetches anything.
final class Page {
  private static final List<String> SCRIPTS =
      List.of(
          "data", "paths", "time", "layout", "wrap", "view", "draw", "panel", "steps", "search",
          "main");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

  private Page() {}

  static String of(Graph graph) {
    StringBuilder script = new StringBuilder("\"use strict\";\n(() => {\n");
    SCRIPTS.forEach(name -> script.append(resource("page-" + name + ".js")).append('\n'));
    script.append("})();\n");
    String style = resource("page.css");
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", SvgPicture.escaped(title(graph)));
    parts.put("style", style);
    parts.put("style-hash", hash(style));
    parts.put("script", script.toString());
    parts.put("script-hash", hash(script.toString()));
    parts.put("graph", graph.json());
    parts.put("layout", Layout.of(graph).json());
    Matcher placeholder = PLACEHOLDER.matcher(resource("page.html"));
    return placeholder.replaceAll(
        found -> Matcher.quoteReplacement(parts.getOrDefault(found.group(1), "")));
  }

  private static String title(Graph graph) {
    return "Graph of " + Card.clipped(graph.output().label());
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the library was packaged without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
