package org.wengert.train;

import java.util.ArrayList;
import java.util.List;

/// The losses of a training, epoch by epoch, and what chance may explain of their ups and downs.
/// Holds state: figures of each epoch, and sums over the steps of the one that is not finished.
///
/// The spread of an epoch's batches is no measure of chance by itself, since a rate that is too
/// high makes it wide, too. Chance is that within a limit: a single sample's loss deviates by about
/// as much as it is large, so that of `N` samples, twice the deviation of a difference is about
/// `3/√N` of the loss. Where losses can be negative, such a share says nothing: there, the limit is
/// the spread of the calmest epoch.
final class Losses {
  private static final double LEAST = 0.01;
  private static final double UNKNOWN = 0.05;
  private static final double SHARE = 3;
  private static final double CALM = 4;
  private static final int FEW = 4;

  private final List<EpochReport> epochs = new ArrayList<>();
  private final List<Spread> spreads = new ArrayList<>();
  private double first = Double.NaN;
  private double least = Double.POSITIVE_INFINITY;
  private boolean isSigned;
  private int batches;
  private double samples;
  private double mean;
  private double squares;

  /// What the batches of an epoch were like.
  ///
  /// @param batches steps
  /// @param samples of all of them
  /// @param deviation of their losses
  private record Spread(int batches, double samples, double deviation) {
    boolean isKnown() {
      return batches >= FEW && Double.isFinite(deviation);
    }

    double error() {
      return deviation / Math.sqrt(batches);
    }
  }

  /// What was reported by a training that goes on.
  static Losses of(History before) {
    Losses losses = new Losses();
    int next = 0;
    for (StepReport step : before.steps()) {
      while (next < before.epochs().size() && before.epochs().get(next).epoch() < step.epoch()) {
        losses.add(before.epochs().get(next++));
      }
      losses.add(step);
    }
    before.epochs().subList(next, before.epochs().size()).forEach(losses::add);
    return losses;
  }

  void add(StepReport step) {
    if (Double.isNaN(first)) {
      first = step.loss();
    }
    isSigned |= step.loss() < 0;
    batches++;
    samples += step.samples();
    double off = step.loss() - mean;
    mean += off / batches;
    squares += off * (step.loss() - mean);
  }

  void add(EpochReport epoch) {
    long before = epochs.isEmpty() ? 0 : epochs.getLast().step();
    double all = (epoch.step() - before) * samples / Math.max(1, batches); // a history may be thin
    spreads.add(new Spread(batches, all, Math.sqrt(squares / (batches - 1))));
    epochs.add(epoch);
    isSigned |= epoch.loss() < 0;
    least = Math.min(least, epoch.loss());
    batches = 0;
    samples = 0;
    mean = 0;
    squares = 0;
  }

  /// The number of epochs.
  int size() {
    return epochs.size();
  }

  EpochReport epoch(int index) {
    return epochs.get(index);
  }

  EpochReport last() {
    return epochs.getLast();
  }

  double loss(int index) {
    return epochs.get(index).loss();
  }

  /// The mean loss of the epochs `from` to `to`, without the latter.
  double mean(int from, int to) {
    return epochs.subList(from, to).stream()
        .mapToDouble(EpochReport::loss)
        .average()
        .orElse(Double.NaN);
  }

  /// The loss of the first step.
  double first() {
    return Double.isNaN(first) && !epochs.isEmpty() ? loss(0) : first;
  }

  /// Whether losses can be negative, so that 0 is nothing to measure them by.
  boolean isSigned() {
    return isSigned;
  }

  private double fallen() {
    return Math.max(0, first() - least);
  }

  /// What a loss is to be measured by: itself; where losses can be negative, what it fell so far.
  double scale(double loss) {
    return isSigned ? fallen() : loss;
  }

  /// What a fall is to be measured by. A single sample's deviation is a scale, too.
  double room(double loss) {
    return isSigned ? Math.max(fallen(), ofSample(calm(0.25))) : loss;
  }

  private double ofSample(double deviation) {
    Spread spread = spreads.getLast();
    return spread.isKnown() ? deviation * Math.sqrt(spread.samples / spread.batches) : 0;
  }

  /// By how much the loss of an epoch may be above that of the epoch before by chance.
  double chance(int index) {
    Spread here = spreads.get(index);
    Spread before = spreads.get(index - 1);
    double scale = scale(loss(index - 1));
    double negligible = negligible(loss(index - 1));
    if (!here.isKnown() || !before.isKnown()) {
      return Math.max(UNKNOWN * scale, negligible);
    }
    double measured = 2 * Math.hypot(here.error(), before.error());
    double limit =
        isSigned
            ? CALM * calm(0) / Math.sqrt(here.batches)
            : SHARE / Math.sqrt(here.samples) * scale;
    return Math.max(Math.min(measured, limit), negligible);
  }

  private double negligible(double loss) {
    return Math.max(LEAST * scale(loss), 1e-3 * Math.abs(loss));
  }

  /// The deviation of batches in the epoch that is calmer than a share of all.
  private double calm(double share) {
    double[] known =
        spreads.stream().filter(Spread::isKnown).mapToDouble(Spread::deviation).sorted().toArray();
    return known.length == 0 ? 0 : known[(int) (share * known.length)];
  }

  /// Above this an epoch is worse than the first step was. That was one batch, and could have been
  /// a lucky one.
  double start() {
    double limit = SHARE * Math.max(Math.abs(first()), fallen());
    double chance = Math.min(CALM * calm(0.25), limit);
    return first() + Math.max(chance, Math.max(UNKNOWN * scale(first()), 1e-3 * Math.abs(first())));
  }
}
