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
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module

/// The page of a fit, put together from its parts, which are resources beside this class, and data.
///
/// The page's policy names its one style and its one script by their hashes and forbids everything
/// else: whatever a name contains, the browser neither runs it nor fetches anything.
final class RunPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");
  private static final Gson GSON = new Gson(); // escapes <: nothing ends the script

  private RunPage() {}

  /// The name of a model's class; of one without a name that of the class that it extends.
  static String title(Module model) {
    Class<?> kind = model.getClass();
    while (kind.getSuperclass() != null && kind.getSimpleName().isEmpty()) {
      kind = kind.getSuperclass();
    }
    return kind.equals(Module.class) ? "Model" : kind.getSimpleName();
  }

  /// The page.
  ///
  /// @param connect what it may connect to, in the words of its policy
  static String of(String title, JsonObject data, String connect) {
    String script = resource("page.js");
    String style = resource("page.css");
    Map<String, String> parts = new LinkedHashMap<>();
    data.addProperty("title", title); // not part of the HTML: a name cannot become an element
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
