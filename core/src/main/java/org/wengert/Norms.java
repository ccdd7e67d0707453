package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.ReductionFunctions.VarMean;
import org.wengert.backend.Backends;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The choice between a fused norm and what it is composed of, for [NormalizationFunctions].
final class Norms {
  /// Going through planes one by one pays from this size on.
  private static final int SMALLEST_PLANE = 16;

  private Norms() {}

  /// A norm as a student writes it, with mean `μ` and deviation `s`.
  static String formula(boolean weighted, boolean biased, boolean centered) {
    String x = weighted || biased ? "x₁" : "x";
    String normed = centered ? "(" + x + " - μ)/s" : x + "/s";
    return normed + (weighted ? " · x₂" : "") + (biased ? weighted ? " + x₃" : " + x₂" : "");
  }

  /// Its derivative, `z` being what has mean 0 and deviation 1.
  static String derivative(int input, boolean weighted, boolean centered) {
    if (input == 0) {
      String inner = centered ? "(1 + z zᵀ)/n" : "z zᵀ/n";
      return (weighted ? "x₂/s" : "1/s") + " (I - " + inner + ")";
    }
    return input == 1 && weighted ? "z" : "1";
  }

  /// The fused operation on operands of one floating type, with elements; else its composition.
  static Variable of(
      Op.Fused norm, Variable x, @Nullable Variable weight, @Nullable Variable bias) {
    List<Variable> operands = operands(x, weight, bias);
    return isFused(norm, operands)
        ? norm.apply(operands.toArray(new Variable[0]))
        : norm.compose(operands);
  }

  private static List<Variable> operands(
      Variable x, @Nullable Variable weight, @Nullable Variable bias) {
    List<Variable> operands = new ArrayList<>(List.of(x));
    for (Variable operand : Arrays.asList(weight, bias)) {
      if (operand != null) {
        operands.add(operand);
      }
    }
    return operands;
  }

  private static boolean isFused(Op.Fused norm, List<Variable> operands) {
    Variable x = operands.getFirst();
    boolean fused = x.dtype().isFloating() && x.shape().count() > 0;
    for (Variable operand : operands) {
      fused &= operand.dtype() == x.dtype();
    }
    return fused && !(norm instanceof ChannelNorm && plane(x) < SMALLEST_PLANE);
  }

  private static int plane(Variable x) {
    return x.shape().with(0, 1).with(1, 1).count();
  }

  /// The statistics of channels by which a batch norm gave `y`, biased. The same bits whether `y`
  /// is recorded or not.
  static VarMean ofBatch(
      Variable y, Variable x, @Nullable Variable weight, @Nullable Variable bias) {
    Tensor[] found = found(y, 0, operands(x, weight, bias));
    if (found.length > 0) {
      return statistics(found, Shape.of(x.size(1)));
    }
    int[] axes = new int[x.rank() - 1];
    Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
    return F.varMean(x.detach(), 0, false, axes);
  }

  /// The statistics of planes by which an instance norm gave `y`, unbiased: of shape `(samples,
  /// channels)`.
  static VarMean ofPlanes(
      Variable y, Variable x, @Nullable Variable weight, @Nullable Variable bias) {
    Tensor[] saved = found(y, x.size(1), operands(x, weight, bias));
    if (saved.length > 0) {
      VarMean found = statistics(saved, Shape.of(x.size(0), x.size(1)));
      double count = plane(x);
      return new VarMean(found.var().mul(count / (count - 1)), found.mean());
    }
    int[] axes = new int[x.rank() - 2];
    Arrays.setAll(axes, i -> i + 2);
    return F.varMean(x.detach(), 1, false, axes);
  }

  /// What the fused norm that gave `y` found, or would have found if `y` is not recorded; nothing
  /// if it was composed.
  private static Tensor[] found(Variable y, int groups, List<Variable> operands) {
    ChannelNorm plain = new ChannelNorm(groups, false, false, 0);
    if (!isFused(plain, operands)) {
      return new Tensor[0];
    }
    if (y instanceof Step step) {
      return step.saved();
    }
    Tensor x = operands.getFirst().value();
    return plain.compute(Backends.current(), List.of(x), x.shape()).saved();
  }

  private static VarMean statistics(Tensor[] saved, Shape shape) {
    return new VarMean(
        Variable.constant(saved[1].reshape(shape)), Variable.constant(saved[0].reshape(shape)));
  }
}
