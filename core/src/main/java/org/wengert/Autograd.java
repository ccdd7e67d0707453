package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Differentiation of what was recorded, and the switch for recording.
///
/// Every method is thread-safe: a graph never changes once recorded, and each sweep keeps its state
/// for itself.
public final class Autograd {
  private static final ScopedValue<Boolean> RECORDING = ScopedValue.newInstance();

  private Autograd() {}

  /// Whether operations are recorded on this thread, which they are unless [#noGrad] says no.
  public static boolean isRecording() {
    return RECORDING.orElse(Boolean.TRUE);
  }

  /// Runs `body` without recording: its results are constants.
  @SuppressWarnings("overloads") // a lambda with a value is the other one, as in ExecutorService
  public static void noGrad(Runnable body) {
    ScopedValue.where(RECORDING, Boolean.FALSE).run(body);
  }

  /// The result of `body`, computed without recording.
  @SuppressWarnings("overloads")
  public static <T, X extends Throwable> T noGrad(ScopedValue.CallableOp<? extends T, X> body)
      throws X {
    return ScopedValue.where(RECORDING, Boolean.FALSE).<T, X>call(body);
  }

  /// The result of `body`, computed with recording, also inside [#noGrad].
  public static <T, X extends Throwable> T enableGrad(ScopedValue.CallableOp<? extends T, X> body)
      throws X {
    return ScopedValue.where(RECORDING, Boolean.TRUE).<T, X>call(body);
  }

  /// `∂y/∂x` for a scalar `y` and any recorded `x`, leaf or intermediate. Leaves' `grad()` is not
  /// touched. The gradient is itself recorded, so that it can be differentiated again; inside
  /// [#noGrad] it is not.
  ///
  /// @throws GradientException if `y` is not a single number, or does not depend on `x`
  public static Variable grad(Variable y, Variable x) {
    Variable gradient = grad(y, List.of(x)).getFirst();
    if (gradient == null) {
      throw new GradientException(described(y) + " does not depend on " + described(x))
          .hint(
              "no recorded path leads from one to the other; look for detach(), noGrad(..) or a"
                  + " value() in between; grad(y, List.of(x)) gives null instead");
    }
    return gradient;
  }

  /// `∂y/∂x` for a scalar `y` and each `x`; null where `y` does not depend on `x`, which is not the
  /// same as a gradient of zeros.
  ///
  /// @throws GradientException if `y` is not a single number
  public static List<@Nullable Variable> grad(Variable y, List<? extends Variable> xs) {
    return grad(y, xs, seed(y));
  }

  /// `seedᵀ ∂y/∂x` for each `x`, with `y` of any shape; null where `y` does not depend on `x`. If
  /// `seed` is recorded, so is the dependence on it.
  ///
  /// @param seed of the shape of `y`
  public static List<@Nullable Variable> grad(
      Variable y, List<? extends Variable> xs, Variable seed) {
    requireRecorded(y);
    for (Variable x : xs) {
      if (!x.requiresGrad()) {
        throw new GradientException(described(x) + " is a constant")
            .hint("make it with Variable.of(..), and before y is computed");
      }
    }
    checkSeed(y, seed.value());
    return Sweep.gradients(y, seed, xs);
  }

  static void backward(Variable y, @Nullable Tensor seed) {
    requireRecorded(y);
    Variable start = seed == null ? seed(y) : Variable.constant(seed);
    checkSeed(y, start.value());
    noGrad(() -> Sweep.accumulate(y, start));
  }

  private static Variable seed(Variable y) {
    if (y.value().count() != 1) {
      throw new GradientException(
              described(y) + " is not a single number, so its gradient needs a seed")
          .hint("reduce it with sum() or mean(), or pass a seed of shape " + y.shape());
    }
    return Variable.constant(Tensor.full(y.shape(), 1, y.dtype()));
  }

  private static void checkSeed(Variable y, Tensor seed) {
    Check.sameShape("the seed", seed, "the result", y.value());
    Check.sameType("the seed", seed, "the result", y.value());
  }

  private static void requireRecorded(Variable y) {
    if (!y.requiresGrad()) {
      throw new GradientException(described(y) + " was not recorded, so it has no gradient")
          .hint(
              "it depends on no variable made by Variable.of(..) or Parameter, or was computed"
                  + " inside noGrad(..)");
    }
  }

  static String described(Variable x) {
    Shape shape = x.shape();
    String kind = x instanceof Step step ? step.op().label() + " of shape " : "variable of shape ";
    return (x.name().isEmpty() ? "a " : "'" + x.name() + "', a ") + kind + shape;
  }
}
