package org.wengert.train.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;

/// Tokens and their numbers, from 0. With a token for unknown ones, every text can be written in
/// numbers; without it, a token that is not there is an error.
///
/// Immutable.
public final class Vocabulary {
  private static final String MAGIC = "wengert vocabulary 1";
  private static final String NONE = "no unknown";
  private static final String UNKNOWN = "unknown ";

  private final List<String> tokens;
  private final Map<String, Integer> numbers; // is asked, never walked
  private final @Nullable String unknown;

  private Vocabulary(List<String> tokens, @Nullable String unknown) {
    this.tokens = List.copyOf(tokens);
    this.numbers = new HashMap<>(2 * tokens.size());
    this.unknown = unknown;
    for (String token : this.tokens) {
      if (token.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(token)) {
        throw new OptionException("no token can be " + (token.isEmpty() ? "empty" : "half a pair"))
            .hint("a token is Unicode of 1 character or more");
      }
      if (numbers.put(token, numbers.size()) != null) {
        throw new OptionException("the token \"" + escaped(token) + "\" is there twice")
            .hint("each token has one number");
      }
    }
  }

  /// These tokens, numbered in this order, without one for unknown tokens.
  ///
  /// @throws OptionException if one is empty or there twice
  public static Vocabulary of(List<String> tokens) {
    return new Vocabulary(tokens, null);
  }

  /// With a token that stands for all that are not there; it comes last unless it is there already.
  public Vocabulary withUnknown(String token) {
    if (numbers.containsKey(token)) {
      return new Vocabulary(tokens, token);
    }
    List<String> more = new ArrayList<>(tokens);
    more.add(token);
    return new Vocabulary(more, token);
  }

  /// How many tokens there are.
  public int size() {
    return tokens.size();
  }

  /// The tokens, in the order of their numbers.
  public List<String> tokens() {
    return tokens;
  }

  /// Whether there is such a token.
  public boolean contains(String token) {
    return numbers.containsKey(token);
  }

  /// The number of a token, or that of the unknown one.
  ///
  /// @throws OptionException if it is not there, and nothing stands for unknown tokens
  public int number(String token) {
    Integer number = numbers.get(token);
    if (number == null && unknown != null) {
      number = numbers.get(unknown);
    }
    if (number == null) {
      throw new OptionException("the token \"" + escaped(token) + "\" is not in the vocabulary")
          .hint("take withUnknown(\"<unknown>\"), or learn the vocabulary from this text, too");
    }
    return number;
  }

  /// The numbers of some tokens.
  public int[] encode(List<String> tokens) {
    return tokens.stream().mapToInt(this::number).toArray();
  }

  /// The tokens of some numbers.
  ///
  /// @throws IndexOutOfBoundsException if there is no such number
  public List<String> decode(int... numbers) {
    return Arrays.stream(numbers).mapToObj(tokens::get).toList();
  }

  /// Writes all into a file, a token a line, in UTF-8; `\`, line feed and carriage return are
  /// written `\\`, `\n` and `\r`. The file appears whole or not at all.
  ///
  /// @throws IOException if it cannot be written
  public void save(Path file) throws IOException {
    List<String> lines = new ArrayList<>(tokens.size() + 2);
    lines.add(MAGIC);
    lines.add(unknown == null ? NONE : UNKNOWN + number(unknown));
    tokens.forEach(token -> lines.add(escaped(token)));
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.writeString(beside, String.join("\n", lines) + "\n");
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /// Reads what [#save] wrote.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no such file or is damaged
  public static Vocabulary load(Path file) throws IOException {
    try (Rows<String> rows = TextFile.lines(file)) {
      Iterator<String> lines = rows.iterator();
      String magic = lines.hasNext() ? lines.next() : "";
      if (!magic.equals(MAGIC)) {
        throw new FileFormatException(file, "line 1", shown(magic), MAGIC);
      }
      String unknown = lines.hasNext() ? lines.next() : "";
      List<String> tokens = new ArrayList<>();
      while (lines.hasNext()) {
        tokens.add(unescaped(file, tokens.size() + 3, lines.next()));
      }
      try {
        return new Vocabulary(tokens, unknown(file, unknown, tokens));
      } catch (OptionException e) {
        throw new FileFormatException(file, "tokens", e.problem(), "other tokens, each once");
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static @Nullable String unknown(Path file, String line, List<String> tokens) {
    if (line.equals(NONE)) {
      return null;
    }
    try {
      String number = line.startsWith(UNKNOWN) ? line.substring(UNKNOWN.length()) : "";
      return tokens.get(Objects.checkIndex(Integer.parseInt(number), tokens.size()));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new FileFormatException(
          file, "line 2", shown(line), NONE + ", or " + UNKNOWN + "0 to " + (tokens.size() - 1));
    }
  }

  private static String shown(String line) {
    return "\"" + escaped(line.length() > 40 ? line.substring(0, 40) + "..." : line) + "\"";
  }

  private static String escaped(String token) {
    return token.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescaped(Path file, int line, String text) {
    StringBuilder token = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at == '\\') {
        i++;
        int kind = i < text.length() ? "\\nr".indexOf(text.charAt(i)) : -1;
        if (kind < 0) {
          throw new FileFormatException(file, "line " + line, shown(text), "\\\\, \\n or \\r");
        }
        at = "\\\n\r".charAt(kind);
      }
      token.append(at);
    }
    return token.toString();
  }

  @Override
  public String toString() {
    return "a vocabulary of " + size() + " tokens";
  }
}
