package org.wengert.graph;

/// Writes JSON (RFC 8259) piece by piece. Whatever characters a text has, what is written is ASCII
/// without `<`, `>`, `&` and quotes inside of texts, so that it may stand in a page's script
/// element and in a file of any encoding.
///
/// Holds state: the text so far.
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private boolean needsComma;

  /// Begins an object or array, `{` or `[`.
  JsonWriter open(char bracket) {
    comma();
    out.append(bracket);
    needsComma = false;
    return this;
  }

  /// Ends what was begun, with `}` or `]`.
  JsonWriter close(char bracket) {
    out.append(bracket);
    needsComma = true;
    return this;
  }

  /// The key of the member whose value is written next.
  JsonWriter key(String key) {
    comma();
    string(key);
    out.append(':');
    needsComma = false;
    return this;
  }

  /// A text.
  JsonWriter text(String text) {
    comma();
    string(text);
    needsComma = true;
    return this;
  }

  /// A whole number.
  JsonWriter number(long number) {
    comma();
    out.append(number);
    needsComma = true;
    return this;
  }

  /// A number as `Double.toString` has it; JSON has no word for those that are not finite, which
  /// become the texts `NaN`, `Infinity` and `-Infinity`.
  JsonWriter number(double number) {
    return Double.isFinite(number) ? token(Double.toString(number)) : text(Double.toString(number));
  }

  /// The shortest number that is this `float`.
  JsonWriter number(float number) {
    return Float.isFinite(number) ? token(Float.toString(number)) : text(Float.toString(number));
  }

  private JsonWriter token(String number) {
    comma();
    out.append(number.endsWith(".0") ? number.substring(0, number.length() - 2) : number);
    needsComma = true;
    return this;
  }

  private void comma() {
    if (needsComma) {
      out.append(',');
    }
  }

  /// A line break, for those who look into the file.
  JsonWriter line() {
    comma();
    out.append('\n');
    needsComma = false;
    return this;
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || "\"\\<>&'".indexOf(c) >= 0) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /// The text so far.
  @Override
  public String toString() {
    return out.toString();
  }
}
