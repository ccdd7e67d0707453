package org.wengert;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// What a rule does to the elements of its operands, written down as an [Expr] while the rule runs
/// on probes. Every result that comes up is known by identity, as a variable and as a tensor. A
/// number that is the same for all elements, and was not computed from the probes, is a constant;
/// what is neither has no expression, and then nor has what is computed from it.
///
/// Holds state; one thread's own.
final class Trace {
  private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();

  private final IdentityHashMap<Object, Known> known = new IdentityHashMap<>(); // not iterated

  /// What is known of a result: its expression, if it has one.
  private record Known(@Nullable Expr formula) {}

  /// A rule of one operation, on probes.
  @FunctionalInterface
  interface Rule {
    /// The gradient.
    Variable run();
  }

  Trace() {}

  /// Makes a probe the input number `i` of the expression.
  void input(Variable probe, int i) {
    note(probe, Expr.input(i));
  }

  private void note(Variable x, @Nullable Expr formula) {
    known.put(x, new Known(formula));
    known.put(x.value, new Known(formula));
  }

  /// The expression of what the rule gives, or null if it has none.
  @Nullable Expr of(Rule rule) {
    Watch.begin();
    CURRENT.set(this);
    try {
      return formula(rule.run());
    } finally {
      CURRENT.remove();
      Watch.end();
    }
  }

  /// Notes what was done, if this thread is tracing; of a result of many operands nothing is known.
  static void note(Op op, Variable y, Variable... xs) {
    Trace trace = CURRENT.get();
    if (trace != null) {
      boolean isFew = !(op instanceof Op.Nary);
      trace.note(y, isFew ? trace.formula(op, xs[0], xs.length == 1 ? null : xs[1]) : null);
    }
  }

  /// Notes what was done with two truths.
  static void note(Bitwise op, Variable y, Variable a, Variable b) {
    Trace trace = CURRENT.get();
    if (trace != null) {
      trace.note(y, trace.formula(op, a, b));
    }
  }

  private @Nullable Expr formula(Variable x) {
    Known found = known.get(x);
    return found != null ? found.formula() : formula(x.value);
  }

  private @Nullable Expr formula(Tensor x) {
    Known found = known.get(x);
    if (found != null) {
      return found.formula();
    }
    if (!x.dtype().isFloating() || x.count() == 0) {
      return null;
    }
    double[] elements = x.toDoubleArray();
    for (double element : elements) {
      if (Double.doubleToRawLongBits(element) != Double.doubleToRawLongBits(elements[0])) {
        return null;
      }
    }
    return Expr.of(elements[0]);
  }

  private @Nullable Expr formula(Op op, Variable a, @Nullable Variable b) {
    Expr left = formula(a);
    Expr right = b == null ? null : formula(b);
    Expr x = real(left);
    Expr y = real(right);
    return switch (op) {
      case Where where when left != null && right != null -> {
        Expr condition = formula(where.condition());
        yield condition == null ? null : condition.select(left, right);
      }
      case Cast cast when left != null -> cast(left, a.dtype(), cast.to());
      case Compare order when b != null && a.dtype() == DType.BOOL -> negated(order, left, b);
      case Compare order when x != null && y != null ->
          applied(order.kernel(), Kernel.NO_SCALARS, x, y);
      case Op.Expressed pointwise when x != null ->
          applied(pointwise.kernel(), pointwise.scalars(), x);
      case Power power when power.product() != null && x != null ->
          applied(power.product(), Kernel.NO_SCALARS, x);
      case Arithmetic row when row.kernel() != null && x != null && y != null ->
          applied(row.kernel(), Kernel.NO_SCALARS, x, y);
      default -> null;
    };
  }

  /// A formula, if it is one of a number.
  private static @Nullable Expr real(@Nullable Expr formula) {
    return formula != null && formula.kind() == Expr.Kind.REAL ? formula : null;
  }

  private static Expr applied(Kernel kernel, double[] scalars, Expr... inputs) {
    return kernel.outputs().getFirst().over(inputs, scalars);
  }

  private static @Nullable Expr cast(Expr x, DType from, DType to) {
    if (from == DType.BOOL) {
      return to.isFloating() ? x.select(1, 0) : null;
    }
    return to == DType.BOOL ? x.ne(Expr.of(0)) : null;
  }

  /// `truth == 0`.
  private static @Nullable Expr negated(Compare order, @Nullable Expr truth, Variable b) {
    boolean isZero = b.value.count() == 1 && b.item() == 0;
    return truth != null && order == Compare.EQ && isZero ? truth.not() : null;
  }

  private @Nullable Expr formula(Bitwise op, Variable a, Variable b) {
    Expr left = formula(a);
    Expr right = formula(b);
    if (left == null || right == null || a.dtype() != DType.BOOL || b.dtype() != DType.BOOL) {
      return null;
    }
    return switch (op) {
      case BITWISE_AND -> left.and(right);
      case BITWISE_OR -> left.or(right);
      case BITWISE_XOR -> left.xor(right);
      case BITWISE_LEFT_SHIFT, BITWISE_RIGHT_SHIFT -> null;
    };
  }
}
