package org.wengert.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The command line of [Gan2d]. Holds state: picocli fills the fields.
final class GanOptions extends StepOptions {
  @Option(
      names = "--modes",
      paramLabel = "N",
      defaultValue = "8",
      description = "Gaussians in the ring; default ${DEFAULT-VALUE}")
  private int modes;

  @Option(
      names = "--critic",
      paramLabel = "N",
      defaultValue = "5",
      description = "steps of the critic for each of them; default ${DEFAULT-VALUE}")
  private int criticSteps;

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

  /// Options that are their defaults until picocli fills them in.
  GanOptions() {
    super(Path.of("target", "gan2d"), 2_000, 128, 0.005);
  }

  @Override
  void check() {
    super.check();
    requireAtLeastOne("--modes", modes);
    requireAtLeastOne("--critic", criticSteps);
    requireAtLeastOne("--hidden", hidden);
    refuseUnless(
        penalty >= 0 && Double.isFinite(penalty), "--penalty", penalty, "a number, 0 or more");
  }

  int modes() {
    return modes;
  }

  int criticSteps() {
    return criticSteps;
  }

  int hidden() {
    return hidden;
  }

  double penalty() {
    return penalty;
  }
}
