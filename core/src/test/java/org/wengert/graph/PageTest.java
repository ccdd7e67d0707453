package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.Leaf;
import org.wengert.Scope;
import org.wengert.Variable;

/// The page as a file; what it does in a browser is tested in the profile `browser`.
class PageTest {
  private static Graph graph() {
    Leaf x = Variable.of(3.0).named("x");
    return Graph.of(Scope.named("part", () -> x.mul(2.0).exp()).named("y"));
  }

  private static String only(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  @Test
  void theDataAreInThePageAsTheyAre() {
    String page = Page.of(graph());
    assertEquals(graph().json(), only(page, "id=\"graph\">(.*?)</script>"));
    String layout = only(page, "id=\"layout\">(.*?)</script>");
    assertEquals(
        2, JsonParser.parseString(layout).getAsJsonObject().get("boxes").getAsJsonArray().size());
    assertFalse(page.contains("{{"), "a placeholder is left");
  }

  @Test
  void onlyTheOneScriptAndStyleMayRun() throws Exception {
    String page = Page.of(graph());
    String policy = only(page, "Content-Security-Policy\" content=\"(.*?)\">");
    assertTrue(policy.startsWith("default-src 'none';"));
    assertTrue(policy.contains("style-src '" + hash(only(page, "<style>(.*?)</style>")) + "'"));
    assertTrue(policy.contains("script-src '" + hash(only(page, "<script>(.*?)</script>")) + "'"));
  }

  private static String hash(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void nothingIsFetched() {
    String page = Page.of(graph()).replace("http://www.w3.org/2000/svg", "");
    assertFalse(Pattern.compile("https?:|src=|@import|url\\((?!#)").matcher(page).find());
  }

  @Property(tries = 100)
  void namesAreDataAndNothingElse(@ForAll String name) {
    String usual = Page.of(named("x"));
    String hostile = Page.of(named("</script><script>" + name + "<!--{{script}}"));
    Pattern tags = Pattern.compile("<[/a-zA-Z!][^>\\s]*");
    assertEquals(tags.matcher(usual).results().count(), tags.matcher(hostile).results().count());
  }

  private static Graph named(String name) {
    Leaf x = Variable.of(1.0).named(name);
    return Graph.of(Scope.named(name, () -> x.exp().tanh()).named(name));
  }

  @Property(tries = 100)
  void pagesOfRandomGraphsHaveAllTheirValues(@ForAll long seed) {
    Graph graph = LayoutTest.random(seed);
    String page = Page.of(graph);
    JsonObject data = parsed(only(page, "id=\"graph\">(.*?)</script>"));
    JsonObject layout = parsed(only(page, "id=\"layout\">(.*?)</script>"));
    assertEquals(graph.vertices().size(), data.getAsJsonArray("vertices").size());
    Set<String> places = new TreeSet<>();
    for (JsonElement box : layout.getAsJsonArray("boxes")) {
      for (JsonElement column : box.getAsJsonObject().getAsJsonArray("columns")) {
        column.getAsJsonArray().forEach(slot -> places.add(slot.getAsString()));
      }
    }
    graph.vertices().forEach(vertex -> assertTrue(places.contains("v" + vertex.id())));
  }

  private static JsonObject parsed(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  @Test
  void aPageIsWrittenToAFile(@TempDir Path folder) throws Exception {
    graph().html(folder.resolve("y.html"));
    assertEquals(Page.of(graph()), Files.readString(folder.resolve("y.html")));
  }

  @Test
  void withoutABrowserOneIsToldWhereThePageIs() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Path file;
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      file = Browser.open(graph(), List.of("no-such-program"));
    } finally {
      System.setOut(out);
    }
    assertEquals(
        "No browser could be started; the graph is in " + file.toUri(),
        said.toString(StandardCharsets.UTF_8).strip());
    assertEquals(Page.of(graph()), Files.readString(file));
    Files.delete(file);
  }

  @Test
  void everySystemHasItsWayToOpenAPage() {
    assertEquals(List.of("xdg-open"), Browser.opener("Linux"));
    assertEquals(List.of("open"), Browser.opener("Mac OS X"));
    assertEquals("rundll32", Browser.opener("Windows 11").getFirst());
  }
}
