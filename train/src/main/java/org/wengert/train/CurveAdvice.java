package org.wengert.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the curves of a training say about its learning rate.
final class CurveAdvice {
  private static final int WINDOW = 5;
  private static final double STEADY = 0.7;
  private static final double SLOW = 0.02;
  private static final double NOTICEABLE = 1e-3;
  private static final double WORSE = 1.05;

  private final List<EpochReport> epochs;
  private final List<Double> errors;

  /// @param errors the standard error of each epoch's loss
  private CurveAdvice(List<EpochReport> epochs, List<Double> errors) {
    this.epochs = epochs;
    this.errors = errors;
  }

  /// All advice after these epochs.
  static List<Advice> of(List<EpochReport> epochs, List<StepReport> steps) {
    List<Double> errors = epochs.stream().map(e -> error(e.epoch(), steps)).toList();
    CurveAdvice curves = new CurveAdvice(epochs, errors);
    List<Advice> advice = new ArrayList<>();
    curves.oscillates().or(curves::isSlow).ifPresent(advice::add);
    curves.overfits().or(curves::hasStalled).ifPresent(advice::add);
    return advice;
  }

  /// By how much the mean of an epoch's losses varies by chance; 0 if there is only one.
  private static double error(int epoch, List<StepReport> steps) {
    double[] losses =
        steps.stream().filter(s -> s.epoch() == epoch).mapToDouble(StepReport::loss).toArray();
    if (losses.length < 2) {
      return 0;
    }
    double mean = Arrays.stream(losses).average().orElse(0);
    double squares = Arrays.stream(losses).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (losses.length - 1) / losses.length);
  }

  private Optional<Advice> oscillates() {
    int n = epochs.size();
    if (n <= WINDOW) {
      return Optional.empty();
    }
    int rises = 0;
    String last = "";
    for (int i = n - WINDOW; i < n; i++) {
      double before = epochs.get(i - 1).loss();
      double rise = epochs.get(i).loss() - before;
      double chance = 2 * Math.hypot(errors.get(i), errors.get(i - 1));
      if (rise > Math.max(chance, 0.01 * before)) {
        rises++;
        last =
            "from %.4g to %.4g, where chance explains %.2g"
                .formatted(before, epochs.get(i).loss(), chance);
      }
    }
    return rises < 2
        ? Optional.empty()
        : Optional.of(
            curve(
                Advice.Topic.OSCILLATES,
                "the loss oscillates: reduce the learning rate, now %.3g; it rose in %d of the last"
                    + " %d epochs, at last %s",
                rate(),
                rises,
                WINDOW,
                last));
  }

  private Optional<Advice> isSlow() {
    int n = epochs.size();
    if (n <= WINDOW || epochs.get(n - 1 - WINDOW).learningRate() != rate()) {
      return Optional.empty();
    }
    double[] falls = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      int at = n - WINDOW + i;
      falls[i] = epochs.get(at - 1).loss() - epochs.get(at).loss();
      if (falls[i] <= 0) {
        return Optional.empty();
      }
    }
    double first = epochs.get(n - 1 - WINDOW).loss();
    double share = (first - epochs.get(n - 1).loss()) / first / WINDOW;
    boolean steady = falls[WINDOW - 1] + falls[WINDOW - 2] >= STEADY * (falls[0] + falls[1]);
    return !steady || share > SLOW || share < NOTICEABLE / WINDOW
        ? Optional.empty()
        : Optional.of(
            curve(
                Advice.Topic.SLOW,
                "the loss falls slowly and steadily: increase the learning rate, now %.3g; it fell"
                    + " by %.2g %% in each of the last %d epochs",
                rate(),
                100 * share,
                WINDOW));
  }

  private Optional<Advice> overfits() {
    int best = best();
    int n = epochs.size();
    if (best < 0 || n - 1 - best < WINDOW - 2) {
      return Optional.empty();
    }
    EpochReport then = epochs.get(best);
    double recent = recent();
    boolean holds =
        recent > WORSE * then.validationLoss() && epochs.getLast().loss() < then.loss() / WORSE;
    return holds
        ? Optional.of(
            curve(
                Advice.Topic.OVERFITS,
                "it learns by heart: stop early, or use dropout, weight decay or more data; since"
                    + " epoch %d the validation loss rose from %.4g to %.4g, the training loss fell"
                    + " from %.4g to %.4g",
                then.epoch(),
                then.validationLoss(),
                recent,
                then.loss(),
                epochs.getLast().loss()))
        : Optional.empty();
  }

  private Optional<Advice> hasStalled() {
    int best = best();
    int since = epochs.size() - 1 - best;
    return best < 0 || since < WINDOW
        ? Optional.empty()
        : Optional.of(
            curve(
                Advice.Topic.STALLED,
                "validation has stalled: turn the learning rate down, now %.3g; the validation loss"
                    + " was best, %.4g, %d epochs ago, and is %.4g",
                rate(),
                epochs.get(best).validationLoss(),
                since,
                epochs.getLast().validationLoss()));
  }

  /// The last epoch whose validation loss was noticeably better than all before; -1 if none was.
  private int best() {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < epochs.size(); i++) {
      double loss = epochs.get(i).validationLoss();
      if (loss < least - NOTICEABLE * Math.abs(least) || best < 0 && !Double.isNaN(loss)) {
        least = loss;
        best = i;
      }
    }
    return best;
  }

  private double recent() {
    return epochs.stream()
        .skip(epochs.size() - (WINDOW - 2))
        .mapToDouble(EpochReport::validationLoss)
        .average()
        .orElse(Double.NaN);
  }

  private double rate() {
    return epochs.getLast().learningRate();
  }

  private static Advice curve(Advice.Topic topic, String format, Object... numbers) {
    return new Advice(topic, "", format.formatted(numbers));
  }
}
