package org.wengert.train.read;

import java.io.IOException;
import java.io.PushbackReader;
import org.jspecify.annotations.Nullable;

/// Each character is a token.
record Characters() implements Tokenizer {
  @Override
  public @Nullable String next(PushbackReader text) throws IOException {
    int character = codePoint(text);
    return character < 0 ? null : Character.toString(character);
  }

  @Override
  public String join(Iterable<String> tokens) {
    return String.join("", tokens);
  }

  /// The next code point, or half of one that is alone; -1 at the end.
  static int codePoint(PushbackReader text) throws IOException {
    int first = text.read();
    if (first < 0 || !Character.isHighSurrogate((char) first)) {
      return first;
    }
    int second = text.read();
    if (second >= 0 && Character.isLowSurrogate((char) second)) {
      return Character.toCodePoint((char) first, (char) second);
    }
    if (second >= 0) {
      text.unread(second);
    }
    return first;
  }
}
