package org.wengert.examples.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;
import org.wengert.train.read.TextFile;
import org.wengert.train.read.TokenNumbers;
import org.wengert.train.read.Tokenizer;
import org.wengert.train.read.Vocabulary;

/// A text to learn from: the first nine tenths for training, the last for validation. Immutable.
public final class TextData {
  private static final int TENTHS = 10;

  private final Vocabulary vocabulary;
  private final TokenNumbers training;
  private final TokenNumbers validation;

  private TextData(String name, Vocabulary vocabulary, TokenNumbers text, int length) {
    int needed = TENTHS * (length + 1);
    if (text.size() < needed) {
      throw new OptionException(name + ": " + text.size() + " characters")
          .hint("at least " + needed + " are needed for pieces of " + length);
    }
    int split = text.size() - text.size() / TENTHS;
    this.vocabulary = vocabulary;
    this.training = text.slice(0, split);
    this.validation = text.slice(split, text.size());
  }

  /// A text.
  ///
  /// @param name where it comes from, for messages
  /// @param length of the pieces that will be asked for
  /// @throws OptionException if it is too short for such pieces
  public static TextData of(String name, String text, int length) {
    List<String> characters = Tokenizer.CHARACTERS.tokens(text);
    Vocabulary vocabulary = Vocabulary.of(characters.stream().sorted().distinct().toList());
    TokenNumbers numbers = TokenNumbers.of(vocabulary.encode(characters));
    return new TextData(name, vocabulary, numbers, length);
  }

  /// The text of a file in UTF-8.
  ///
  /// @throws IOException if there is no such text
  /// @throws org.wengert.io.FileFormatException if it is no text
  /// @throws OptionException if it is too short for pieces of this length
  public static TextData read(Path file, int length) throws IOException {
    Vocabulary vocabulary = TextFile.vocabulary(file, Tokenizer.CHARACTERS);
    TokenNumbers numbers = TextFile.read(file, Tokenizer.CHARACTERS, vocabulary);
    return new TextData(file.toString(), vocabulary, numbers, length);
  }

  /// Batches of pieces from random places, without end.
  public Supplier<TextBatch> randomPieces(int count, int length, RandomGenerator random) {
    return () -> {
      int[] starts = new int[count];
      Arrays.setAll(starts, i -> random.nextInt(training.size() - length));
      return TextBatch.of(training, starts, length, false);
    };
  }

  /// Batches that go on where the one before ended: the text is cut into `count` strips, and read
  /// piece by piece in all of them at once, again and again. A strip that is too short for a piece
  /// overlaps with the next one.
  public Supplier<TextBatch> consecutivePieces(int count, int length) {
    int strip = Math.max(length, (training.size() - 1) / count);
    int pieces = strip / length;
    int last = training.size() - 1 - pieces * length;
    int[] starts = new int[count];
    Arrays.setAll(starts, i -> Math.min(i * strip, last));
    int[] next = {0};
    return () -> {
      int piece = next[0]++ % pieces;
      int[] now = Arrays.stream(starts).map(start -> start + piece * length).toArray();
      return TextBatch.of(training, now, length, piece > 0);
    };
  }

  /// Pieces of the text for validation, evenly spread, in batches.
  ///
  /// @param most how many pieces at most
  public List<TextBatch> validation(int count, int length, int most) {
    int last = validation.size() - 1 - length;
    int pieces = Math.min(most, last / length + 1);
    List<TextBatch> batches = new ArrayList<>();
    for (int from = 0; from < pieces; from += count) {
      int[] starts = new int[Math.min(count, pieces - from)];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = (int) ((long) (from + i) * last / Math.max(1, pieces - 1));
      }
      batches.add(TextBatch.of(validation, starts, length, false));
    }
    return batches;
  }

  /// The characters of the text.
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /// How many characters are learned from.
  public int trainingSize() {
    return training.size();
  }

  /// How many characters are for validation.
  public int validationSize() {
    return validation.size();
  }
}
