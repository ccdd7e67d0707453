package org.wengert.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The command line of [Gan2d]. Holds state: picocli fills the fields.
final class GanOptions extends ExampleOptions {
  @Option(
      names = "--modes",
      paramLabel = "N",
      defaultValue = "8",
      description = "Gaussians in the ring; default ${DEFAULT-VALUE}")
  private int modes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "steps of the generator; default ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--critic",
      paramLabel = "N",
      defaultValue = "5",
      description = "steps of the critic for each of them; default ${DEFAULT-VALUE}")
  private int criticSteps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "points in a step; default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "64",
      description = "units in a hidden layer; default ${DEFAULT-VALUE}")
  private int hidden;

  @Option(
      names = "--penalty",
      paramLabel = "LAMBDA",
      defaultValue = "0.1",
      description = "weight of the gradient penalty; default ${DEFAULT-VALUE}")
  private double penalty;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "0.005",
      description = "learning rate at the start; default ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/gan2d",
      description = "folder for the picture; default ${DEFAULT-VALUE}")
  private Path out;

  @Override
  void check() {
    requireAtLeastOne("--modes", modes);
    requireAtLeastOne("--steps", steps);
    requireAtLeastOne("--critic", criticSteps);
    requireAtLeastOne("--batch", batch);
    requireAtLeastOne("--hidden", hidden);
    refuseUnless(
        penalty >= 0 && Double.isFinite(penalty), "--penalty", penalty, "a number, 0 or more");
    requirePositive("--lr", learningRate);
  }

  int modes() {
    return modes;
  }

  int steps() {
    return steps;
  }

  int criticSteps() {
    return criticSteps;
  }

  int batch() {
    return batch;
  }

  int hidden() {
    return hidden;
  }

  double penalty() {
    return penalty;
  }

  double learningRate() {
    return learningRate;
  }

  Path out() {
    return out;
  }
}
