package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The losses of a classifier, for [LossFunctions]: the classes of the operand are axis 1, or the
/// only one.
///
/// @param attempt the function, for messages
/// @param x logits, or logarithms of probabilities
record ClassLosses(String attempt, Variable x, Variable target, ClassLoss options) {
  private int axis() {
    return x.rank() == 1 ? 0 : 1;
  }

  /// The cross entropy of logits.
  Variable crossEntropy() {
    requireShapes(target.dtype().isFloating());
    if (target.dtype().isFloating()) {
      return againstProbabilities();
    }
    ClassTargets classes = classes();
    boolean plain = options.weight() == null && options.labelSmoothing() == 0;
    return plain && classes.allCount() && x.rank() == 2
        ? new CrossEntropy(classes.index(), options.reduction()).apply(x)
        : against(F.logSoftmax(x, axis()), classes);
  }

  /// The negative log likelihood of logarithms of probabilities.
  Variable nll() {
    requireShapes(false);
    return against(x, classes());
  }

  private ClassTargets classes() {
    return ClassTargets.of(attempt, target.value(), x.size(axis()), options.ignoreIndex());
  }

  private Variable against(Variable logP, ClassTargets classes) {
    int axis = axis();
    Variable index = F.unsqueeze(Variable.constant(classes.index()), axis);
    Variable picked = F.squeeze(F.gather(logP, axis, index), axis);
    Variable share = Variable.constant(classes.weights(options.weight(), x.dtype()));
    Variable losses = picked.mul(share).mul(options.labelSmoothing() - 1);
    if (options.labelSmoothing() > 0) {
      Variable spread = weighted(logP).sum(axis);
      losses = losses.sub(spread.mul(options.labelSmoothing() / x.size(axis)));
    }
    if (!classes.allCount()) {
      losses = F.where(Variable.constant(classes.counts()), losses, F.zerosLike(losses));
    }
    return options.reduction() == LossReduction.MEAN
        ? losses.sum().div(share.sum())
        : options.reduction().apply(losses);
  }

  /// The mean divides by the number of samples, not of classes.
  private Variable againstProbabilities() {
    double smoothing = options.labelSmoothing();
    Variable smoothed =
        smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / x.size(axis()));
    Variable logP = weighted(F.logSoftmax(x, axis()));
    return options.reduction().apply(logP.mul(smoothed).sum(axis()).neg());
  }

  /// `w[c] logP[c]`.
  private Variable weighted(Variable logP) {
    Tensor weight = options.weight();
    if (weight == null) {
      return logP;
    }
    int[] aligned = new int[logP.rank()];
    Arrays.fill(aligned, 1);
    aligned[axis()] = weight.count();
    return logP.mul(Variable.constant(weight.to(logP.dtype()).reshape(aligned)));
  }

  private void requireShapes(boolean probabilities) {
    if (x.rank() == 0) {
      throw mismatch("a scalar has no axis of classes");
    }
    if (!probabilities && !target.dtype().isIntegral()) {
      throw (DTypeException)
          new DTypeException("a target of type " + target.dtype())
              .hint("give class indices (INT64), or crossEntropy probabilities (floating)")
              .during(attempt);
    }
    Shape expected = probabilities ? x.shape() : x.shape().remove(axis());
    if (!target.shape().equals(expected)) {
      String kind = probabilities ? "target probabilities" : "target classes";
      throw mismatch(kind + " must have shape " + expected);
    }
    Tensor weight = options.weight();
    if (weight != null && !weight.shape().equals(Shape.of(x.size(axis())))) {
      throw mismatch("weights of shape " + weight.shape() + " for " + x.size(axis()) + " classes");
    }
  }

  private ShapeException mismatch(String problem) {
    return (ShapeException)
        new ShapeException(problem)
            .hint(
                "the input is (N, C) or (N, C, d..); class indices (integers) lack the axis C,"
                    + " probabilities (floating) have it")
            .during(attempt)
            .operand("input", x.name(), x.shape() + " " + x.dtype())
            .operand("target", target.name(), target.shape() + " " + target.dtype());
  }
}
