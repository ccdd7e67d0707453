package org.wengert.train;

import java.util.Locale;
import java.util.Optional;

/// What the curves of a training say about its learning rate.
final class CurveAdvice {
  private static final int WINDOW = 5;
  private static final double STEADY = 0.7;
  private static final double SLOW = 0.02;
  private static final double HARDLY = 2e-4;
  private static final double AGREED = 0.2;

  private final Losses losses;
  private final double agreement;
  private final int n;

  private CurveAdvice(Losses losses, double agreement) {
    this.losses = losses;
    this.agreement = agreement;
    n = losses.size();
  }

  /// What there is to say about the training losses.
  ///
  /// @param agreement of the gradients of batches, from 0 to 1; `NaN` if it is not known
  static Optional<Advice> of(Losses losses, double agreement) {
    CurveAdvice curves = new CurveAdvice(losses, agreement);
    return curves
        .isWorseThanAtFirst()
        .or(curves::oscillates)
        .or(curves::fallsSteadily)
        .or(curves::fallsInNoise);
  }

  private Optional<Advice> isWorseThanAtFirst() {
    if (n < 2 || Math.min(losses.loss(n - 1), losses.loss(n - 2)) <= losses.start()) {
      return Optional.empty();
    }
    return advice(
        Advice.Topic.OSCILLATES,
        "the loss is worse than at first: reduce the learning rate, now %.3g; it was %.4g in the"
            + " first step, and is %.4g and %.4g in the last 2 epochs",
        rate(),
        losses.first(),
        losses.loss(n - 2),
        losses.loss(n - 1));
  }

  private Optional<Advice> oscillates() {
    int rises = 0;
    int last = 0;
    for (int i = n - WINDOW; n > WINDOW && i < n; i++) {
      if (losses.loss(i) - losses.loss(i - 1) > losses.chance(i)) {
        rises++;
        last = i;
      }
    }
    return rises < 2
        ? Optional.empty()
        : advice(
            Advice.Topic.OSCILLATES,
            "the loss oscillates: reduce the learning rate, now %.3g; it rose in %d of the last %d"
                + " epochs, at last from %.4g to %.4g, where chance explains %.2g",
            rate(),
            rises,
            WINDOW,
            losses.loss(last - 1),
            losses.loss(last),
            losses.chance(last));
  }

  private Optional<Advice> fallsSteadily() {
    int from = n - 1 - WINDOW;
    if (from < 0 || losses.epoch(from).learningRate() != rate()) {
      return Optional.empty();
    }
    double[] falls = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      falls[i] = losses.loss(from + i) - losses.loss(from + i + 1);
      if (!(falls[i] > 0)) {
        return Optional.empty();
      }
    }
    double fall = (losses.loss(from) - losses.loss(n - 1)) / WINDOW;
    double share = fall / losses.room(losses.loss(from));
    double before = from == 0 ? 0 : (losses.loss(0) - losses.loss(from)) / from;
    boolean steady = falls[WINDOW - 1] + falls[WINDOW - 2] >= STEADY * (falls[0] + falls[1]);
    return !steady || share > SLOW || share < HARDLY && before > 2 * fall
        ? Optional.empty()
        : slow(share < HARDLY ? "hardly moves" : "falls slowly and steadily", fall, share);
  }

  /// Where chance hides how the loss falls, the gradients tell: if those of all batches point the
  /// same way, larger steps would go further.
  private Optional<Advice> fallsInNoise() {
    int from = n - WINDOW;
    if (from <= 0 || !(agreement > AGREED) || losses.epoch(0).learningRate() != rate()) {
      return Optional.empty();
    }
    int begin = Math.max(0, from - WINDOW);
    double before = losses.mean(begin, from);
    double fall = (before - losses.mean(from, n)) / ((n - begin) / 2.0);
    double share = fall / losses.room(before);
    return Math.abs(share) >= SLOW
        ? Optional.empty()
        : advice(
            Advice.Topic.SLOW,
            "the loss hardly moves in its noise: increase the learning rate, now %.3g; it went from"
                + " %.4g to %.4g, means of up to 5 epochs, while the gradients of batches point the"
                + " same way (%.2f of 1)",
            rate(),
            before,
            losses.mean(from, n),
            agreement);
  }

  private Optional<Advice> slow(String how, double fall, double share) {
    String by =
        losses.isSigned()
            ? format("%.2g in each of the last %d epochs", fall, WINDOW)
            : format("%.2g %% in each of the last %d epochs", 100 * share, WINDOW);
    return advice(
        Advice.Topic.SLOW,
        "the loss %s: increase the learning rate, now %.3g; it fell by %s",
        how,
        rate(),
        by);
  }

  private double rate() {
    return losses.last().learningRate();
  }

  static Optional<Advice> advice(Advice.Topic topic, String format, Object... numbers) {
    return Optional.of(new Advice(topic, "", format(format, numbers)));
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need a dependency
  private static String format(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
