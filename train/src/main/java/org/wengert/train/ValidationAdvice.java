package org.wengert.train;

import java.util.Optional;

/// What the curve of validation losses says.
final class ValidationAdvice {
  private static final int WINDOW = 5;
  private static final double NOTICEABLE = 1e-3;
  private static final double WORSE = 0.05;

  private final Losses losses;
  private final int n;
  private final int best;

  private ValidationAdvice(Losses losses) {
    this.losses = losses;
    n = losses.size();
    best = best();
  }

  /// What there is to say.
  static Optional<Advice> of(Losses losses) {
    ValidationAdvice curve = new ValidationAdvice(losses);
    return curve.best < 0 ? Optional.empty() : curve.overfits().or(curve::hasStalled);
  }

  private double validation(int index) {
    return losses.epoch(index).validationLoss();
  }

  /// What a validation loss is to be measured by: itself; where losses can be negative, what it
  /// fell before.
  private double scale(double loss) {
    boolean isSigned = losses.isSigned() || loss < 0;
    return isSigned ? Math.max(0, validation(0) - loss) : loss;
  }

  /// The last epoch whose validation loss was noticeably better than all before; -1 if none was.
  private int best() {
    int at = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double loss = validation(i);
      if (at < 0 ? !Double.isNaN(loss) : loss < least - NOTICEABLE * scale(least)) {
        least = loss;
        at = i;
      }
    }
    return at;
  }

  private Optional<Advice> overfits() {
    if (n - 1 - best < WINDOW - 2) {
      return Optional.empty();
    }
    double recent = 0;
    for (int i = n - (WINDOW - 2); i < n; i++) {
      recent += validation(i) / (WINDOW - 2);
    }
    double then = validation(best);
    double learned = losses.loss(best) - losses.last().loss();
    return recent - then > WORSE * scale(then)
            && recent > then
            && learned > WORSE * losses.scale(losses.last().loss())
        ? CurveAdvice.advice(
            Advice.Topic.OVERFITS,
            "it learns by heart: stop early, or use dropout, weight decay or more data; since epoch"
                + " %d the validation loss rose from %.4g to %.4g, the training loss fell from %.4g"
                + " to %.4g",
            losses.epoch(best).epoch(),
            then,
            recent,
            losses.loss(best),
            losses.last().loss())
        : Optional.empty();
  }

  private Optional<Advice> hasStalled() {
    int since = n - 1 - best;
    return since < WINDOW
        ? Optional.empty()
        : CurveAdvice.advice(
            Advice.Topic.STALLED,
            "validation has stalled: turn the learning rate down, now %.3g; the validation loss was"
                + " best, %.4g, %d epochs ago, and is %.4g",
            losses.last().learningRate(),
            validation(best),
            since,
            losses.last().validationLoss());
  }
}
