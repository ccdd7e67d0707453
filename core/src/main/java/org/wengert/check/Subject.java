package org.wengert.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Op;
import org.wengert.StateException;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What a [RuleDoctor] examines: a function, its rule, and what the rule is held against.
///
/// @param function what is computed
/// @param rule the derivatives
/// @param arity how many inputs there are
/// @param isNew whether the engine knows no other derivative, so that differences must do
/// @param isPointwise whether matrices can show nothing that numbers do not
/// @param isSummed whether what comes back is summed over repetitions, as the engine does for an
///     operation
record Subject(
    Function<List<Variable>, Variable> function,
    RuleDoctor.Rule rule,
    int arity,
    boolean isNew,
    boolean isPointwise,
    boolean isSummed) {
  private static final double RESOLVED = 1e-7;

  /// The same, but with sums that the rule has forgotten.
  Subject summed() {
    return new Subject(function, rule, arity, isNew, isPointwise, true);
  }

  static Subject of(Function<List<Variable>, Variable> function, RuleDoctor.Rule rule, int arity) {
    return new Subject(function, rule, arity, false, false, false);
  }

  /// An operation. Its rules leave sums over broadcast axes to the engine, so that here too.
  static Subject of(Op op, int operands) {
    return switch (op) {
      case Op.Unary unary ->
          new Subject(
              xs -> unary.apply(xs.getFirst()),
              (gy, xs, y) -> List.of(unary.backward(c(gy), c(xs.getFirst()), c(y)).value()),
              1,
              true,
              op instanceof Op.Pointwise,
              true);
      case Op.Binary binary ->
          new Subject(
              xs -> binary.apply(xs.get(0), xs.get(1)),
              (gy, xs, y) ->
                  List.of(
                      binary.left(c(gy), c(xs.get(0)), c(xs.get(1)), c(y)).value(),
                      binary.right(c(gy), c(xs.get(0)), c(xs.get(1)), c(y)).value()),
              2,
              true,
              op instanceof Op.Pointwise2,
              true);
      case Op.Nary nary ->
          new Subject(
              xs -> nary.apply(xs.toArray(new Variable[0])),
              (gy, xs, _) -> pulled(nary, gy, xs),
              operands,
              true,
              false,
              true);
      default -> throw new IllegalArgumentException(op.label() + " is on no rung of Op");
    };
  }

  private static Variable c(Tensor x) {
    return Variable.constant(x);
  }

  private static List<@Nullable Tensor> pulled(Op.Nary op, Tensor gy, List<Tensor> xs) {
    Step y = (Step) Autograd.enableGrad(() -> op.apply(leaves(xs).toArray(new Variable[0])));
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (Variable gradient : Autograd.pullback(y, c(gy))) {
      gradients.add(gradient == null ? null : gradient.value());
    }
    return gradients;
  }

  static List<Leaf> leaves(List<Tensor> xs) {
    return xs.stream().map(Variable::of).toList();
  }

  Variable forward(List<Leaf> leaves) {
    return function.apply(List.copyOf(leaves));
  }

  /// What the rule gives for an operand of this shape; null for nothing.
  ///
  /// @throws StateException if it gives more or less than one place for each operand
  @Nullable Tensor given(int operand, Shape x, Tensor gy, List<Tensor> xs, Tensor y) {
    @Nullable List<? extends @Nullable Tensor> all =
        Autograd.noGrad(() -> rule.gradients(gy, xs, y));
    int size = all == null ? 0 : all.size();
    if (size > 0 && size != xs.size()) {
      throw new StateException(
          "it gives a list of %d where one of %d belongs: a gradient, or null, for each"
              .formatted(size, xs.size()));
    }
    Tensor found = size == 0 ? null : Objects.requireNonNull(all).get(operand);
    return isSummed && found != null && x.broadcastsTo(found.shape())
        ? c(found).sumTo(x).value()
        : found;
  }

  /// The right gradients; null where there are none to be had, as at a kink.
  @Nullable List<Tensor> right(List<Tensor> xs, Tensor gy) {
    return isNew ? differences(xs, gy) : engine(xs, gy);
  }

  private List<Tensor> engine(List<Tensor> xs, Tensor gy) {
    List<Leaf> leaves = leaves(xs);
    Variable y = forward(leaves);
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Variable found =
          y.requiresGrad() ? Autograd.grad(y, List.of(leaves.get(i)), c(gy)).getFirst() : null;
      gradients.add(found == null ? Tensor.zeros(xs.get(i).shape(), gy.dtype()) : found.value());
    }
    return gradients;
  }

  private @Nullable List<Tensor> differences(List<Tensor> xs, Tensor gy) {
    List<Tensor> gradients = new ArrayList<>();
    for (int input = 0; input < xs.size(); input++) {
      double[] slopes = new double[xs.get(input).count()];
      for (int e = 0; e < slopes.length; e++) {
        int operand = input;
        int element = e;
        Differences found = Differences.of(t -> moved(xs, gy, operand, element, t));
        boolean isResolved = found.error() <= RESOLVED * (1 + Math.abs(found.slope()));
        if (found.kinked() || !isResolved) {
          return null;
        }
        slopes[e] = found.slope();
      }
      gradients.add(Tensor.of(slopes).reshape(xs.get(input).shape()));
    }
    return gradients;
  }

  /// `⟨gy, f⟩` with one element moved by `t`.
  private double moved(List<Tensor> xs, Tensor gy, int operand, int element, double t) {
    List<Variable> moved = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      double[] numbers = xs.get(i).toDoubleArray();
      if (i == operand) {
        numbers[element] += t;
      }
      moved.add(c(Tensor.of(numbers).reshape(xs.get(i).shape())));
    }
    return function.apply(moved).mul(c(gy)).sum().item();
  }
}
