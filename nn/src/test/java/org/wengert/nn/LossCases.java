package org.wengert.nn;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.Tensor;

/// The golden cases of losses.
final class LossCases {
  private LossCases() {}

  static void addTo(LayerCases cases) {
    addDifferences(cases);
    addLikelihoods(cases);
    addClasses(cases);
    addMargins(cases);
    cases.one(
        "ctc_loss",
        c ->
            new CTCLoss(c.integer("blank"), c.flag("zero_infinity"), c.reduction())
                .forward(
                    F.logSoftmax(c.input("logits"), 2),
                    c.input("targets"),
                    c.input("input_lengths"),
                    c.input("target_lengths")));
  }

  private static void loss(LayerCases cases, String op, Function<LayerCase, Loss> make) {
    cases.put(op, c -> List.of(make.apply(c).forward(c.input("input"), c.input("target"))));
  }

  private static @Nullable Tensor weight(LayerCase c, String name) {
    return c.has(name) ? c.input(name).value() : null;
  }

  private static void addDifferences(LayerCases cases) {
    loss(cases, "mse_loss", c -> new MSELoss(c.reduction()));
    loss(cases, "l1_loss", c -> new L1Loss(c.reduction()));
    loss(cases, "smooth_l1_loss", c -> new SmoothL1Loss(c.number("beta"), c.reduction()));
    loss(cases, "huber_loss", c -> new HuberLoss(c.number("delta"), c.reduction()));
  }

  private static void addLikelihoods(LayerCases cases) {
    loss(cases, "binary_cross_entropy", c -> new BCELoss(weight(c, "weight"), c.reduction()));
    loss(
        cases,
        "bce_with_logits",
        c -> new BCEWithLogitsLoss(weight(c, "weight"), weight(c, "pos_weight"), c.reduction()));
    loss(cases, "kl_div", c -> new KLDivLoss(c.flag("log_target"), c.reduction()));
    loss(
        cases,
        "poisson_nll_loss",
        c ->
            new PoissonNLLLoss(
                c.flag("log_input"), c.flag("full"), c.number("eps"), c.reduction()));
    cases.one(
        "gaussian_nll_loss",
        c ->
            new GaussianNLLLoss(c.flag("full"), c.number("eps"), c.reduction())
                .forward(c.input("input"), c.input("target"), c.input("var")));
    loss(
        cases,
        "multilabel_soft_margin_loss",
        c -> new MultiLabelSoftMarginLoss(weight(c, "weight"), c.reduction()));
  }

  private static void addClasses(LayerCases cases) {
    loss(cases, "cross_entropy", c -> crossEntropy(c, c.integer("ignore_index")));
    loss(cases, "cross_entropy_probs", c -> crossEntropy(c, -100));
    loss(
        cases,
        "nll_loss",
        c -> new NLLLoss(weight(c, "weight"), c.integer("ignore_index"), c.reduction()));
    loss(
        cases,
        "multi_margin_loss",
        c ->
            new MultiMarginLoss(
                c.integer("p"), c.number("margin"), weight(c, "weight"), c.reduction()));
    loss(cases, "multilabel_margin_loss", c -> new MultiLabelMarginLoss(c.reduction()));
  }

  private static Loss crossEntropy(LayerCase c, long ignoreIndex) {
    return new CrossEntropyLoss(
        weight(c, "weight"), ignoreIndex, c.number("label_smoothing"), c.reduction());
  }

  private static void addMargins(LayerCases cases) {
    loss(
        cases,
        "hinge_embedding_loss",
        c -> new HingeEmbeddingLoss(c.number("margin"), c.reduction()));
    loss(cases, "soft_margin_loss", c -> new SoftMarginLoss(c.reduction()));
    cases.one(
        "margin_ranking_loss",
        c ->
            new MarginRankingLoss(c.number("margin"), c.reduction())
                .forward(c.input("input1"), c.input("input2"), c.input("target")));
    cases.one(
        "cosine_embedding_loss",
        c ->
            new CosineEmbeddingLoss(c.number("margin"), c.reduction())
                .forward(c.input("input1"), c.input("input2"), c.input("target")));
    cases.one("triplet_margin_loss", LossCases::triplet);
  }

  private static Variable triplet(LayerCase c) {
    Reduction reduction = c.reduction();
    double p = c.number("p");
    return new TripletMarginLoss(c.number("margin"), p, c.number("eps"), c.flag("swap"), reduction)
        .forward(c.input("anchor"), c.input("positive"), c.input("negative"));
  }
}
