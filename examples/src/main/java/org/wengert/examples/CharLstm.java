package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wengert.examples.text.TextData;
import org.wengert.nn.RNNOptions;
import org.wengert.tensor.Rng;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// An LSTM learns to write, character by character, by truncated backpropagation through time: see
/// [LstmModel] and [CharTraining]. Same seed, same numbers.
@Command(
    name = "CharLstm",
    sortOptions = false,
    description = "Teaches an LSTM to write text, character by character.")
public final class CharLstm implements Callable<Integer> {
  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "128",
      description = "elements of the state; default ${DEFAULT-VALUE}")
  private int width;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "1",
      description = "networks one above the other; default ${DEFAULT-VALUE}")
  private int layers;

  @Mixin private final CharOptions options = new CharOptions(Path.of("target", "char-lstm"));

  /// A run that has not begun; [#main] gives it its options.
  public CharLstm() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new CharLstm(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    options.requireAtLeastOne("--width", width);
    options.requireAtLeastOne("--layers", layers);
    TextData text = options.text();
    RNNOptions network = RNNOptions.defaults().layers(layers).dropout(options.dropout());
    LstmModel model =
        new LstmModel(text.vocabulary().size(), width, network, new Rng(options.seed()));
    new CharTraining(options, text, model)
        .run(text.consecutivePieces(options.batch(), options.context()));
    return 0;
  }
}
