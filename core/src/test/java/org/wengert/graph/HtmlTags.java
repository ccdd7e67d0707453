package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads HTML more strictly than browsers do: every element that is opened is closed, in order,
/// attributes are quoted and appear once, `<` and `&` are written as references in text, and
/// scripts and styles end at the first tag that would end them in a browser.
final class HtmlTags {
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr", "img");
  private static final Set<String> RAW = Set.of("script", "style");
  private static final Pattern TAG =
      Pattern.compile(
          "<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:\\s+[a-zA-Z:-]+"
              + "(?:=\"[^\"<]*\")?)*+)\\s*(?<empty>/?)>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-zA-Z:-]+)(?:=\"((?:[^\"&]|&(?:#?[a-zA-Z0-9]+);)*+)\")?(?=\\s|$)");
  private static final Pattern TEXT = Pattern.compile("(?:[^<&]|&#?[a-zA-Z0-9]+;)*+");

  /// An element and, of a script or style, what is in it.
  record Element(String name, Map<String, String> attributes, String content) {}

  private HtmlTags() {}

  /// All elements, in the order in which they open.
  static List<Element> read(String page) {
    String doctype = "<!DOCTYPE html>\n";
    require(page.startsWith(doctype), "no doctype");
    List<Element> elements = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(page);
    Matcher text = TEXT.matcher(page);
    int at = doctype.length();
    while (at < page.length()) {
      require(tag.region(at, page.length()).lookingAt(), "no tag", page, at);
      String name = tag.group("name");
      at = tag.end();
      if (!tag.group("close").isEmpty()) {
        require(!open.isEmpty() && open.pop().equals(name), "closes another element", page, at);
      } else {
        boolean isRaw = RAW.contains(name);
        int end = isRaw ? rawEnd(page, at, name) : at;
        elements.add(
            new Element(name, attributes(tag.group("attributes")), page.substring(at, end)));
        if (tag.group("empty").isEmpty() && !VOID.contains(name)) {
          open.push(name);
        }
        at = end;
      }
      require(text.region(at, page.length()).lookingAt(), "no text", page, at);
      at = text.end();
    }
    require(open.isEmpty(), "open at the end: " + open);
    return elements;
  }

  /// Browsers end a script at `</script`, whatever is around it; and `<!--` would change that.
  private static int rawEnd(String page, int from, String name) {
    Matcher end =
        Pattern.compile("</" + name + "[\\s/>]|<!--", Pattern.CASE_INSENSITIVE).matcher(page);
    require(end.find(from) && end.group().charAt(1) == '/', "no end of " + name, page, from);
    return end.start();
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(text);
    String rest = text;
    while (!rest.isBlank()) {
      rest = rest.stripLeading();
      require(attribute.reset(rest).lookingAt(), "no attribute: " + rest);
      String value = attribute.group(2) == null ? "" : attribute.group(2);
      require(attributes.put(attribute.group(1), value) == null, "twice: " + text);
      rest = rest.substring(attribute.end());
    }
    return attributes;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError(problem);
    }
  }

  private static void require(boolean holds, String problem, String page, int at) {
    if (!holds) {
      String around = page.substring(Math.max(0, at - 60), Math.min(page.length(), at + 60));
      throw new AssertionError(problem + " at " + at + ": " + around);
    }
  }
}
