package org.wengert.train.log;

/// Texts of others as logs show them.
final class Plain {
  private Plain() {}

  /// One line without control characters, whatever was in it.
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString();
  }
}
