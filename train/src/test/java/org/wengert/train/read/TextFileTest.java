package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

class TextFileTest {
  @TempDir Path folder;

  private Path text(String text) throws IOException {
    return Files.writeString(folder.resolve("text.txt"), text);
  }

  private static <T> List<T> all(Rows<T> rows) throws IOException {
    List<T> all = new ArrayList<>();
    try (rows) {
      rows.forEach(all::add);
    }
    return all;
  }

  @Test
  void linesHaveNoEnds() throws IOException {
    assertEquals(List.of("a", "", "b ", "c"), all(TextFile.lines(text("a\r\n\nb \nc"))));
    assertEquals(List.of("a"), all(TextFile.lines(text("\uFEFFa\n"))));
    assertEquals(List.of(), all(TextFile.lines(text(""))));
  }

  @Test
  void aLineWithoutEndIsRefused() throws IOException {
    Path file = text("short\n" + "a".repeat((1 << 24) + 1));
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> all(TextFile.lines(file)));
    assertEquals(
        file + ", line 2: found more than 16777216 characters, expected fewer", e.getMessage());
  }

  @Test
  void charactersAreCodePoints() throws IOException {
    Path file = text("b𝄞\naa");
    Vocabulary vocabulary = TextFile.vocabulary(file, Tokenizer.CHARACTERS);
    assertEquals(List.of("\n", "a", "b", "𝄞"), vocabulary.tokens());
    TokenNumbers numbers = TextFile.read(file, Tokenizer.CHARACTERS, vocabulary);
    assertEquals(5, numbers.size());
    assertEquals(3, numbers.at(1));
    assertEquals("b𝄞\naa", Tokenizer.CHARACTERS.join(vocabulary.decode(2, 3, 0, 1, 1)));
  }

  @Test
  void wordsAreRunsOfLetters() throws IOException {
    String text = "“It's 12 o’clock,” said Zoë (twice).\n";
    List<String> tokens = all(TextFile.tokens(text(text), Tokenizer.WORDS));
    assertEquals(
        List.of("“", "It's", "12", "o’clock", ",", "”", "said", "Zoë", "(", "twice", ")", "."),
        tokens);
    assertEquals(tokens, Tokenizer.WORDS.tokens(text));
    assertEquals(text.strip(), Tokenizer.WORDS.join(tokens));
    List<String> cut = Tokenizer.WORDS.tokens("a".repeat(600));
    assertEquals(List.of(256, 256, 88), cut.stream().map(String::length).toList());
  }

  @Test
  void frequentTokensComeFirstAndOthersAreUnknown() throws IOException {
    Path file = text("b a c a b d a");
    Vocabulary vocabulary = TextFile.vocabulary(file, Tokenizer.WORDS, 3, "<unknown>");
    assertEquals(List.of("a", "b", "c", "<unknown>"), vocabulary.tokens());
    assertArrayEquals(new int[] {0, 3, 3}, vocabulary.encode(List.of("a", "d", "zebra")));
    assertEquals(3, TextFile.read(file, Tokenizer.WORDS, vocabulary).at(5));
    assertEquals(
        "a vocabulary of the -1 most frequent tokens\n  hint: take at least 1 for most",
        assertThrows(
                OptionException.class,
                () -> TextFile.vocabulary(file, Tokenizer.WORDS, -1, "<unknown>"))
            .getMessage());
  }

  @Test
  void anUnknownTokenIsRefusedIfNothingStandsForIt() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a", "b"));
    assertFalse(vocabulary.contains("\n"));
    OptionException e = assertThrows(OptionException.class, () -> vocabulary.number("\n"));
    assertEquals(
        "the token \"\\n\" is not in the vocabulary\n"
            + "  hint: take withUnknown(\"<unknown>\"), or learn the vocabulary from this text, too",
        e.getMessage());
    assertEquals(1, vocabulary.withUnknown("b").number("\n"));
  }

  @Test
  void aVocabularyIsSavedAndLoaded() throws IOException {
    Vocabulary vocabulary = Vocabulary.of(List.of("\n", "\\n", "\r", "ä", "𝄞", " ", "unknown 3"));
    Path file = folder.resolve("vocabulary");
    vocabulary.save(file);
    assertEquals(vocabulary.tokens(), Vocabulary.load(file).tokens());
    assertThrows(OptionException.class, () -> Vocabulary.load(file).number("x"));
    vocabulary.withUnknown("?").save(file);
    assertEquals(7, Vocabulary.load(file).number("x"));
    assertEquals(1, all(fileNames()).size());
  }

  private Rows<String> fileNames() throws IOException {
    Path names = Files.createTempFile("names", ".txt");
    try (var files = Files.list(folder)) {
      Files.write(names, files.map(Path::toString).toList());
    }
    return TextFile.lines(names);
  }

  @Test
  void damagedVocabulariesAreRefused() throws IOException {
    refused("hello\n", "line 1: found \"hello\", expected wengert vocabulary 1");
    refused(
        "wengert vocabulary 1\nunknown 2\na\nb\n",
        "line 2: found \"unknown 2\", expected no unknown, or unknown 0 to 1");
    refused(
        "wengert vocabulary 1\nno unknown\na\\x\n",
        "line 3: found \"a\\\\x\", expected \\\\, \\n or \\r");
    refused(
        "wengert vocabulary 1\nno unknown\na\na\n",
        "tokens: found the token \"a\" is there twice, expected other tokens, each once");
  }

  private void refused(String contents, String message) throws IOException {
    Path file = text(contents);
    FileFormatException e = assertThrows(FileFormatException.class, () -> Vocabulary.load(file));
    assertEquals(file + ", " + message, e.getMessage());
  }

  @Test
  void windowsPairTokensWithThoseThatFollow() throws IOException {
    TokenNumbers text = TokenNumbers.of(0, 1, 2, 3, 4, 5, 6, 7);
    Dataset<Sample> windows = text.windows(3, 2);
    assertEquals(3, windows.size());
    assertTrue(Tensor.of(4L, 5, 6).sameBits(windows.get(2).input()));
    assertTrue(Tensor.of(5L, 6, 7).sameBits(windows.get(2).target()));
    assertTrue(Tensor.of(new long[] {3}).sameBits(text.slice(2, 6).windows(1, 1).get(1).input()));
    assertEquals(1, text.slice(0, 4).windows(3, 3).size());
    OptionException e = assertThrows(OptionException.class, () -> text.windows(8, 1));
    assertEquals(
        "windows of 8, every 1, on a text of 8 tokens\n"
            + "  hint: take 1 to 7 for length, and at least 1 for stride",
        e.getMessage());
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirOffset() throws IOException {
    Path file = folder.resolve("cut.txt");
    Files.write(file, new byte[] {'a', 'b', (byte) 0xf0, (byte) 0x9d, (byte) 0x84});
    FileFormatException e =
        assertThrows(
            FileFormatException.class, () -> TextFile.vocabulary(file, Tokenizer.CHARACTERS));
    assertEquals(
        file
            + ", byte 2: found bytes f0 9d 84, expected text in UTF-8\n"
            + "  hint: save it in UTF-8; if it is no text, it is the wrong file",
        e.getMessage());
  }
}
