package org.wengert.train.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.nn.Linear;
import org.wengert.optim.SGD;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;

class LogsTest {
  @TempDir Path folder;

  private static SequencedMap<String, Double> metric(String name, double value) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(name, value);
    return metrics;
  }

  private static EpochReport epoch(int number, double loss) {
    return new EpochReport(
        number, 3, 2L * number, loss, metric("a,\"b\"\n", 0.5), 0.25, metric("acc", 1), 0.1, 1.5);
  }

  private static StepReport step(int number, double loss) {
    return new StepReport(number, 1, number, 2, 32, loss, 0.1, Double.NaN);
  }

  private static Plan plan(long step) {
    Linear model = new Linear(2, 1, new Rng(1));
    SGD optimizer = new SGD(model.parameters(), SGD.Options.defaults().learningRate(0.1));
    return new Plan(model, optimizer, 3, 2, step, History.empty());
  }

  /// A fit of one epoch of two steps, told to a callback.
  private static void fit(Callback callback) {
    if (callback instanceof Callback.BeforeFit before) {
      before.beforeFit(plan(0));
    }
    if (callback instanceof Callback.AfterStep after) {
      after.afterStep(step(1, 2));
      after.afterStep(step(2, Double.NaN));
    }
    if (callback instanceof Callback.AfterEpoch after) {
      after.afterEpoch(epoch(1, Double.POSITIVE_INFINITY));
    }
    if (callback instanceof Callback.AfterFit after) {
      after.afterFit(new History(List.of(), List.of(), "1 epoch\u001b[2J done"));
    }
  }

  private static String printed(java.util.function.Function<PrintStream, Callback> callback) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fit(callback.apply(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void csvCanBeReadBackWhateverTheNamesAndNumbers() throws IOException {
    Path file = folder.resolve("new/log.csv");
    fit(new CsvLog(file));
    try (var rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      var row = rows.stream().toList().getFirst();
      assertEquals("Infinity", row.getField("loss"));
      assertEquals("0.5", row.getField("a,\"b\" "));
      assertEquals("2", row.getField("step"));
      assertEquals("0.25", row.getField("validation loss"));
    }
  }

  @Test
  void csvGoesOnAfterALineThatWasCutOff() throws IOException {
    Path file = folder.resolve("log.csv");
    fit(new CsvLog(file));
    Files.writeString(file, "2,4,0.", StandardOpenOption.APPEND);
    new CsvLog(file).afterEpoch(epoch(2, 1));
    List<String> lines = Files.readAllLines(file);
    assertEquals(3, lines.size());
    assertTrue(lines.get(2).startsWith("2,4,1.0,"), lines.get(2));
    EpochReport other =
        new EpochReport(3, 3, 6, 1, metric("other", 1), Double.NaN, metric("v", 1), 0.1, 1);
    String problem =
        assertThrows(OptionException.class, () -> new CsvLog(file).afterEpoch(other)).getMessage();
    assertTrue(problem.contains("log.csv has the columns epoch,step,loss,"), problem);
  }

  @Test
  void aFitThatGoesOnWritesNoEpochTwiceIntoTheCsv() throws IOException {
    Path file = folder.resolve("log.csv");
    CsvLog log = new CsvLog(file);
    log.beforeFit(plan(0));
    for (int number = 1; number <= 3; number++) {
      log.afterEpoch(epoch(number, number));
    }
    CsvLog resumed = new CsvLog(file);
    resumed.beforeFit(plan(4)); // epoch 3 had ended, its checkpoint was not written
    resumed.afterEpoch(epoch(3, 33));
    List<String> lines = Files.readAllLines(file);
    assertEquals(4, lines.size(), "" + lines);
    assertTrue(lines.get(2).startsWith("2,4,2.0,"), lines.get(2));
    assertTrue(lines.get(3).startsWith("3,6,33.0,"), lines.get(3));
    new CsvLog(file).beforeFit(plan(0));
    assertEquals(lines, Files.readAllLines(file), "a new fit takes nothing away");
  }

  @Test
  void jsonLinesAreObjectsWithNumbersThatCanBeReadBack() throws IOException {
    Path file = folder.resolve("log.jsonl");
    fit(new JsonLog(file));
    List<JsonObject> lines =
        Files.readAllLines(file).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertEquals(
        List.of("begin", "step", "step", "epoch", "end"),
        lines.stream().map(line -> line.get("event").getAsString()).toList());
    assertEquals(2, lines.get(1).get("loss").getAsDouble());
    assertTrue(Double.isNaN(lines.get(2).get("loss").getAsDouble()));
    assertFalse(lines.get(1).has("gradientNorm"));
    assertEquals(Double.POSITIVE_INFINITY, lines.get(3).get("loss").getAsDouble());
    assertEquals(
        1, lines.get(3).get("validationMetrics").getAsJsonObject().get("acc").getAsDouble());
  }

  @Test
  void jsonLinesGoOnAfterALineThatWasCutOff() throws IOException {
    Path file = folder.resolve("log.jsonl");
    fit(new JsonLog(file));
    Files.writeString(file, "{\"event\":\"st", StandardOpenOption.APPEND);
    new JsonLog(file).beforeFit(plan(2));
    List<String> lines = Files.readAllLines(file);
    assertEquals(6, lines.size());
    assertEquals("{\"event\":\"begin\",\"step\":2,\"epochs\":3,\"batches\":2}", lines.getLast());
  }

  @Test
  void plainProgressIsLinesWithoutControlCharacters() {
    String text = printed(out -> new ProgressBar(ProgressBar.Mode.PLAIN, out));
    assertTrue(text.startsWith("epoch 1 of 3: loss Infinity, a,\"b\"  0.5000; validation"), text);
    assertTrue(Pattern.compile("samples/s, \\d+:\\d\\d left").matcher(text).find(), text);
    assertTrue(text.lines().allMatch(line -> line.chars().noneMatch(c -> c < ' ')), text);
  }

  @Test
  void aBarOnATerminalDisappearsBeforeTheLineOfItsEpoch() {
    String text = printed(out -> new ProgressBar(ProgressBar.Mode.TERMINAL, out));
    String last = text.substring(text.indexOf("epoch 1 of 3"));
    assertTrue(text.contains("\r"), "a bar is drawn over itself");
    assertFalse(last.contains("\r["), last);
    assertTrue(text.contains("epoch 1 ["), text);
  }

  @Test
  void noFrameOfABarIsWiderThanTheCommonestTerminal() {
    String text = printed(out -> new ProgressBar(ProgressBar.Mode.TERMINAL, out));
    String bars = text.substring(0, text.indexOf("epoch 1 of 3"));
    assertTrue(bars.contains("] 2/2  loss NaN, "), bars);
    assertTrue(bars.contains(" left"), bars);
    assertFalse(bars.contains("\n"), "a row for nothing");
    assertTrue(Stream.of(bars.split("\r")).allMatch(frame -> frame.length() <= 79), bars);
  }

  @Test
  void aTerminalIsAsWideAsItSaysOrAsMostAre() {
    assertEquals(119, Terminal.width("120"));
    assertEquals(79, Terminal.width(null));
    assertEquals(79, Terminal.width("wide"));
    assertEquals(19, Terminal.width("1"));
  }

  @Test
  void aStreamThatLeadsToAFileIsNoTerminal() throws IOException {
    Path link = folder.resolve("2");
    Files.createSymbolicLink(link, Path.of("/dev/pts/3"));
    assertTrue(Terminal.leadsToOne(link));
    Path file = folder.resolve("3");
    Files.createSymbolicLink(file, folder.resolve("fit.log"));
    assertFalse(Terminal.leadsToOne(file));
    assertFalse(Terminal.leadsToOne(folder.resolve("none")));
  }

  @Test
  void theBarOfAFitThatFailedIsGoneBeforeTheNextBegins() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ProgressBar bar = new ProgressBar(ProgressBar.Mode.TERMINAL, out);
    bar.beforeFit(plan(0));
    bar.afterStep(step(1, 2));
    bar.beforeFit(plan(0));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.endsWith("\r" + " ".repeat(79) + "\r"), "the line is empty again: " + text);
    bar.close(); // nothing is left to be closed
    assertEquals(text, bytes.toString(StandardCharsets.UTF_8));
    bar.afterStep(step(1, 2));
    bar.afterFailure(new IllegalStateException("boom"));
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(" ".repeat(79) + "\r"));
  }

  @Test
  void anInterruptedThreadLeavesNoBarEither() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ProgressBar bar = new ProgressBar(ProgressBar.Mode.TERMINAL, out);
    for (int i = 0; i < 20; i++) {
      bar.beforeFit(plan(0));
      bar.afterStep(step(1, 2));
      Thread.currentThread().interrupt();
      bar.close();
      Thread.interrupted();
      String text = bytes.toString(StandardCharsets.UTF_8);
      assertTrue(text.endsWith("\r" + " ".repeat(79) + "\r"), text);
    }
  }

  @Test
  void logsSayWhatEndedAFit() throws IOException {
    Path file = folder.resolve("log.jsonl");
    JsonLog log = new JsonLog(file);
    TensorBoardLog board = new TensorBoardLog(folder);
    board.afterFailure(new IllegalStateException("before the fit began"));
    log.beforeFit(plan(0));
    board.beforeFit(plan(0));
    board.afterStep(step(1, 2));
    log.afterFailure(new IllegalStateException("boom"));
    board.afterFailure(new IllegalStateException("boom"));
    assertEquals(
        "{\"event\":\"failure\",\"why\":\"java.lang.IllegalStateException: boom\"}",
        Files.readAllLines(file).getLast());
    Events.Message last = Events.read(Events.in(folder.resolve("train"))).getLast();
    assertEquals(1L, last.only(2));
    assertEquals(
        "ended by java.lang.IllegalStateException: boom",
        last.message(5).message(1).message(8).text(8));
  }

  @Test
  void silentProgressPrintsNothing() {
    assertEquals("", printed(out -> new ProgressBar(ProgressBar.Mode.SILENT, out)));
  }

  @Test
  void theTableOfEpochsIsTheSameWhetherWrittenAtOnceOrAsTheyEnd() {
    String written = printed(EpochTable::new);
    History history = new History(List.of(), List.of(epoch(1, Double.POSITIVE_INFINITY)), "");
    assertEquals(EpochTable.of(history), written.replace(System.lineSeparator(), "\n"));
    String[] lines = written.split("\\R");
    assertEquals(2, lines.length);
    assertEquals(lines[0].length(), lines[1].length());
    assertTrue(lines[0].endsWith("learning rate    seconds"), written);
  }

  @Test
  void tensorBoardGetsTrainingAndValidationAsTwoRuns() throws IOException {
    fit(new TensorBoardLog(folder, true));
    List<Events.Message> train = Events.read(Events.in(folder.resolve("train")));
    List<String> tags =
        train.stream()
            .flatMap(e -> e.message(5).messages(1).stream())
            .map(v -> v.text(1))
            .distinct()
            .toList();
    assertEquals(
        List.of(
            "step/loss",
            "step/learning rate",
            "epoch/loss",
            "epoch/a,\"b\"\n",
            "weights/weight",
            "weights/bias",
            "fit"),
        tags);
    assertEquals(2L, train.getLast().only(2), "the end stands at the last step");
    List<Events.Message> validation = Events.read(Events.in(folder.resolve("validation")));
    assertEquals(1, validation.size());
    assertEquals(0.25f, validation.getFirst().message(5).messages(1).getFirst().only(2));
  }

  @Test
  void aRunThatGoesOnHidesWhatWasLost() throws IOException {
    new TensorBoardLog(folder).beforeFit(plan(50));
    Events.Message first = Events.read(Events.in(folder.resolve("train"))).getFirst();
    assertEquals(51L, first.only(2));
    assertEquals(1L, first.message(7).only(1));
  }
}
