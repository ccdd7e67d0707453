package org.wengert.examples;

import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Placeholder for the example of this name: reads its options and counts.
@Command(name = "Xor", mixinStandardHelpOptions = true)
public final class Xor implements Callable<Integer> {
  @Option(names = "--epochs", defaultValue = "2")
  private int epochs;

  @Option(names = "--samples", defaultValue = "1000")
  private int samples;

  /// Runs the example.
  public static void main(String[] args) {
    System.exit(new CommandLine(new Xor()).execute(args));
  }

  @Override
  public Integer call() {
    try (ProgressBar bar = new ProgressBar("Xor", epochs)) {
      bar.stepBy(epochs);
    }
    System.out.println("Xor: epochs " + epochs + ", samples " + samples);
    System.out.println("Java " + Runtime.version().feature());
    return 0;
  }
}
