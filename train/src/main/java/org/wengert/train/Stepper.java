package org.wengert.train;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.GradientClipping;
import org.wengert.optim.LBFGS;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.OptionException;

/// One step of an optimizer, from batches to other parameters.
record Stepper<B>(
    Optimizer optimizer,
    List<Parameter> parameters,
    Scoring<B> scoring,
    double clipNorm,
    double clipValue) {
  static <B> Stepper<B> of(
      Module model, Optimizer optimizer, Scoring<B> scoring, double clipNorm, double clipValue) {
    List<Parameter> moved =
        optimizer.groups().stream().<Parameter>flatMap(g -> g.parameters().stream()).toList();
    List<Parameter> own = model.parameters();
    if (moved.stream().noneMatch(one -> own.stream().anyMatch(p -> p == one))) {
      throw new StateException(
              "the optimizer moves "
                  + moved.size()
                  + " parameters, of which none is among the "
                  + own.size()
                  + " of the model")
          .hint("make it of this model's, as in new Adam(model.parameters())");
    }
    if (optimizer instanceof LBFGS && !(Double.isNaN(clipNorm) && Double.isNaN(clipValue))) {
      throw new OptionException("gradients are to be clipped, but LBFGS computes them itself")
          .hint("leave out clipNorm and clipValue, or take another optimizer");
    }
    return new Stepper<>(optimizer, moved, scoring, clipNorm, clipValue);
  }

  /// What a step was like.
  ///
  /// @param loss before it, the mean over all samples
  /// @param norm of the gradients before clipping; `NaN` if they are not clipped
  record Outcome(double loss, int samples, double norm) {}

  /// Learns from all of these together; each sample counts the same.
  ///
  /// @param tally where losses and metrics go
  Outcome step(List<B> batches, Tally tally) {
    Sum sum = new Sum(batches, batches.stream().mapToInt(scoring::samples).sum(), tally);
    if (optimizer instanceof LBFGS) {
      double loss = optimizer.step(() -> sum.loss()).item();
      return new Outcome(loss, sum.samples, Double.NaN);
    }
    optimizer.zeroGrad();
    double loss = 0;
    for (B batch : batches) {
      Variable part = sum.part(batch, true);
      loss += part.item();
      requireFinite(loss);
      part.backward();
    }
    double norm = clip();
    if (Double.isInfinite(norm) || Double.isNaN(norm) && !Double.isNaN(clipNorm)) {
      throw new NotFinite("norm of the gradients", norm); // the weights are still good
    }
    optimizer.step();
    return new Outcome(loss, sum.samples, norm);
  }

  private double clip() {
    double norm =
        Double.isNaN(clipNorm) ? Double.NaN : GradientClipping.clipByNorm(parameters, clipNorm);
    if (!Double.isNaN(clipValue)) {
      GradientClipping.clipByValue(parameters, clipValue);
    }
    return norm;
  }

  static void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new NotFinite("loss", loss);
    }
  }

  /// Something that is not finite, before somebody knows where.
  static final class NotFinite extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final String what;
    final double value;

    NotFinite(String what, double value) {
      super(null, null, false, false);
      this.what = what;
      this.value = value;
    }
  }

  /// The losses of several batches as one.
  private final class Sum {
    private final List<B> batches;
    private final int samples;
    private final Tally tally;
    private boolean seen;

    Sum(List<B> batches, int samples, Tally tally) {
      this.batches = batches;
      this.samples = samples;
      this.tally = tally;
    }

    /// The share that a batch has in the mean.
    Variable part(B batch, boolean first) {
      Scoring.Score score = scoring.of(batch);
      int count = scoring.samples(batch);
      if (first) {
        tally.add(score);
        tally.add(score.loss().item(), count);
      }
      return count == samples ? score.loss() : score.loss().mul((double) count / samples);
    }

    Variable loss() {
      @Nullable Variable all = null;
      for (B batch : batches) {
        Variable part = part(batch, !seen);
        requireFinite(part.item());
        all = all == null ? part : all.add(part);
      }
      seen = true;
      return Objects.requireNonNull(all);
    }
  }
}
