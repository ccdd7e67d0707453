package org.wengert.examples.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.wengert.examples.digits.DataException;

/// A text to learn from: the first nine tenths for training, the last for validation. Immutable.
public final class TextData {
  private static final int TENTHS = 10;

  private final Vocabulary vocabulary;
  private final int[] training;
  private final int[] validation;

  private TextData(Vocabulary vocabulary, int[] training, int[] validation) {
    this.vocabulary = vocabulary;
    this.training = training;
    this.validation = validation;
  }

  /// A text.
  ///
  /// @param name where it comes from, for messages
  /// @param length of the pieces that will be asked for
  /// @throws DataException if it is too short for such pieces
  public static TextData of(String name, String text, int length) {
    Vocabulary vocabulary = new Vocabulary(text);
    int[] numbers = vocabulary.encode(text);
    int needed = TENTHS * (length + 1);
    if (numbers.length < needed) {
      throw new DataException(
          name, numbers.length + " characters", "at least " + needed + " for pieces of " + length);
    }
    int split = numbers.length - numbers.length / TENTHS;
    return new TextData(
        vocabulary,
        Arrays.copyOf(numbers, split),
        Arrays.copyOfRange(numbers, split, numbers.length));
  }

  /// The text of a file in UTF-8.
  ///
  /// @throws DataException if there is no such text, or it is too short
  public static TextData read(Path file, int length) throws IOException {
    try {
      return of(file.toString(), Files.readString(file), length);
    } catch (NoSuchFileException e) {
      throw new DataException(file.toString(), "no such file", "a text in UTF-8");
    } catch (CharacterCodingException e) {
      throw new DataException(file.toString(), "bytes that are no UTF-8", "a text in UTF-8");
    }
  }

  /// Batches of pieces from random places, without end.
  public Supplier<TextBatch> randomPieces(int count, int length, RandomGenerator random) {
    return () -> {
      int[] starts = new int[count];
      Arrays.setAll(starts, i -> random.nextInt(training.length - length));
      return TextBatch.of(training, starts, length, false);
    };
  }

  /// Batches that go on where the one before ended: the text is cut into `count` strips, and read
  /// piece by piece in all of them at once, again and again. A strip that is too short for a piece
  /// overlaps with the next one.
  public Supplier<TextBatch> consecutivePieces(int count, int length) {
    int strip = Math.max(length, (training.length - 1) / count);
    int pieces = strip / length;
    int last = training.length - 1 - pieces * length;
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
    int last = validation.length - 1 - length;
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
    return training.length;
  }

  /// How many characters are for validation.
  public int validationSize() {
    return validation.length;
  }
}
