package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.wengert.examples.text.Tales;
import org.wengert.examples.text.TextData;
import org.wengert.tensor.Rng;
import picocli.CommandLine.Option;

/// The command line that [CharTransformer] and [CharLstm] share. Holds state: picocli fills the
/// fields.
final class CharOptions extends StepOptions {
  private static final int TALES = 100_000;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "text in UTF-8 to learn from; without it little stories are made up")
  private @Nullable Path data;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "after how many minutes to stop in any case; default ${DEFAULT-VALUE}")
  private double minutes;

  @Option(
      names = "--context",
      paramLabel = "N",
      defaultValue = "64",
      description = "characters in a piece; default ${DEFAULT-VALUE}")
  private int context;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0",
      description = "probability of dropping a feature; default ${DEFAULT-VALUE}")
  private double dropout;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "400",
      description = "characters to write at the end; default ${DEFAULT-VALUE}")
  private int sample;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0.8",
      description = "below 1 safe, above 1 daring; default ${DEFAULT-VALUE}")
  private double temperature;

  /// Options that are their defaults until picocli fills them in.
  CharOptions(Path out) {
    super(out, 1_000, 12, 0.002);
  }

  @Override
  void check() {
    super.check();
    refuseUnless(minutes > 0, "--minutes", minutes, "a number above 0");
    requireAtLeastOne("--context", context);
    refuseUnless(dropout >= 0 && dropout < 1, "--dropout", dropout, "0 or more, below 1");
    refuseUnless(sample >= 0, "--sample", sample, "0 or more");
    requirePositive("--temperature", temperature);
  }

  /// The text of `--data`, or stories.
  TextData text() throws IOException {
    return data == null
        ? TextData.of("the stories", Tales.write(TALES, new Rng(seed())), context)
        : TextData.read(data, context);
  }

  /// What is learned from, in a word.
  String kind() {
    return data == null ? "made-up stories" : data.toString();
  }

  double minutes() {
    return minutes;
  }

  int context() {
    return context;
  }

  double dropout() {
    return dropout;
  }

  int sample() {
    return sample;
  }

  double temperature() {
    return temperature;
  }
}
