package org.wengert.train.read;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Divides text into the pieces that a model of language gets numbers for. Implementations hold no
/// state, so that they can be shared.
public interface Tokenizer {
  /// So many characters a tokenizer may push back.
  int BACK = 16;

  /// Each character (Unicode code point) is a token.
  Tokenizer CHARACTERS = Tokenizers.characters();

  /// Each word is a token, a run of letters, digits and apostrophes, and each other character that
  /// is not blank. Runs of more than 256 characters, which are no words, are cut.
  Tokenizer WORDS = Tokenizers.words();

  /// The next token of a text, which may be read ahead if it is pushed back; null at its end.
  ///
  /// @throws IOException if the text cannot be read
  @Nullable String next(PushbackReader text) throws IOException;

  /// The text of some tokens: exactly for characters, for words what is usual in English.
  String join(Iterable<String> tokens);

  /// The tokens of a text in memory.
  default List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    PushbackReader reader = new PushbackReader(new StringReader(text), BACK);
    try {
      for (String token = next(reader); token != null; token = next(reader)) {
        tokens.add(token);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tokens;
  }
}
