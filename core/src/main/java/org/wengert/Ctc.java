package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Connectionist temporal classification, for [SequenceLossFunctions]: the probability of all paths
/// through the classes that spell a target, added up step by step. A path may stay on a label, and
/// go on to the next over a blank or, if it is another label, directly.
///
/// A. Graves et al., Connectionist temporal classification, ICML 2006.
/// Immutable.
final class Ctc {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private final long[][] labels;
  private final boolean[][] skips;
  private final int[] steps;
  private final int[] lengths;

  /// @param labels the targets with a blank before, between and behind: `(samples, states)`
  /// @param skips whether a state may be reached from the one before the last, of that shape
  /// @param steps how many steps each sample has
  /// @param lengths how many labels each sample has
  private Ctc(long[][] labels, boolean[][] skips, int[] steps, int[] lengths) {
    this.labels = labels;
    this.skips = skips;
    this.steps = steps;
    this.lengths = lengths;
  }

  /// From targets as they are given.
  ///
  /// @param targets the labels of each sample
  static Ctc of(long[][] targets, int[] steps, long blank) {
    int longest = Arrays.stream(targets).mapToInt(target -> target.length).max().orElse(0);
    long[][] labels = new long[targets.length][2 * longest + 1];
    boolean[][] skips = new boolean[targets.length][2 * longest + 1];
    for (int n = 0; n < targets.length; n++) {
      Arrays.fill(labels[n], blank);
      for (int i = 0; i < targets[n].length; i++) {
        labels[n][2 * i + 1] = targets[n][i];
        skips[n][2 * i + 1] = i > 0 && targets[n][i] != targets[n][i - 1];
      }
    }
    int[] lengths = Arrays.stream(targets).mapToInt(target -> target.length).toArray();
    return new Ctc(labels, skips, steps, lengths);
  }

  /// `-log P(target)` for each sample.
  ///
  /// @param logP of shape `(steps, samples, classes)`
  Variable losses(Variable logP, boolean zeroInfinity) {
    int samples = labels.length;
    int states = labels[0].length;
    Tensor index = Tensor.ofArray(labels);
    Shape all = Shape.of(logP.size(0), samples, states);
    Variable emitted =
        F.gather(logP, 2, Variable.constant(index.reshape(1, samples, states).expand(all)));
    Variable none = F.fullLike(emitted.select(0, 0), NONE);
    Variable skip = Variable.constant(Tensor.ofArray(skips));
    Variable alpha = F.where(starts(samples, states), emitted.select(0, 0), none);
    for (int t = 1; t < logP.size(0); t++) {
      Variable two = F.where(skip, shifted(alpha, none, 2), none);
      Variable paths = total(F.stack(List.of(alpha, shifted(alpha, none, 1), two), 0), none);
      alpha = F.where(running(t), paths.add(emitted.select(0, t)), alpha);
    }
    return ended(alpha, logP, zeroInfinity);
  }

  /// The first label or the blank before it.
  private Variable starts(int samples, int states) {
    boolean[][] starts = new boolean[samples][states];
    for (int n = 0; n < samples; n++) {
      starts[n][0] = true;
      if (lengths[n] > 0) {
        starts[n][1] = true;
      }
    }
    return Variable.constant(Tensor.ofArray(starts));
  }

  private static Variable shifted(Variable alpha, Variable none, int by) {
    int states = alpha.size(1);
    int kept = Math.max(0, states - by);
    return F.cat(List.of(none.slice(1, 0, states - kept), alpha.slice(1, 0, kept)), 1);
  }

  /// `log Σ exp` along the first axis; -∞, without a gradient, where no path leads.
  private static Variable total(Variable paths, Variable none) {
    Variable dead = F.amax(paths.detach(), false, 0).eq(NONE);
    Variable alive = F.where(dead, F.zerosLike(paths), paths);
    return F.where(dead, none, F.logSumExp(alive, false, 0));
  }

  private Variable running(int t) {
    boolean[] running = new boolean[steps.length];
    for (int n = 0; n < running.length; n++) {
      running[n] = t < steps[n];
    }
    return Variable.constant(Tensor.of(running).reshape(running.length, 1));
  }

  /// A path ends on the last label or the blank behind it.
  private Variable ended(Variable alpha, Variable logP, boolean zeroInfinity) {
    boolean[][] ends = new boolean[lengths.length][alpha.size(1)];
    for (int n = 0; n < lengths.length; n++) {
      ends[n][2 * lengths[n]] = true;
      if (lengths[n] > 0) {
        ends[n][2 * lengths[n] - 1] = true;
      }
    }
    Variable none = F.fullLike(alpha, NONE);
    Variable last = F.where(Variable.constant(Tensor.ofArray(ends)), alpha, none).transpose(0, 1);
    Variable possible = total(last, none.select(1, 0)).neg();
    Variable dead = possible.detach().eq(Double.POSITIVE_INFINITY);
    if (zeroInfinity) {
      return F.where(dead, F.zerosLike(possible), possible);
    }
    return F.where(dead, impossible(logP, dead), possible);
  }

  /// `log 0` for targets that no path spells, whose gradient is `NaN`.
  private static Variable impossible(Variable logP, Variable dead) {
    Variable zero = F.zerosLike(dead.to(logP.dtype()));
    Variable infinite = F.where(dead, F.fullLike(zero, Double.POSITIVE_INFINITY), zero);
    return F.logSumExp(logP.sub(F.unsqueeze(infinite, 1)), false, 0, 2).neg();
  }

  /// The targets of each sample, out of a padded matrix or one row of all labels.
  static long[][] targets(Variable targets, int[] lengths) {
    long[] labels = targets.value().toLongArray();
    long[][] each = new long[lengths.length][];
    int from = 0;
    for (int n = 0; n < lengths.length; n++) {
      int at = targets.rank() == 2 ? n * targets.size(1) : from;
      int room = targets.rank() == 2 ? targets.size(1) : labels.length - from;
      if (lengths[n] < 0 || lengths[n] > room) {
        throw (ShapeException)
            new ShapeException("target length " + lengths[n] + " of sample " + n)
                .hint("targets of shape " + targets.shape() + " have " + room + " labels for it")
                .during("ctcLoss");
      }
      each[n] = Arrays.copyOfRange(labels, at, at + lengths[n]);
      from += lengths[n];
    }
    return each;
  }

  /// The numbers of samples, as integers.
  static int[] integers(Variable numbers) {
    return Arrays.stream(numbers.value().toLongArray()).mapToInt(Math::toIntExact).toArray();
  }

  /// One over each length, at most 1.
  Tensor shares() {
    double[] shares = Arrays.stream(lengths).mapToDouble(n -> 1.0 / Math.max(1, n)).toArray();
    return Tensor.over(new Storage.Doubles(shares), Shape.of(shares.length));
  }
}
