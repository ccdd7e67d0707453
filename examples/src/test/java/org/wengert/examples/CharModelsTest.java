package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.Variable;
import org.wengert.examples.text.TextBatch;
import org.wengert.examples.text.TextData;
import org.wengert.nn.RNNOptions;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// [CharTransformer] and [CharLstm], whose models must read as they learn.
class CharModelsTest {
  private static final List<String> SMALL =
      List.of(("--width 16 --layers 1 --context 16 --batch 8 --sample 60").split(" "));
  private static final Pattern END = Pattern.compile("validation loss ([0-9.]+)\\R$");

  @TempDir private Path folder;

  private Printed run(String example, String... more) {
    Callable<Integer> command = example.equals("CharLstm") ? new CharLstm() : new CharTransformer();
    List<String> out = List.of("--out", folder.resolve("out").toString());
    String[] args =
        Stream.of(SMALL.stream(), out.stream(), Stream.of(more))
            .flatMap(arg -> arg)
            .toArray(String[]::new);
    return Printed.by(() -> Launcher.run(command, args));
  }

  private static double loss(Printed printed) {
    assertEquals("", printed.err());
    Matcher end = END.matcher(printed.out());
    assertTrue(end.find(), printed.out());
    return Double.parseDouble(end.group(1));
  }

  @ParameterizedTest
  @CsvSource({"CharTransformer, 2.0, 4302", "CharLstm, 2.2, 3166"})
  void aShortRunLearnsWhatTheStoriesAreLikeAndWritesOne(
      String example, double bound, String parameters) {
    Printed printed = run(example, "--steps", "100", "--lr", "0.01");
    assertTrue(loss(printed) < bound, printed.out());
    assertTrue(printed.out().replace(",", "").contains(parameters + " parameters"), printed.out());
    assertTrue(printed.out().contains("characters of made-up stories to learn from"));
    String written = printed.out().split("\\R\\R", 3)[2];
    assertEquals(60, written.substring(0, written.lastIndexOf("validation")).strip().length(), 2);
    assertEquals(0, printed.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CharTransformer", "CharLstm"})
  void theSameSeedWritesTheSameAndAnotherOneSomethingElse(String example) {
    String first = written(run(example, "--steps", "3", "--dropout", "0.1", "--seed", "7"));
    assertEquals(first, written(run(example, "--steps", "3", "--dropout", "0.1", "--seed", "7")));
    assertNotEquals(
        first, written(run(example, "--steps", "3", "--dropout", "0.1", "--seed", "8")));
  }

  private static String written(Printed printed) {
    loss(printed);
    return printed.out().replaceAll("(?m) +[0-9]+$", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CharTransformer", "CharLstm"})
  void aTextThatRepeatsIsLearnedByHeart(String example) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "tick tock\n".repeat(60));
    Printed printed = run(example, "--data", file.toString(), "--steps", "60", "--lr", "0.03");
    assertTrue(loss(printed) < 0.3, printed.out());
    assertTrue(printed.out().contains("tick tock\ntick tock\n"), printed.out());
    assertTrue(printed.out().contains("540 characters of " + file), printed.out());
  }

  @Test
  void theClockStopsARun() {
    Printed printed = run("CharLstm", "--steps", "1000000", "--minutes", "0.0001");
    assertTrue(printed.out().contains("1.0E-4 minutes are over"), printed.out());
    loss(printed);
  }

  @Test
  void whatIsReadStepByStepIsReadAsAWhole() {
    assertReadsAsAWhole(new LstmModel(5, 8, RNNOptions.defaults().layers(2), new Rng(1)));
    TransformerModel.Size size = new TransformerModel.Size(6, 8, 2, 2, 0);
    assertReadsAsAWhole(new TransformerModel(5, size, new Rng(1)));
  }

  private static void assertReadsAsAWhole(CharModel model) {
    long[] text = {3, 1, 4, 1, 0, 2};
    Variable whole = model.forward(Variable.constant(Tensor.of(text).reshape(1, text.length)));
    CharModel.Reader reader = model.reader();
    for (int i = 0; i < text.length; i++) {
      assertArrayEquals(
          whole.select(0, 0).select(0, i).value().toDoubleArray(),
          reader.next((int) text[i]).value().toDoubleArray(),
          1e-5);
    }
  }

  @Test
  void anLstmRemembersTheLastBatchUnlessTheTextBeginsAgain() {
    LstmModel model = new LstmModel(30, 8, RNNOptions.defaults(), new Rng(1));
    TextData text = TextData.of("text", "abcdefghij".repeat(20), 5);
    TextBatch first = text.consecutivePieces(2, 5).get();
    TextBatch again = new TextBatch(first.inputs(), first.targets(), true);
    Tensor start = model.learn(first).value();
    assertTrue(!start.sameBits(model.learn(again).value()));
    assertTrue(start.sameBits(model.learn(first).value()));
  }

  @Test
  void aTransformerForgetsWhatIsOlderThanItsContext() {
    CharModel.Reader reader =
        new TransformerModel(5, new TransformerModel.Size(2, 8, 2, 1, 0), new Rng(1)).reader();
    reader.next(1);
    reader.next(2);
    Variable old = reader.next(3);
    reader.next(4);
    reader.next(2);
    assertTrue(old.value().sameBits(reader.next(3).value()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps       | 0   | --steps 0: expected at least 1
          --minutes     | 0   | --minutes 0.0: expected a number above 0
          --batch       | 0   | --batch 0: expected at least 1
          --context     | 0   | --context 0: expected at least 1
          --width       | 0   | --width 0: expected at least 1
          --layers      | 0   | --layers 0: expected at least 1
          --heads       | 3   | --heads 3: expected a divisor of the width, 128
          --dropout     | 1   | --dropout 1.0: expected 0 or more, below 1
          --lr          | NaN | --lr NaN: expected a number above 0
          --sample      | -1  | --sample -1: expected 0 or more
          --temperature | 0   | --temperature 0.0: expected a number above 0
          --data        | nil | NoSuchFileException: nil
          """)
  void aBadNumberIsOneLine(String option, String value, String line) {
    Printed printed = Printed.by(() -> Launcher.run(new CharTransformer(), option, value));
    assertEquals(line + System.lineSeparator(), printed.err());
    assertEquals(2, printed.code());
  }

  @Test
  void aTextThatIsNoneOrTooShortIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "short");
    Printed printed = run("CharLstm", "--data", file.toString());
    assertEquals(
        file
            + ": 5 characters   hint: at least 170 are needed for pieces of 16"
            + System.lineSeparator(),
        printed.err());
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    printed = run("CharLstm", "--data", file.toString());
    assertEquals(
        file
            + ", byte 0: found bytes ff, expected text in UTF-8   hint: save it in UTF-8; if it is"
            + " no text, it is the wrong file"
            + System.lineSeparator(),
        printed.err());
    assertEquals(2, printed.code());
  }
}
