package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] that measure how far an output is from what it should be. They never
/// broadcast: operands have one shape unless a function says otherwise. Without a reduction they
/// give the mean.
abstract class LossFunctions extends RecurrentFunctions {
  LossFunctions() {}

  /// The mean of `(input - target)²`.
  ///
  /// @throws ShapeException if the shapes differ
  public static Variable mseLoss(Variable input, Variable target) {
    return mseLoss(input, target, LossReduction.MEAN);
  }

  /// `(input - target)²`.
  ///
  /// @throws ShapeException if the shapes differ
  public static Variable mseLoss(Variable input, Variable target, LossReduction reduction) {
    try {
      requireSame("mseLoss", input, target);
      return reduction.apply(input.sub(target).square());
    } catch (WengertException e) {
      throw refused(e, "mseLoss", input, target);
    }
  }

  /// The mean of `|input - target|`, with derivative 0 where they are equal.
  ///
  /// @throws ShapeException if the shapes differ
  public static Variable l1Loss(Variable input, Variable target) {
    return l1Loss(input, target, LossReduction.MEAN);
  }

  /// `|input - target|`, with derivative 0 where they are equal.
  ///
  /// @throws ShapeException if the shapes differ
  public static Variable l1Loss(Variable input, Variable target, LossReduction reduction) {
    try {
      requireSame("l1Loss", input, target);
      return reduction.apply(abs(input.sub(target)));
    } catch (WengertException e) {
      throw refused(e, "l1Loss", input, target);
    }
  }

  /// With `d = |input - target|`: `d² / (2 beta)` below `beta`, then the line `d - beta / 2`.
  ///
  /// @param beta from 0, which makes it `d`, with derivative -1 for both operands where they are
  ///     equal; PyTorch's default is 1
  /// @throws ShapeException if the shapes differ
  /// @throws OptionException if `beta` is negative
  public static Variable smoothL1Loss(
      Variable input, Variable target, double beta, LossReduction reduction) {
    try {
      requireSame("smoothL1Loss", input, target);
      if (!(beta >= 0)) {
        throw new OptionException("beta " + beta).hint("it is 0 or more");
      }
      if (beta == 0) {
        return reduction.apply(distance(input, target));
      }
      Variable d = abs(input.sub(target));
      return reduction.apply(where(d.lt(beta), d.square().mul(0.5 / beta), d.sub(0.5 * beta)));
    } catch (WengertException e) {
      throw refused(e, "smoothL1Loss", input, target);
    }
  }

  /// `|a - b|` with libtorch's derivative of this loss where they are equal: -1 for both.
  private static Variable distance(Variable a, Variable b) {
    Variable equal = a.detach().sub(a).add(b.detach().sub(b));
    return where(gt(a, b), a.sub(b), where(lt(a, b), b.sub(a), equal));
  }

  /// With `d = |input - target|`: `d² / 2` up to `delta`, then the line `delta (d - delta / 2)`.
  ///
  /// @param delta more than 0; PyTorch's default is 1
  /// @throws ShapeException if the shapes differ
  /// @throws OptionException if `delta` is not positive
  public static Variable huberLoss(
      Variable input, Variable target, double delta, LossReduction reduction) {
    try {
      requireSame("huberLoss", input, target);
      if (!(delta > 0)) {
        throw new OptionException("delta " + delta).hint("it is more than 0");
      }
      Variable d = abs(input.sub(target));
      Variable line = d.sub(0.5 * delta).mul(delta);
      return reduction.apply(where(d.le(delta), d.square().mul(0.5), line));
    } catch (WengertException e) {
      throw refused(e, "huberLoss", input, target);
    }
  }

  /// The mean of `-log softmax(logits)[target]`: a classifier's loss, from logits as they leave the
  /// last layer.
  ///
  /// @param logits of shape `(N, C)`, `(N, C, d..)` or `(C)`
  /// @param target class indices (integers) of that shape without `C`, or probabilities (floating)
  ///     of that same shape
  /// @throws ShapeException if the shapes do not fit, or a class does not exist
  /// @throws DTypeException if the target is `BOOL`
  public static Variable crossEntropy(Variable logits, Variable target) {
    return crossEntropy(logits, target, ClassLoss.defaults());
  }

  /// Softmax and cross entropy in one, with classes `c`, weights `w` and smoothing `ε`:
  ///
  /// - a target class `t`: `-(1-ε) w[t] log softmax(x)[t] - ε/C Σ w[c] log softmax(x)[c]`, and 0 if
  ///   `t` is ignored; the mean divides by the sum of the `w[t]` of targets not ignored;
  /// - target probabilities `q`: `-Σ w[c] ((1-ε) q[c] + ε/C) log softmax(x)[c]`; the mean divides
  ///   by the number of samples.
  ///
  /// @param logits of shape `(N, C)`, `(N, C, d..)` or `(C)`
  /// @param target class indices (integers) of that shape without `C`, or probabilities (floating)
  ///     of that same shape
  /// @throws ShapeException if the shapes do not fit, or a class does not exist
  /// @throws DTypeException if the target is `BOOL`
  public static Variable crossEntropy(Variable logits, Variable target, ClassLoss options) {
    return attempt(
        "crossEntropy",
        () -> new ClassLosses("crossEntropy", logits, target, options).crossEntropy(),
        logits,
        target);
  }

  /// `-w[target] x[target]` for logarithms of probabilities, as [F#logSoftmax] gives them; the mean
  /// divides by the sum of the weights of targets not ignored.
  ///
  /// @param x of shape `(N, C)`, `(N, C, d..)` or `(C)`
  /// @param target class indices of that shape without `C`
  /// @param options without smoothing
  /// @throws ShapeException if the shapes do not fit, or a class does not exist
  /// @throws DTypeException if the target is not integral
  /// @throws OptionException if the options smooth
  public static Variable nllLoss(Variable x, Variable target, ClassLoss options) {
    try {
      if (options.labelSmoothing() != 0) {
        throw new OptionException("label smoothing " + options.labelSmoothing())
            .hint("only crossEntropy smooths its targets");
      }
      return new ClassLosses("nllLoss", x, target, options).nll();
    } catch (WengertException e) {
      throw refused(e, "nllLoss", x, target);
    }
  }

  /// The mean of `-(t log p + (1-t) log(1-p))`; see [#binaryCrossEntropy(Variable, Variable,
  /// Variable, LossReduction)].
  public static Variable binaryCrossEntropy(Variable p, Variable target) {
    return binaryCrossEntropy(p, target, null, LossReduction.MEAN);
  }

  /// `-w (t log p + (1-t) log(1-p))` for probabilities `p` and targets `t` from 0 to 1. Each
  /// logarithm is at least -100, so that a confident error is finite.
  ///
  /// @param weight broadcasts to `p`; null means 1
  /// @throws ShapeException if the shapes differ
  /// @throws OptionException if an input is no probability
  public static Variable binaryCrossEntropy(
      Variable p, Variable target, @Nullable Variable weight, LossReduction reduction) {
    try {
      requireSame("binaryCrossEntropy", p, target);
      for (double probability : p.value().toDoubleArray()) {
        if (!(probability >= 0 && probability <= 1)) {
          throw new OptionException("an input is " + probability + ", which is no probability")
              .hint("use sigmoid first, or binaryCrossEntropyWithLogits for logits");
        }
      }
      Variable losses = new BinaryCrossEntropy().apply(p, target);
      return reduction.apply(weighted("binaryCrossEntropy", losses, weight));
    } catch (WengertException e) {
      throw refused(e, "binaryCrossEntropy", p, target, weight);
    }
  }

  /// The mean of `t log(1 + exp(-x)) + (1-t) log(1 + exp x)`; see
  /// [#binaryCrossEntropyWithLogits(Variable, Variable, Variable, Variable, LossReduction)].
  public static Variable binaryCrossEntropyWithLogits(Variable x, Variable target) {
    return binaryCrossEntropyWithLogits(x, target, null, null, LossReduction.MEAN);
  }

  /// `w (v t log(1 + exp(-x)) + (1-t) log(1 + exp x))` for logits `x` and targets `t` from 0 to 1:
  /// sigmoid and binary cross entropy in one, exact and finite for any logit.
  ///
  /// @param weight `w`, broadcasts to `x`; null means 1
  /// @param posWeight `v`, the weight of positive targets, broadcasts to `x`; null means 1
  /// @throws ShapeException if the shapes differ or a weight does not fit
  public static Variable binaryCrossEntropyWithLogits(
      Variable x,
      Variable target,
      @Nullable Variable weight,
      @Nullable Variable posWeight,
      LossReduction reduction) {
    try {
      String attempt = "binaryCrossEntropyWithLogits";
      requireSame(attempt, x, target);
      Variable yes = weighted(attempt, target.mul(softplus(x.neg())), posWeight);
      Variable no = target.rsub(1.0).mul(softplus(x));
      return reduction.apply(weighted(attempt, yes.add(no), weight));
    } catch (WengertException e) {
      throw refused(e, "binaryCrossEntropyWithLogits", x, target, weight, posWeight);
    }
  }

  /// `t (log t - x)`, the Kullback-Leibler divergence of `x`, logarithms of probabilities, from the
  /// probabilities `t`; 0 where `t` is 0. The mean is that of all elements; the sum divided by the
  /// number of samples is what mathematics calls the divergence.
  ///
  /// @param logTarget whether the target holds logarithms, too
  /// @throws ShapeException if the shapes differ
  public static Variable klDiv(
      Variable x, Variable target, boolean logTarget, LossReduction reduction) {
    requireSame("klDiv", x, target);
    return reduction.apply(
        logTarget ? target.exp().mul(target.sub(x)) : xlogy(target, target).sub(target.mul(x)));
  }

  /// The negative log likelihood of counts `t` under a Poisson distribution with mean `x`, or `exp
  /// x`: `exp x - t x`, or `x - t log(x + eps)`.
  ///
  /// @param logInput whether `x` is the logarithm of the mean; PyTorch's default is true
  /// @param full whether Stirling's approximation of `log t!` is added for `t` above 1
  /// @param eps keeps the logarithm finite; PyTorch's default is 1e-8
  /// @throws ShapeException if the shapes differ
  public static Variable poissonNllLoss(
      Variable x,
      Variable target,
      boolean logInput,
      boolean full,
      double eps,
      LossReduction reduction) {
    requireSame("poissonNllLoss", x, target);
    Variable losses = logInput ? x.exp().sub(target.mul(x)) : x.sub(target.mul(x.add(eps).log()));
    if (full) {
      Variable many = target.gt(1);
      Variable t = where(many, target, onesLike(target));
      Variable stirling = t.mul(t.log()).sub(t).add(t.mul(2 * Math.PI).log().mul(0.5));
      losses = losses.add(where(many, stirling, zerosLike(stirling)));
    }
    return reduction.apply(losses);
  }

  /// The negative log likelihood of `target` under normal distributions:
  /// `(log v + (input - target)² / v) / 2` with `v = max(variance, eps)`.
  ///
  /// @param variance broadcasts to the input
  /// @param full whether the constant `log(2π) / 2` is added
  /// @param eps PyTorch's default is 1e-6; a variance below it gets no gradient
  /// @throws ShapeException if the shapes do not fit
  /// @throws OptionException if a variance is negative
  public static Variable gaussianNllLoss(
      Variable input,
      Variable target,
      Variable variance,
      boolean full,
      double eps,
      LossReduction reduction) {
    try {
      requireSame("gaussianNllLoss", input, target);
      requireBroadcast("gaussianNllLoss", variance, input.shape());
      for (double v : variance.value().toDoubleArray()) {
        if (v < 0) {
          throw new OptionException("a variance is " + v)
              .hint("a model gives positive ones by softplus or exp");
        }
      }
      Variable v = clampMin(variance, eps);
      Variable losses = v.log().add(input.sub(target).square().div(v)).mul(0.5);
      return reduction.apply(full ? losses.add(0.5 * Math.log(2 * Math.PI)) : losses);
    } catch (WengertException e) {
      throw refused(e, "gaussianNllLoss", input, target, variance);
    }
  }

  static void requireSame(String attempt, Variable input, Variable target) {
    if (!input.shape().equals(target.shape())) {
      boolean sameCount = input.shape().count() == target.shape().count();
      throw (ShapeException)
          new ShapeException("an input of shape " + input.shape() + " meets another target shape")
              .hint(
                  "a loss does not broadcast; "
                      + (sameCount
                          ? "write target.reshape" + input.shape()
                          : "make the shapes equal"))
              .during(attempt)
              .operand("input", input.name(), input.shape().toString())
              .operand("target", target.name(), target.shape().toString());
    }
  }

  private static Variable weighted(String attempt, Variable losses, @Nullable Variable weight) {
    if (weight == null) {
      return losses;
    }
    requireBroadcast(attempt, weight, losses.shape());
    return losses.mul(weight);
  }

  private static void requireBroadcast(String attempt, Variable operand, Shape to) {
    if (!operand.shape().broadcastsTo(to)) {
      throw (ShapeException)
          new ShapeException("shape " + operand.shape() + " does not fit an input of shape " + to)
              .hint("give one number for all, or one for each element of the last axes")
              .during(attempt);
    }
  }
}
