package org.wengert.train.live;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a fit, put together from its parts, which are resources beside this class, and data.
///
/// The page's policy names its one style and its one script by their hashes and forbids everything
/// else: whatever a name contains, the browser neither runs it nor fetches anything.
final class RunPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");
  private static final Gson GSON = new Gson(); // writes < as \u003c: nothing ends the script

  private RunPage() {}

  /// The page.
  ///
  /// @param connect what it may connect to, in the words of its policy
  static String of(String title, JsonObject data, String connect) {
    String script = resource("page.js");
    String style = resource("page.css");
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", escaped(title));
    parts.put("style", style);
    parts.put("style-hash", hash(style));
    parts.put("script", script);
    parts.put("script-hash", hash(script));
    parts.put("connect", connect);
    parts.put("data", GSON.toJson(data));
    Matcher placeholder = PLACEHOLDER.matcher(resource("page.html"));
    return placeholder.replaceAll(
        found -> Matcher.quoteReplacement(parts.getOrDefault(found.group(1), "")));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = RunPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the library was packaged without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
