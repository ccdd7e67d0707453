package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;
import org.wengert.tensor.pool.Holders;

/// Differentiation of what was recorded, and the switch for recording.
///
/// [#jvp], [#vjp], [#jacobian], [#hessian] and [#hvp] call the function with a stand-in for the
/// point: what it takes from outside, be it computed from the point, is constant to the derivative,
/// and the point's hooks are not called. The results are recorded all the same.
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

  /// The result of `body`, in which every fused operation is recorded as what it is composed of, to
  /// be looked at: a recurrent cell as its gates, which are called `i`, `f`, `g`, `o` or `r`, `z`,
  /// `n`; a loss with its softmax. The same numbers, but for rounding, and slower.
  ///
  /// ```java
  /// LstmState next = Autograd.unfused(() -> cell.forward(x, state));
  /// ```
  public static <T, X extends Throwable> T unfused(ScopedValue.CallableOp<? extends T, X> body)
      throws X {
    return FusedRule.<T, X>composed(body);
  }

  /// The result of `body`, computed with recording, also inside [#noGrad].
  public static <T, X extends Throwable> T enableGrad(ScopedValue.CallableOp<? extends T, X> body)
      throws X {
    return ScopedValue.where(RECORDING, Boolean.TRUE).<T, X>call(body);
  }

  /// Runs `body` so that it can be understood: every step keeps the line of your program where it
  /// was recorded ([Step#line]), and the first value or gradient that is not finite is an error
  /// that names operation, operands, layer and line. PyTorch's `detect_anomaly`, in both
  /// directions.
  ///
  /// What is not finite is reported where it arises: an operation that makes `NaN` or infinity of
  /// finite operands, one that makes `NaN` of infinite ones, a leaf or constant with `NaN` when it
  /// is first used, or a derivative that makes such a gradient of a finite one. A constant
  /// infinity, as in a mask, is not. Costs a look at every element and a walk up the stack for each
  /// operation; backward passes are watched if they run inside `body`. A thread is watched if it
  /// calls this itself.
  ///
  /// Warns, once and through the logger `org.wengert`, of three habits that compute something, but
  /// hardly what was meant: a chain of results that goes on from one update of the parameters to
  /// the next, such as `total = total.add(loss)`, and keeps all graphs alive; the softmax of a
  /// softmax, as by a layer before a loss that has its own; and a gradient added to that from
  /// before the last update, for want of `zeroGrad()`.
  ///
  /// @throws NonFiniteException at the first such value
  @SuppressWarnings("overloads")
  public static void debug(Runnable body) {
    Watch.call(
        Debug.scope(),
        () -> {
          body.run();
          return true;
        });
  }

  /// The result of `body`, watched as by [#debug(Runnable)].
  @SuppressWarnings("overloads")
  public static <T, X extends Throwable> T debug(ScopedValue.CallableOp<? extends T, X> body)
      throws X {
    return Watch.<T, X>call(Debug.scope(), body);
  }

  /// The result of `body`, while `observer` sees every operation that this thread does, recorded or
  /// not: to count them, to look at every value. Not those of backward passes whose kernels need no
  /// operations, nor those that it does itself. An observer inside another is the only one.
  public static <T, X extends Throwable> T observe(
      Op.Observer observer, ScopedValue.CallableOp<? extends T, X> body) throws X {
    return Watch.<T, X>call(Watch.scope(observer), body);
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
        boolean isFrozen = x instanceof Parameter;
        throw new GradientException(described(x) + (isFrozen ? " is frozen" : " is a constant"))
            .hint(
                isFrozen
                    ? "call requiresGrad(true), and before y is computed"
                    : "make it with Variable.of(..), and before y is computed");
      }
    }
    checkSeed("gradient", y, seed.value());
    return Sweep.gradients(y, seed, xs);
  }

  /// One link of the chain rule: the gradients of a step's operands, given the gradient `gy` of its
  /// result. Null for an operand that wants none. Hooks are not called; the gradients are recorded
  /// unless inside [#noGrad].
  ///
  /// @param gy of the shape of the step
  public static List<@Nullable Variable> pullback(Step step, Variable gy) {
    checkSeed("pullback", step, gy.value());
    Sweep.requireFresh(step);
    List<@Nullable Variable> raw = step.op().gradients(gy, step);
    List<@Nullable Variable> gradients = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      Variable gradient = raw.get(i);
      gradients.add(gradient == null ? null : Sweep.fitted(gradient, step.input(i), step.op()));
    }
    return gradients;
  }

  /// The other direction of [#pullback]: how the result of a step moves when its operand `input`
  /// moves along `dx`. In the shape of the step.
  ///
  /// @param dx of the shape of the operand
  public static Variable pushforward(Step step, int input, Variable dx) {
    checkSeed("pushforward", step.input(input), dx.value());
    Sweep.requireFresh(step);
    return step.op().tangent(input, dx, step).expand(step.shape()).to(step.dtype());
  }

  /// A function's value and one derivative of it.
  ///
  /// @param value `f(x)`
  /// @param derivative of [#jvp] the tangent `J dx`, of [#vjp] the gradient `vᵀ J`
  public record Product(Variable value, Variable derivative) {}

  /// Forward mode: `f(x)` and its derivative `J dx` when `x` moves along `dx`, for any shape of
  /// `f(x)`. Zeros if it does not depend on `x`. The tangent is recorded, so modes can be mixed.
  ///
  /// @param dx of the shape of `x`
  public static Product jvp(UnaryOperator<Variable> f, Variable x, Variable dx) {
    return jvp(xs -> f.apply(xs.getFirst()), List.of(x), List.of(dx));
  }

  /// Forward mode for several inputs that move at once: `f(xs)` and `Σ Jᵢ dxᵢ`.
  public static Product jvp(
      Function<List<Variable>, Variable> f,
      List<? extends Variable> xs,
      List<? extends Variable> dxs) {
    Derivatives.requireLike("jvp", xs, dxs);
    List<Variable> leaves = Forward.standIns(xs);
    Variable y = enableGrad(() -> f.apply(leaves));
    return new Product(y, Forward.tangent(y, leaves, dxs));
  }

  /// Reverse mode: `f(x)` and `vᵀ J`, for any shape of `f(x)`. Zeros if it does not depend on `x`.
  ///
  /// @param v of the shape of `f(x)`
  public static Product vjp(UnaryOperator<Variable> f, Variable x, Variable v) {
    Variable leaf = Forward.standIns(List.of(x)).getFirst();
    Variable y = enableGrad(() -> f.apply(leaf));
    checkSeed("vjp", y, v.value());
    Variable gradient = y.requiresGrad() ? grad(y, List.of(leaf), v).getFirst() : null;
    return new Product(y, gradient == null ? F.zerosLike(leaf) : gradient);
  }

  /// All derivatives of all elements of `f(x)`: shape of `f(x)`, then shape of `x`. One sweep for
  /// each element of `f(x)`; recorded.
  public static Variable jacobian(UnaryOperator<Variable> f, Variable x) {
    return Derivatives.jacobian(f, x);
  }

  /// All second derivatives of a scalar `f(x)`: shape of `x` twice; recorded.
  ///
  /// @throws GradientException if `f(x)` is not a single number
  public static Variable hessian(UnaryOperator<Variable> f, Variable x) {
    return Derivatives.hessian(f, x);
  }

  /// The Hessian of a scalar `f(x)` times `v`, at the cost of a few gradients and without the
  /// Hessian (Pearlmutter, 1994); recorded.
  ///
  /// @param v of the shape of `x`
  public static Variable hvp(UnaryOperator<Variable> f, Variable x, Variable v) {
    return Derivatives.hvp(f, x, v);
  }

  /// The result of `body`, of which only the result is kept; its gradient runs `body` again. Trades
  /// time for memory. `body` may use any variables and parameters, the thread's [Rng] and layers
  /// with an [Rng] of their own, which are repeated from the state they had; it must give the same
  /// result each time. Code of yours that draws from another generator calls [Rng#noted] before.
  ///
  /// [Rng]: org.wengert.tensor.Rng
  public static Variable checkpoint(Supplier<Variable> body) {
    return Checkpoint.run(body);
  }

  /// What stands for the backward pass that is calling hooks on this thread: one object throughout
  /// a pass, and another one in every other pass, also in one that a hook starts. For hooks on
  /// several variables that carry something from one to the other.
  ///
  /// @throws StateException outside of a backward pass
  public static Object currentPass() {
    Object pass = Sweep.current();
    if (pass == null) {
      throw new StateException("no backward pass is running on this thread")
          .hint("ask in a hook, which a backward pass calls");
    }
    return pass;
  }

  static void backward(Variable y, @Nullable Tensor seed) {
    requireRecorded(y);
    Variable start = seed == null ? seed(y) : Variable.constant(seed);
    checkSeed("gradient", y, start.value());
    if (seed != null) {
      Holders.lend(seed.storage());
    }
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

  private static void checkSeed(String attempt, Variable y, Tensor seed) {
    try {
      Check.sameShape("the seed", seed, "the result", y.value());
      Check.sameType("the seed", seed, "the result", y.value());
    } catch (WengertException e) {
      throw e.during(attempt)
          .operand("result", y.name(), y.shape() + " " + y.dtype())
          .operand("seed", "", seed.shape() + " " + seed.dtype());
    }
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
