package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.ReductionFunctions.VarMean;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The choice between a fused norm and what it is composed of, for [NormalizationFunctions].
final class Norms {
  /// Going through planes one by one pays from this size on.
  private static final int SMALLEST_PLANE = 16;

  private Norms() {}

  /// The fused operation on operands of one floating type, with elements; else its composition.
  static Variable of(
      Op.Fused norm, Variable x, @Nullable Variable weight, @Nullable Variable bias) {
    List<Variable> operands = new ArrayList<>(List.of(x));
    boolean fused = x.dtype().isFloating() && x.shape().count() > 0;
    for (Variable operand : Arrays.asList(weight, bias)) {
      if (operand != null) {
        operands.add(operand);
        fused &= operand.dtype() == x.dtype();
      }
    }
    if (fused && norm instanceof ChannelNorm) {
      fused = plane(x) >= SMALLEST_PLANE;
    }
    return fused ? norm.apply(operands.toArray(new Variable[0])) : norm.compose(operands);
  }

  private static int plane(Variable x) {
    return x.shape().with(0, 1).with(1, 1).count();
  }

  /// The statistics of channels by which a batch norm gave `y`, biased.
  static VarMean ofBatch(Variable y, Variable x) {
    int[] axes = new int[x.rank() - 1];
    Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
    return y instanceof Step step && step.op() instanceof ChannelNorm
        ? found(step, Shape.of(x.size(1)))
        : F.varMean(x.detach(), 0, false, axes);
  }

  /// The statistics of planes by which an instance norm gave `y`, unbiased: of shape `(samples,
  /// channels)`.
  static VarMean ofPlanes(Variable y, Variable x) {
    if (y instanceof Step step && step.op() instanceof ChannelNorm) {
      VarMean found = found(step, Shape.of(x.size(0), x.size(1)));
      double count = plane(x);
      return new VarMean(found.var().mul(count / (count - 1)), found.mean());
    }
    int[] axes = new int[x.rank() - 2];
    Arrays.setAll(axes, i -> i + 2);
    return F.varMean(x.detach(), 1, false, axes);
  }

  private static VarMean found(Step step, Shape shape) {
    Tensor[] saved = step.saved();
    return new VarMean(
        Variable.constant(saved[1].reshape(shape)), Variable.constant(saved[0].reshape(shape)));
  }
}
