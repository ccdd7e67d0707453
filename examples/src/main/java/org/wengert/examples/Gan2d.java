package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A network learns to make points like those of a ring of Gaussians, from another one that tells
/// true points from made ones. The gradient penalty takes derivatives of derivatives: see
/// [Wasserstein] and [GanTraining]. Same seed, same numbers.
@Command(
    name = "Gan2d",
    sortOptions = false,
    description = "Teaches a small network to make points like those of a ring of Gaussians.")
public final class Gan2d implements Callable<Integer> {
  private static final int REPORTS = 10;
  private static final int SHOWN = 1_000;
  private static final int JUDGED = 10_000;

  @Mixin private final GanOptions options = new GanOptions();

  /// A run that has not begun; [#main] gives it its options.
  public Gan2d() {}

  /// Runs the example; the exit code is 2 if arguments are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Gan2d(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    Ring ring = new Ring(options.modes(), 2, 0.1);
    Rng random = new Rng(options.seed());
    Tensor truth = ring.sample(JUDGED, random);
    say("%s, seed %d%n", ring, options.seed());
    say(" step   distance   penalty      modes   good points   ms/step");
    PointPlot plot = new PointPlot(truth.slice(0, 0, SHOWN, 1), 2.6);
    GanTraining training = new GanTraining(options, ring, random);
    Results results =
        new Results(options, "Gan2d")
            .showing("points.svg", "points as it learned to make them, over true ones", plot::plot);
    Journal journal = training.journal(Math.ceilDiv(options.steps(), every()), every(), results);
    Ring.Coverage coverage = learn(training, journal, ring, plot);
    say("");
    results.write(journal.end(options.steps() + " steps done"), training.generator());
    say("%n%s (of true points: %.1f %%)", coverage, 100 * ring.coverage(truth).good());
    return 0;
  }

  /// After how many steps to say how it goes.
  private int every() {
    return Math.max(1, options.steps() / REPORTS);
  }

  /// When to draw what is made: at the beginning, twice while much changes, and at the end.
  private List<Integer> moments() {
    int steps = options.steps();
    return Stream.of(0, steps / 20, steps / 5, steps).distinct().toList();
  }

  /// All steps; returns how well the ring is covered at the end.
  private Ring.Coverage learn(GanTraining training, Journal journal, Ring ring, PointPlot plot) {
    List<Integer> moments = moments();
    Rng random = new Rng(options.seed() + 1); // how often points are judged changes no step
    long start = System.nanoTime();
    Ring.Coverage coverage = seen(0, training.make(JUDGED, random), ring, plot, moments);
    for (int step = 1; step <= options.steps(); step++) {
      GanTraining.Report report = training.step();
      journal.step(options.batch(), report.distance());
      if (step % every() == 0 || moments.contains(step)) {
        coverage = seen(step, training.make(JUDGED, random), ring, plot, moments);
        row(step, report, coverage, (System.nanoTime() - start) / 1e6 / step);
      }
      if (step % every() == 0 || step == options.steps()) {
        journal.epoch(Double.NaN, "good points", coverage.good());
      }
    }
    return coverage;
  }

  /// How well these points cover the ring; draws them, if it is time to.
  private static Ring.Coverage seen(
      int step, Tensor points, Ring ring, PointPlot plot, List<Integer> moments) {
    Ring.Coverage coverage = ring.coverage(points);
    if (moments.contains(step)) {
      String good = String.format(Locale.ROOT, "%.1f %% good", 100 * coverage.good());
      plot.add(points.slice(0, 0, SHOWN, 1), "step " + step + ": " + good);
    }
    return coverage;
  }

  private static void row(
      int step, GanTraining.Report report, Ring.Coverage coverage, double milliseconds) {
    say(
        "%5d   %8.4f   %7.4f   %3d of %2d   %9.1f %%   %7.1f",
        step,
        report.distance(),
        report.penalty(),
        coverage.modes(),
        coverage.of(),
        100 * coverage.good(),
        milliseconds);
  }
}
