package org.wengert.io;

/// Reads the few Python literals of an npy header, token by token: what the caller does not ask for
/// is an error. Nothing is evaluated. Holds its place in the text; for one thread.
final class LiteralText {
  private final String text;
  private final Place place;
  private int at;

  LiteralText(String text, Place place) {
    this.text = text;
    this.place = place;
  }

  /// Demands the character `c`.
  void expect(char c) {
    if (!skip(c)) {
      throw error(found(), "'" + c + "'");
    }
  }

  /// Goes past the character `c` if it is next.
  boolean skip(char c) {
    boolean there = sees(c);
    at += there ? 1 : 0;
    return there;
  }

  /// Whether the character `c` is next, after blanks.
  boolean sees(char c) {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && text.charAt(at) == c;
  }

  /// A string in single or double quotes, without escapes.
  String string() {
    char quote = sees('"') ? '"' : '\'';
    expect(quote);
    int end = text.indexOf(quote, at);
    int escape = text.indexOf('\\', at);
    if (end < 0 || escape >= 0 && escape < end) {
      throw error(end < 0 ? "a string without end" : "an escape", "a plain string");
    }
    String string = text.substring(at, end);
    at = end + 1;
    return string;
  }

  /// `True` or `False`.
  boolean truth() {
    boolean isTrue = sees('T');
    String word = isTrue ? "True" : "False";
    if (!text.startsWith(word, at)) {
      throw error(found(), "True or False");
    }
    at += word.length();
    return isTrue;
  }

  /// An integer of 0 or more; Python 2 wrote an `L` behind it.
  long integer() {
    sees('0');
    int start = at;
    while (at < text.length() && at < start + 19 && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start || at < text.length() && isDigit(text.charAt(at))) {
      at = start;
      throw error(found(), "an integer of 0 or more, up to 18 digits");
    }
    if (at == start + 19) {
      at = start;
      throw error("19 digits", "an integer of 0 or more, up to 18 digits");
    }
    long value = Long.parseLong(text, start, at, 10);
    at += at < text.length() && text.charAt(at) == 'L' ? 1 : 0;
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Demands that only blanks follow.
  void end() {
    sees(' ');
    if (at < text.length()) {
      throw error(found(), "only blanks after the header's dictionary");
    }
  }

  private String found() {
    if (at >= text.length()) {
      return "the end of the header";
    }
    char c = text.charAt(at);
    return c >= ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", (int) c);
  }

  private FileFormatException error(String found, String expected) {
    return place.within("header character " + at).found(found, expected);
  }
}
