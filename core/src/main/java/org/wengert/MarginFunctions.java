package org.wengert;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that are losses with a margin: content once an output is right by that
/// much. Without more words operands have one shape.
abstract class MarginFunctions extends LossFunctions {
  MarginFunctions() {}

  /// `x` where the target is 1, `max(0, margin - x)` where it is -1; for distances of pairs.
  ///
  /// @param margin PyTorch's default is 1
  /// @throws ShapeException if the shapes differ
  public static Variable hingeEmbeddingLoss(
      Variable x, Variable target, double margin, LossReduction reduction) {
    requireSame("hingeEmbeddingLoss", x, target);
    Variable none = zerosLike(x);
    Variable apart = where(target.eq(1), none, clampMin(x.rsub(margin), 0));
    return reduction.apply(apart.add(where(target.eq(-1), none, x)));
  }

  /// `max(0, -t (a - b) + margin)`: `a` should be larger where `t` is 1, smaller where it is -1.
  ///
  /// @param margin PyTorch's default is 0
  /// @throws ShapeException if the shapes differ
  public static Variable marginRankingLoss(
      Variable a, Variable b, Variable target, double margin, LossReduction reduction) {
    try {
      requireSame("marginRankingLoss", a, b);
      requireSame("marginRankingLoss", a, target);
      return reduction.apply(clampMin(target.neg().mul(a.sub(b)).add(margin), 0));
    } catch (WengertException e) {
      throw refused(e, "marginRankingLoss", a, b, target);
    }
  }

  /// With `c` the cosine of the angle between two vectors: `1 - c` where the target is 1, and
  /// `max(0, c - margin)` where it is -1.
  ///
  /// @param a of shape `(samples, features)`, or `(features)`
  /// @param b of that shape
  /// @param target of shape `(samples)`, or a scalar
  /// @param margin PyTorch's default is 0
  /// @throws ShapeException if the shapes do not fit
  public static Variable cosineEmbeddingLoss(
      Variable a, Variable b, Variable target, double margin, LossReduction reduction) {
    requireSame("cosineEmbeddingLoss", a, b);
    Variable lengths = squaredLength(a).mul(squaredLength(b)).sqrt();
    Variable cosine = a.mul(b).sum(-1).div(lengths);
    requireSame("cosineEmbeddingLoss", cosine, target);
    Variable none = zerosLike(cosine);
    Variable alike = where(target.eq(1), cosine.rsub(1.0), none);
    Variable apart = where(target.eq(-1), clampMin(cosine.sub(margin), 0), none);
    return reduction.apply(alike.add(apart));
  }

  private static Variable squaredLength(Variable x) {
    return x.square().sum(-1).add(1e-12);
  }

  /// `max(0, d(anchor, positive) - d(anchor, negative) + margin)` with the p-norm of the difference
  /// as the distance `d`, along the last axis.
  ///
  /// @param margin PyTorch's default is 1
  /// @param p PyTorch's default is 2
  /// @param eps added to each difference; PyTorch's default is 1e-6
  /// @param swap whether the positive's distance to the negative counts if it is smaller
  /// @throws ShapeException if the shapes differ
  public static Variable tripletMarginLoss(
      Variable anchor,
      Variable positive,
      Variable negative,
      double margin,
      double p,
      double eps,
      boolean swap,
      LossReduction reduction) {
    try {
      requireSame("tripletMarginLoss", anchor, positive);
      requireSame("tripletMarginLoss", anchor, negative);
      Variable far = pairwiseDistance(anchor, negative, p, eps, false);
      if (swap) {
        far = minimum(far, pairwiseDistance(positive, negative, p, eps, false));
      }
      Variable near = pairwiseDistance(anchor, positive, p, eps, false);
      return reduction.apply(clampMin(near.sub(far).add(margin), 0));
    } catch (WengertException e) {
      throw refused(e, "tripletMarginLoss", anchor, positive, negative);
    }
  }

  /// `Σ max(0, margin - x[t] + x[c])ᵖ / C` over all classes `c` other than the target `t`, times
  /// the weight of `t`.
  ///
  /// @param x of shape `(samples, classes)`, or `(classes)`
  /// @param target class indices of shape `(samples)`, or a scalar
  /// @param p 1 or 2
  /// @param margin PyTorch's default is 1
  /// @param weight one for each class; null means 1
  /// @throws ShapeException if the shapes do not fit, or a class does not exist
  /// @throws OptionException if `p` is neither 1 nor 2
  public static Variable multiMarginLoss(
      Variable x,
      Variable target,
      int p,
      double margin,
      @Nullable Tensor weight,
      LossReduction reduction) {
    try {
      Shape expected = rows("multiMarginLoss", x);
      if (!target.shape().equals(expected)) {
        throw refused("multiMarginLoss", x, target, "target classes must have shape " + expected);
      }
      requirePower(p);
      int classes = x.size(-1);
      Variable index = unsqueeze(target, -1);
      Tensor checked = Indices.checked(index.value(), classes);
      Variable hinge = relu(x.sub(gather(x, -1, index)).add(margin));
      Variable others = ne(index, Variable.constant(Tensor.arange(classes)));
      Variable each = where(others, p == 1 ? hinge : hinge.square(), zerosLike(hinge));
      Variable losses = each.sum(-1).div(classes);
      if (weight != null) {
        Variable flat = Variable.constant(checked.reshape(-1));
        Variable own = indexSelect(Variable.constant(weight.to(x.dtype())), 0, flat);
        losses = losses.mul(own.reshape(expected));
      }
      return reduction.apply(losses);
    } catch (WengertException e) {
      throw refused(e, "multiMarginLoss", x, target);
    }
  }

  private static void requirePower(int p) {
    if (p != 1 && p != 2) {
      throw new OptionException("p " + p).hint("p is 1 or 2");
    }
  }

  /// `Σ max(0, 1 - (x[t] - x[c])) / C` over all target classes `t` and all other classes `c`.
  ///
  /// @param x of shape `(samples, classes)`, or `(classes)`
  /// @param target the target classes of each sample, then -1: integers of the shape of `x`
  /// @throws ShapeException if the shapes differ, or a class does not exist
  public static Variable multiLabelMarginLoss(
      Variable x, Variable target, LossReduction reduction) {
    return attempt(
        "multiLabelMarginLoss", () -> reduction.apply(multiLabelLosses(x, target)), x, target);
  }

  private static Variable multiLabelLosses(Variable x, Variable target) {
    requireSame("multiLabelMarginLoss", x, target);
    Shape rows = rows("multiLabelMarginLoss", x);
    int classes = x.size(-1);
    long[] labels = target.value().toLongArray();
    boolean[] listed = new boolean[labels.length];
    boolean[] others = new boolean[labels.length];
    Arrays.fill(others, true);
    boolean ended = false;
    for (int i = 0; i < labels.length; i++) {
      ended = labels[i] < 0 || (ended && i % classes != 0);
      listed[i] = !ended;
      labels[i] = ended ? 0 : labels[i];
      if (labels[i] >= classes) {
        throw refused("multiLabelMarginLoss", x, target, "no class " + labels[i]);
      }
      if (listed[i]) {
        others[i / classes * classes + (int) labels[i]] = false;
      }
    }
    Tensor index = Tensor.over(new Storage.Longs(labels), x.shape());
    Variable wanted = unsqueeze(gather(x, -1, Variable.constant(index)), -1);
    Variable hinge = relu(unsqueeze(x, -2).sub(wanted).add(1.0));
    Variable counts =
        logicalAnd(
            Variable.constant(mask(listed, x.shape().insert(-1, 1))),
            Variable.constant(mask(others, rows.insert(-1, 1).insert(-1, classes))));
    return where(counts, hinge, zerosLike(hinge)).sum(-2, -1).div(classes);
  }

  private static Tensor mask(boolean[] mask, Shape shape) {
    return Tensor.over(new Storage.Bools(mask), shape);
  }

  /// The mean over classes of `-w (t log σ(x) + (1-t) log σ(-x))`: as many yes-no questions as
  /// there are classes, in the last axis.
  ///
  /// @param weight of the classes, broadcasts to `x`; null means 1
  /// @throws ShapeException if the shapes differ
  public static Variable multiLabelSoftMarginLoss(
      Variable x, Variable target, @Nullable Variable weight, LossReduction reduction) {
    try {
      Variable each = binaryCrossEntropyWithLogits(x, target, weight, null, LossReduction.NONE);
      return reduction.apply(each.mean(-1));
    } catch (WengertException e) {
      throw refused(e, "multiLabelSoftMarginLoss", x, target, weight);
    }
  }

  /// `log(1 + exp(-t x))` for targets 1 and -1.
  ///
  /// @throws ShapeException if the shapes differ
  public static Variable softMarginLoss(Variable x, Variable target, LossReduction reduction) {
    try {
      requireSame("softMarginLoss", x, target);
      return reduction.apply(softplus(target.mul(x).neg()));
    } catch (WengertException e) {
      throw refused(e, "softMarginLoss", x, target);
    }
  }

  /// The shape of a result with one number for each row of `x`.
  private static Shape rows(String attempt, Variable x) {
    if (x.rank() != 1 && x.rank() != 2) {
      throw refused(attempt, x, x, "an input of rank " + x.rank());
    }
    return x.shape().remove(-1);
  }

  private static ShapeException refused(
      String attempt, Variable x, Variable target, String problem) {
    return (ShapeException)
        new ShapeException(problem)
            .hint("the input is (samples, classes) or (classes)")
            .during(attempt)
            .operand("input", x.name(), x.shape().toString())
            .operand("target", target.name(), target.shape().toString());
  }
}
