package org.wengert.train.read;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;

/// Reads plain text in UTF-8, as it is or compressed by gzip: as lines, as tokens, and as numbers
/// of tokens for a model of language.
///
/// ```
/// Vocabulary characters = TextFile.vocabulary(file, Tokenizer.CHARACTERS);
/// TokenNumbers text = TextFile.read(file, Tokenizer.CHARACTERS, characters);
/// DataLoader<Sample> loader = DataLoader.of(text.windows(64, 64), DataLoader.Options.defaults());
/// ```
///
/// Bytes that are no UTF-8 are refused with their offset; and compressed text that unpacks to more
/// than a hundred bytes for each byte of the file, and 1 MiB.
///
/// Stateless and thread-safe.
public final class TextFile {
  private static final int LONGEST_LINE = 1 << 24;

  private TextFile() {}

  /// The lines of a file, without their ends (`\n` or `\r\n`), one at a time.
  ///
  /// @throws IOException if the file cannot be opened
  /// @throws org.wengert.io.FileFormatException while they are walked, if the text is damaged or a
  ///     line has more than 16,777,216 characters
  public static Rows<String> lines(Path file) throws IOException {
    return new Rows<>(new Lines(Utf8Reader.open(file)));
  }

  /// The tokens of a file, one at a time.
  ///
  /// @throws IOException if the file cannot be opened
  /// @throws org.wengert.io.FileFormatException while they are walked, if the text is damaged
  public static Rows<String> tokens(Path file, Tokenizer tokenizer) throws IOException {
    return new Rows<>(
        new Tokens(new PushbackReader(Utf8Reader.open(file), Tokenizer.BACK), tokenizer));
  }

  /// All tokens that occur in a file, in the order of their characters, so that the same text gives
  /// the same numbers.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if the text is damaged
  public static Vocabulary vocabulary(Path file, Tokenizer tokenizer) throws IOException {
    return Vocabulary.of(List.copyOf(counts(file, tokenizer).keySet()));
  }

  /// The `most` tokens that occur most often in a file, the most frequent first; of those that are
  /// equally frequent, in the order of their characters. The others will be `unknown`, which comes
  /// last.
  ///
  /// @throws org.wengert.tensor.OptionException if `most` is below 1
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if the text is damaged
  public static Vocabulary vocabulary(Path file, Tokenizer tokenizer, int most, String unknown)
      throws IOException {
    if (most < 1) {
      throw new OptionException("a vocabulary of the " + most + " most frequent tokens")
          .hint("take at least 1 for most");
    }
    List<Map.Entry<String, Integer>> counted =
        new ArrayList<>(
            counts(file, tokenizer).entrySet()); // already in order, which sorting keeps
    counted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    List<String> frequent = counted.stream().limit(most).map(Map.Entry::getKey).toList();
    return Vocabulary.of(frequent).withUnknown(unknown);
  }

  private static Map<String, Integer> counts(Path file, Tokenizer tokenizer) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    try (Rows<String> tokens = tokens(file, tokenizer)) {
      for (String token : tokens) {
        counts.merge(token, 1, Integer::sum);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return counts;
  }

  /// The numbers of all tokens of a file, four bytes for each.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if the text is damaged
  /// @throws org.wengert.tensor.OptionException if a token is not in the vocabulary, and that has
  ///     none for unknown ones
  public static TokenNumbers read(Path file, Tokenizer tokenizer, Vocabulary vocabulary)
      throws IOException {
    int[] numbers = new int[1 << 10];
    int count = 0;
    try (Rows<String> tokens = tokens(file, tokenizer)) {
      for (String token : tokens) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, grown(file, count));
        }
        numbers[count++] = vocabulary.number(token);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return TokenNumbers.over(Arrays.copyOf(numbers, count));
  }

  private static int grown(Path file, int count) {
    int most = Integer.MAX_VALUE - 8;
    if (count == most) {
      throw new FileFormatException(file, "token " + count, "more tokens", "at most " + most)
          .hint("walk them instead: tokens(file, tokenizer)");
    }
    return (int) Math.min(2L * count, most);
  }

  private record Tokens(PushbackReader text, Tokenizer tokenizer) implements Rows.Source<String> {
    @Override
    public @Nullable String next() throws IOException {
      return tokenizer.next(text);
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }

  /// Holds its place.
  private static final class Lines implements Rows.Source<String> {
    private final Utf8Reader text;
    private long line;

    Lines(Utf8Reader text) {
      this.text = text;
    }

    @Override
    public @Nullable String next() throws IOException {
      StringBuilder read = new StringBuilder();
      line++;
      int at;
      while ((at = text.read()) >= 0 && at != '\n') {
        if (read.length() == LONGEST_LINE) {
          throw text.bytes()
              .error("line " + line, "more than " + LONGEST_LINE + " characters", "fewer");
        }
        read.append((char) at);
      }
      if (at < 0 && read.isEmpty()) {
        return null;
      }
      if (at == '\n' && !read.isEmpty() && read.charAt(read.length() - 1) == '\r') {
        read.setLength(read.length() - 1);
      }
      return read.toString();
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
