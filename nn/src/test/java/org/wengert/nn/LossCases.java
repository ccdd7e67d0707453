package org.wengert.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// The golden cases of losses.
final class LossCases {
  private LossCases() {}

  static void addTo(LayerCases cases) {
    loss(cases, "mse_loss", c -> new MSELoss(c.reduction()));
    loss(cases, "l1_loss", c -> new L1Loss(c.reduction()));
    loss(cases, "binary_cross_entropy", c -> c.has("weight") ? null : new BCELoss(c.reduction()));
    loss(
        cases,
        "bce_with_logits",
        c ->
            c.has("weight")
                ? null
                : new BCEWithLogitsLoss(constant(c, "pos_weight"), c.reduction()));
    loss(
        cases,
        "cross_entropy",
        c ->
            new CrossEntropyLoss(
                constant(c, "weight"),
                c.integer("ignore_index"),
                c.number("label_smoothing"),
                c.reduction()));
  }

  /// The loss of a case; null if there is none.
  @FunctionalInterface
  private interface Made {
    @Nullable Loss of(LayerCase c);
  }

  private static void loss(LayerCases cases, String op, Made made) {
    cases.put(
        op,
        c -> {
          Loss loss = made.of(c);
          return loss == null
              ? null
              : List.<Variable>of(loss.forward(c.input("input"), c.input("target")));
        });
  }

  private static @Nullable Tensor constant(LayerCase c, String name) {
    return c.has(name) ? c.input(name).value() : null;
  }
}
