package org.wengert.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// Reads the JSON (RFC 8259) of a file's header token by token, strictly: what the caller does not
/// ask for is an error. The caller's questions bound the depth, so nothing recurses and hostile
/// nesting costs nothing; no tree is built.
///
/// Only what headers need exists: objects, arrays, strings and integers of 0 or more.
///
/// Holds its place in the text; for one thread.
final class Json {
  private final Path file;
  private final String text;
  private int at;

  /// A reader of UTF-8 `bytes` from `file`, which is named in errors.
  ///
  /// @throws FileFormatException if the bytes are no UTF-8
  Json(Path file, byte[] bytes) {
    this.file = file;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      throw new FileFormatException(
          file,
          "header byte " + in.position(),
          String.format("byte 0x%02x", bytes[in.position()]),
          "UTF-8");
    }
    this.text = out.flip().toString();
  }

  /// What is done with a member of an object.
  interface Member {
    /// Reads the value of the member `key`; the reader stands before it.
    void value(String key);
  }

  /// What is done with an element of an array.
  interface Element {
    /// Reads the element; the reader stands before it.
    void value();
  }

  /// Reads an object; no key may come twice.
  void object(Member member) {
    expect('{');
    Set<String> keys = new LinkedHashSet<>();
    if (skip('}')) {
      return;
    }
    do {
      int start = next();
      String key = string();
      if (!keys.add(key)) {
        throw error(start, "the key " + shown(key) + " again", "each key once");
      }
      expect(':');
      member.value(key);
    } while (more('}'));
  }

  /// Reads an array.
  void array(Element element) {
    expect('[');
    if (skip(']')) {
      return;
    }
    do {
      element.value();
    } while (more(']'));
  }

  /// Reads an integer of 0 or more.
  long integer() {
    int start = next();
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      int digit = text.charAt(at++) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw error(start, "a number beyond " + Long.MAX_VALUE, "a smaller integer");
      }
      value = value * 10 + digit;
    }
    if (at > start + 1 && text.charAt(start) == '0') {
      throw error(start, "a leading zero", "an integer of 0 or more");
    }
    if (at == start || (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0)) {
      throw error(at, found(), "an integer of 0 or more");
    }
    return value;
  }

  /// Reads a string.
  String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      int start = at;
      char c = at < text.length() ? text.charAt(at++) : '\0';
      if (c == '"') {
        break;
      }
      if (c < ' ') {
        at = start;
        throw error(start, found(), "the rest of a string");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    if (unpairedSurrogate(value) >= 0) {
      throw error(at, "half a surrogate pair in " + shown(value.toString()), "Unicode");
    }
    return value.toString();
  }

  private char escaped() {
    int start = at - 1;
    char c = at < text.length() ? text.charAt(at++) : '\0';
    if (c == 'u') {
      return hexadecimal(start);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      throw error(start, "an unknown escape", "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000");
    }
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private char hexadecimal(int start) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = at < text.length() ? text.charAt(at++) : '\0';
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw error(start, "an unknown escape", "\\u and four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  /// Demands that nothing but white space follows.
  void end() {
    if (next() < text.length()) {
      throw error(at, found(), "only blanks after the header's object");
    }
  }

  private boolean more(char close) {
    if (skip(',')) {
      return true;
    }
    if (!skip(close)) {
      throw error(at, found(), "',' or '" + close + "'");
    }
    return false;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw error(at, found(), "'" + c + "'");
    }
  }

  private boolean skip(char c) {
    boolean there = next() < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private int next() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private String found() {
    if (at >= text.length()) {
      return "the end of the header";
    }
    char c = text.charAt(at);
    boolean printable = c >= ' ' && c < 127;
    return printable ? "'" + c + "'" : String.format("U+%04X", (int) c);
  }

  private FileFormatException error(int place, String found, String expected) {
    return new FileFormatException(file, "header character " + place, found, expected);
  }

  /// The text in quotes for an error, shortened, control characters escaped.
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    quote(text.length() <= 80 ? text : text.substring(0, 77) + "...", shown);
    return shown.toString();
  }

  /// Appends `text` as a JSON string.
  static void quote(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < ' ' || c == 127) {
        to.append(String.format("\\u%04x", (int) c));
      } else {
        to.append(c);
      }
    }
    to.append('"');
  }

  /// The index of a surrogate without its other half, which UTF-8 cannot hold, or -1.
  static int unpairedSurrogate(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }
}
