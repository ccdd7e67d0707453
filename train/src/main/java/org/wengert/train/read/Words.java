package org.wengert.train.read;

import java.io.IOException;
import java.io.PushbackReader;
import org.jspecify.annotations.Nullable;

/// Each word is a token, and each character outside of words that is not blank.
record Words() implements Tokenizer {
  private static final int LONGEST = 256;
  private static final String CLOSING = ".,;:!?)]}%…”»";
  private static final String OPENING = "([{“«";

  @Override
  public @Nullable String next(PushbackReader text) throws IOException {
    int character = Characters.codePoint(text);
    while (character >= 0 && isBlank(character)) {
      character = Characters.codePoint(text);
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
      character = Characters.codePoint(text);
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
