package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wengert.examples.text.TextData;
import org.wengert.tensor.Rng;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A small transformer learns to write, character by character: see [TransformerModel] and
/// [CharTraining]. Same seed, same numbers.
@Command(
    name = "CharTransformer",
    sortOptions = false,
    description = "Teaches a small transformer to write text, character by character.")
public final class CharTransformer implements Callable<Integer> {
  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "128",
      description = "features of a character; default ${DEFAULT-VALUE}")
  private int width;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "4",
      description = "layers of attention; default ${DEFAULT-VALUE}")
  private int layers;

  @Option(
      names = "--heads",
      paramLabel = "N",
      defaultValue = "4",
      description = "into how many parts attention divides the features; default ${DEFAULT-VALUE}")
  private int heads;

  @Mixin private final CharOptions options = new CharOptions(Path.of("target", "char-transformer"));

  /// A run that has not begun; [#main] gives it its options.
  public CharTransformer() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new CharTransformer(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    options.requireAtLeastOne("--width", width);
    options.requireAtLeastOne("--layers", layers);
    options.refuseUnless(
        heads >= 1 && width % heads == 0, "--heads", heads, "a divisor of the width, " + width);
    TextData text = options.text();
    Rng random = new Rng(options.seed());
    TransformerModel.Size size =
        new TransformerModel.Size(options.context(), width, heads, layers, options.dropout());
    TransformerModel model = new TransformerModel(text.vocabulary().size(), size, random);
    new CharTraining(options, text, model)
        .run(text.randomPieces(options.batch(), options.context(), random));
    return 0;
  }
}
