package org.wengert.golden;

import org.jspecify.annotations.Nullable;
import org.wengert.ClassLoss;
import org.wengert.F;
import org.wengert.LossReduction;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Torch's losses. A reduction is 0 for none, 1 for the mean, 2 for the sum.
final class LossOperators {
  private LossOperators() {}

  static void addTo(OperatorTable table) {
    addDifferences(table);
    addLikelihoods(table);
    addClasses(table);
    addMargins(table);
    addRankings(table);
    table.put(
        "ctc_loss",
        a ->
            F.ctcLoss(
                a.variable(0, "log_probs"),
                a.variable(1, "targets"),
                a.variable(2, "input_lengths"),
                a.variable(3, "target_lengths"),
                a.integer(4, "blank", 0),
                a.flag(6, "zero_infinity", false),
                reduction(a, 5)));
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "input");
  }

  private static Variable target(Arguments a) {
    return a.variable(1, "target");
  }

  private static LossReduction reduction(Arguments a, int position) {
    return switch (a.integer(position, "reduction", 1)) {
      case 0 -> LossReduction.NONE;
      case 1 -> LossReduction.MEAN;
      default -> LossReduction.SUM;
    };
  }

  private static @Nullable Tensor tensor(@Nullable Variable variable) {
    return variable == null ? null : variable.value();
  }

  private static void addDifferences(OperatorTable table) {
    table.put("mse_loss", a -> F.mseLoss(x(a), target(a), reduction(a, 2)));
    table.put("l1_loss", a -> F.l1Loss(x(a), target(a), reduction(a, 2)));
    table.put(
        "smooth_l1_loss",
        a -> F.smoothL1Loss(x(a), target(a), a.number(3, "beta", 1), reduction(a, 2)));
    table.put(
        "huber_loss", a -> F.huberLoss(x(a), target(a), a.number(3, "delta", 1), reduction(a, 2)));
  }

  private static void addLikelihoods(OperatorTable table) {
    table.put(
        "binary_cross_entropy",
        a -> F.binaryCrossEntropy(x(a), target(a), a.optional(2, "weight"), reduction(a, 3)));
    table.put(
        "binary_cross_entropy_with_logits",
        a ->
            F.binaryCrossEntropyWithLogits(
                x(a),
                target(a),
                a.optional(2, "weight"),
                a.optional(3, "pos_weight"),
                reduction(a, 4)));
    table.put(
        "kl_div", a -> F.klDiv(x(a), target(a), a.flag(3, "log_target", false), reduction(a, 2)));
    table.put(
        "poisson_nll_loss",
        a ->
            F.poissonNllLoss(
                x(a),
                target(a),
                a.flag(2, "log_input", true),
                a.flag(3, "full", false),
                a.number(4, "eps", 1e-8),
                reduction(a, 5)));
  }

  private static void addClasses(OperatorTable table) {
    table.put(
        "cross_entropy_loss",
        a ->
            F.crossEntropy(
                x(a), target(a), classes(a).labelSmoothing(a.number(5, "label_smoothing", 0))));
    table.put("nll_loss_nd", a -> F.nllLoss(x(a), target(a), classes(a)));
  }

  private static ClassLoss classes(Arguments a) {
    return ClassLoss.defaults()
        .weight(tensor(a.optional(2, "weight")))
        .reduction(reduction(a, 3))
        .ignoreIndex(a.integer(4, "ignore_index", -100));
  }

  private static void addMargins(OperatorTable table) {
    table.put(
        "hinge_embedding_loss",
        a -> F.hingeEmbeddingLoss(x(a), target(a), a.number(2, "margin", 1), reduction(a, 3)));
    table.put("soft_margin_loss", a -> F.softMarginLoss(x(a), target(a), reduction(a, 2)));
    table.put(
        "multilabel_margin_loss", a -> F.multiLabelMarginLoss(x(a), target(a), reduction(a, 2)));
    table.put(
        "multi_margin_loss",
        a ->
            F.multiMarginLoss(
                x(a),
                target(a),
                a.integer(2, "p", 1),
                a.number(3, "margin", 1),
                tensor(a.optional(4, "weight")),
                reduction(a, 5)));
  }

  private static void addRankings(OperatorTable table) {
    table.put(
        "margin_ranking_loss",
        a ->
            F.marginRankingLoss(
                x(a),
                a.variable(1, "input2"),
                a.variable(2, "target"),
                a.number(3, "margin", 0),
                reduction(a, 4)));
    table.put(
        "cosine_embedding_loss",
        a ->
            F.cosineEmbeddingLoss(
                x(a),
                a.variable(1, "input2"),
                a.variable(2, "target"),
                a.number(3, "margin", 0),
                reduction(a, 4)));
    table.put(
        "triplet_margin_loss",
        a ->
            F.tripletMarginLoss(
                a.variable(0, "anchor"),
                a.variable(1, "positive"),
                a.variable(2, "negative"),
                a.number(3, "margin", 1),
                a.number(4, "p", 2),
                a.number(5, "eps", 1e-6),
                a.flag(6, "swap", false),
                reduction(a, 7)));
  }
}
