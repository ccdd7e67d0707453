package org.wengert.optim;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every schedule with its closed form, a formula for each epoch that knows nothing of the epoch
/// before. What is true of all of them is claimed of all entries.
final class ScheduleCatalogue {
  private ScheduleCatalogue() {}

  /// The learning rate of an epoch.
  @FunctionalInterface
  interface ClosedForm {
    double rate(int epoch, double initial);
  }

  /// One schedule.
  record Entry(String name, Function<Optimizer, LearningRateScheduler> make, ClosedForm form) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Entry> entries() {
    return Stream.of(factors(), cosines(), ownFactors(), oneCycles(), cycles(), composites())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Entry> factors() {
    return List.of(
        new Entry("StepLR", o -> new StepLR(o, 3, 0.5), (e, r) -> r * Math.pow(0.5, e / 3)),
        new Entry(
            "MultiStepLR",
            o -> new MultiStepLR(o, List.of(1, 4, 9), 0.3),
            (e, r) -> r * (e < 1 ? 1 : e < 4 ? 0.3 : e < 9 ? 0.09 : 0.027)),
        new Entry("ExponentialLR", o -> new ExponentialLR(o, 0.9), (e, r) -> r * Math.pow(0.9, e)),
        new Entry("ConstantLR", o -> new ConstantLR(o, 0.3, 4), (e, r) -> e < 4 ? r * 0.3 : r),
        new Entry(
            "LinearLR",
            o ->
                new LinearLR(
                    o, LinearLR.Options.defaults().startFactor(0.25).endFactor(0.75).totalIters(6)),
            (e, r) -> r * (0.25 + 0.5 * Math.min(e, 6) / 6)),
        new Entry(
            "PolynomialLR",
            o -> new PolynomialLR(o, 8, 1.5),
            (e, r) -> r * Math.pow(Math.max(0, 1 - e / 8.0), 1.5)));
  }

  private static List<Entry> cosines() {
    return List.of(
        new Entry(
            "CosineAnnealingLR",
            o -> new CosineAnnealingLR(o, 5, 0.01),
            (e, r) -> 0.01 + (r - 0.01) * cosine(e / 5.0)),
        new Entry(
            "CosineAnnealingLR of one epoch",
            o -> new CosineAnnealingLR(o, 1, 0.01),
            (e, r) -> e % 2 == 0 ? r : 0.01),
        new Entry(
            "CosineAnnealingWarmRestarts",
            o ->
                new CosineAnnealingWarmRestarts(
                    o, 2, CosineAnnealingWarmRestarts.Options.defaults().multiplier(3).least(0.01)),
            (e, r) ->
                0.01
                    + (r - 0.01)
                        * cosine(e < 2 ? e / 2.0 : e < 8 ? (e - 2) / 6.0 : (e - 8) / 18.0)),
        new Entry(
            "CosineAnnealingWarmRestarts of equal length",
            o -> new CosineAnnealingWarmRestarts(o, 3),
            (e, r) -> r * cosine(e % 3 / 3.0)));
  }

  private static List<Entry> ownFactors() {
    return List.of(
        new Entry("LambdaLR", o -> new LambdaLR(o, e -> 1 / (1.0 + e)), (e, r) -> r / (1 + e)),
        new Entry(
            "MultiplicativeLR",
            o -> new MultiplicativeLR(o, e -> e / (e + 1.0)),
            (e, r) -> r / (1 + e)),
        new Entry(
            "SWALR",
            o -> new SWALR(o, 0.02, 4, Annealing.LINEAR),
            (e, r) -> r + (0.02 - r) * Math.min(1, e / 4.0)),
        new Entry(
            "SWALR along a cosine",
            o -> new SWALR(o, 0.02, 4, Annealing.COSINE),
            (e, r) -> 0.02 + (r - 0.02) * cosine(Math.min(1, e / 4.0))));
  }

  private static List<Entry> oneCycles() {
    return List.of(
        new Entry(
            "OneCycleLR",
            o -> new OneCycleLR(o, 0.5, 20),
            (e, r) ->
                e <= 5 ? fall(0.02, 0.5, e / 5.0) : fall(0.5, 2e-6, Math.min(1, (e - 5) / 14.0))),
        new Entry(
            "OneCycleLR of three phases",
            o ->
                new OneCycleLR(
                    o,
                    0.5,
                    20,
                    OneCycleLR.Options.defaults().threePhase(true).annealing(Annealing.LINEAR)),
            (e, r) ->
                e <= 5
                    ? 0.02 + 0.48 * e / 5
                    : e <= 10
                        ? 0.5 - 0.48 * (e - 5) / 5
                        : 0.02 + (2e-6 - 0.02) * Math.min(1, (e - 10) / 9.0)),
        new Entry(
            "OneCycleLR up to each group's own rate",
            o -> new OneCycleLR(o, 20, OneCycleLR.Options.defaults().divFactor(10)),
            (e, r) ->
                r * (e <= 5 ? fall(0.1, 1, e / 5.0) : fall(1, 1e-5, Math.min(1, (e - 5) / 14.0)))));
  }

  private static List<Entry> cycles() {
    return List.of(
        new Entry(
            "CyclicLR",
            o -> new CyclicLR(o, 0.1, 0.7, cycles(CyclicLR.Mode.TRIANGULAR)),
            (e, r) -> 0.1 + 0.6 * triangle(e)),
        new Entry(
            "CyclicLR with lower and lower cycles",
            o -> new CyclicLR(o, 0.1, 0.7, cycles(CyclicLR.Mode.TRIANGULAR2)),
            (e, r) -> 0.1 + 0.6 * triangle(e) / (1 << (e / 5))),
        new Entry(
            "CyclicLR that shrinks",
            o -> new CyclicLR(o, 0.1, 0.7, cycles(CyclicLR.Mode.EXP_RANGE).gamma(0.9)),
            (e, r) -> 0.1 + 0.6 * triangle(e) * Math.pow(0.9, e)));
  }

  private static List<Entry> composites() {
    return List.of(
        new Entry(
            "SequentialLR",
            o ->
                new SequentialLR(
                    o,
                    List.of(
                        new LinearLR(o, LinearLR.Options.defaults().startFactor(0.2).totalIters(4)),
                        new CosineAnnealingLR(o, 6),
                        new ExponentialLR(o, 0.5)),
                    List.of(4, 10)),
            (e, r) ->
                e < 4
                    ? r * (0.2 + 0.2 * e)
                    : e < 10 ? r * cosine((e - 4) / 6.0) : r * Math.pow(0.5, e - 10)),
        new Entry(
            "ChainedScheduler",
            o ->
                new ChainedScheduler(
                    List.of(
                        new ConstantLR(o, 0.1, 3),
                        new ExponentialLR(o, 0.9),
                        new LinearLR(o, LinearLR.Options.defaults().startFactor(0.5)))),
            (e, r) -> r * (e < 3 ? 0.1 : 1) * Math.pow(0.9, e) * (0.5 + 0.5 * Math.min(e, 5) / 5)));
  }

  private static CyclicLR.Options cycles(CyclicLR.Mode mode) {
    return CyclicLR.Options.defaults().stepSizeUp(2).stepSizeDown(3).mode(mode);
  }

  /// Up in two steps, down in three.
  private static double triangle(int epoch) {
    return new double[] {0, 0.5, 1, 2 / 3.0, 1 / 3.0}[epoch % 5];
  }

  private static double cosine(double share) {
    return (1 + Math.cos(Math.PI * share)) / 2;
  }

  private static double fall(double from, double to, double share) {
    return to + (from - to) * cosine(share);
  }
}
