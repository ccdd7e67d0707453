package org.wengert.train.read;

import java.io.IOException;
import java.io.PushbackReader;
import org.jspecify.annotations.Nullable;

/// The tokenizers that [Tokenizer] offers. Out of reach for all but it, so that no thread begins
/// with one of them while another begins with the interface, and each waits for the other.
final class Tokenizers {
  private Tokenizers() {}

  static Tokenizer characters() {
    return new Characters();
  }

  static Tokenizer words() {
    return new Words();
  }

  /// Each character is a token.
  private record Characters() implements Tokenizer {
    @Override
    public @Nullable String next(PushbackReader text) throws IOException {
      int character = codePoint(text);
      return character < 0 ? null : Character.toString(character);
    }

    @Override
    public String join(Iterable<String> tokens) {
      return String.join("", tokens);
    }
  }

  /// Each word is a token, and each character outside of words that is not blank.
  private record Words() implements Tokenizer {
    private static final int LONGEST = 256;
    private static final String CLOSING = ".,;:!?)]}%…”»";
    private static final String OPENING = "([{“«";

    @Override
    public @Nullable String next(PushbackReader text) throws IOException {
      int character = codePoint(text);
      while (character >= 0 && isBlank(character)) {
        character = codePoint(text);
      }
      if (character < 0) {
        return null;
      }
      if (!isOfWord(character)) {
        return Character.toString(character);
      }
      StringBuilder word = new StringBuilder();
      while (character >= 0 && isOfWord(character) && word.length() < LONGEST) {
        word.appendCodePoint(character);
        character = codePoint(text);
      }
      if (character >= 0) {
        text.unread(Character.toChars(character));
      }
      return word.toString();
    }

    private static boolean isBlank(int character) {
      return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isOfWord(int character) {
      int type = Character.getType(character);
      return Character.isLetterOrDigit(character)
          || type == Character.NON_SPACING_MARK
          || type == Character.COMBINING_SPACING_MARK
          || character == '\''
          || character == '’';
    }

    @Override
    public String join(Iterable<String> tokens) {
      StringBuilder text = new StringBuilder();
      boolean open = true;
      for (String token : tokens) {
        text.append(open || CLOSING.contains(token) ? "" : " ").append(token);
        open = OPENING.contains(token);
      }
      return text.toString();
    }
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
