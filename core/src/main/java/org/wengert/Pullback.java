package org.wengert;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.pool.Holders;
import org.wengert.tensor.pool.Pool;

/// What a step makes of the gradient that arrives at it, when the gradient is not recorded and the
/// operation is [Confined]: the gradients of its operands, of which the caller is the only holder.
/// What the rule made on its way is recycled at once.
///
/// @param gy the gradient of the step's result
/// @param wanted which operands' gradients are wanted
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Pullback(Step step, Variable gy, boolean[] wanted) {
  /// The gradient of one operand.
  Variable one(int input) {
    Variable[] gradient = inRegion(() -> new Variable[] {fitted(gradient(input), input)});
    return gradient[0];
  }

  /// The gradients of all operands, null where none is wanted.
  @Nullable Variable[] all() {
    return inRegion(
        () -> {
          List<@Nullable Variable> found = step.op().gradients(gy, step);
          @Nullable Variable[] gradients = new Variable[wanted.length];
          for (int i = 0; i < wanted.length; i++) {
            Variable gradient = found.get(i);
            gradients[i] = gradient == null || !wanted[i] ? null : fitted(gradient, i);
          }
          return gradients;
        });
  }

  /// The gradients of both operands of a pointwise operation, by one kernel; none if there is no
  /// such kernel, or not both are wanted.
  @Nullable Variable[] both() {
    if (wanted.length != 2 || !wanted[0] || !wanted[1] || other(0) != null || other(1) != null) {
      return new Variable[0];
    }
    return inRegion(
        () -> {
          Tensor[] found = Traced.gradients(step.op(), gy.value, step, leftOver(1));
          @Nullable Variable[] gradients = new Variable[found.length];
          for (int i = 0; i < found.length; i++) {
            gradients[i] = fitted(new Constant(found[i]), i);
          }
          return gradients;
        });
  }

  private Variable gradient(int input) {
    Tensor other = other(input);
    if (other != null) {
      return new Constant(other);
    }
    Tensor traced = Traced.gradient(step.op(), input, gy.value, step, leftOver(input));
    return traced == null ? step.op().gradient(input, gy, step) : new Constant(traced);
  }

  /// Whether a gradient is the other factor itself, so that nobody may keep it: the factor may lie
  /// over an array that a user will fill again.
  boolean isOther(int input, Variable gradient) {
    return step.op() == Arithmetic.MUL
        && step.input(1 - input).value.storage() == gradient.value.storage();
  }

  /// The other factor of a product whose gradient is 1 everywhere, as that of a sum is: the
  /// gradient itself. Not for a leaf, which would keep it; not a parameter's value, which will
  /// change, nor anything that might be recycled.
  private @Nullable Tensor other(int input) {
    if (step.op() != Arithmetic.MUL || step.input(input) instanceof Leaf || !isOne(gy.value)) {
      return null;
    }
    Tensor other = step.input(1 - input).value;
    boolean isSteady = Holders.isShown(other.storage()) && other.storage().changedAt() == 0;
    boolean fits = other.shape().equals(gy.shape()) && other.dtype() == gy.dtype();
    return isSteady && fits ? other : null;
  }

  /// Whether a tensor is a 1 that is repeated over all axes.
  private static boolean isOne(Tensor x) {
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.stride(axis) != 0 && x.size(axis) != 1) {
        return false;
      }
    }
    return x.count() > 0 && x.storage().at(x.offset()) == 1;
  }

  /// `gy` itself, for the last gradient that reads it, if nobody else sees it.
  private @Nullable Tensor leftOver(int input) {
    for (int i = input + 1; i < wanted.length; i++) {
      if (wanted[i]) {
        return null;
      }
    }
    return gy.value.isContiguous() && Sweep.isOwn(gy.value) ? gy.value : null;
  }

  private Variable fitted(Variable gradient, int input) {
    return Sweep.fitted(gradient, step.input(input), step.op());
  }

  private static <V extends @Nullable Variable> V[] inRegion(Supplier<V[]> rule) {
    Pool pool = Pool.current();
    int region = pool.open();
    boolean returned = false;
    try {
      V[] gradients = rule.get();
      for (V gradient : gradients) {
        if (gradient != null) {
          Holders.claim(gradient.value.storage());
        }
      }
      returned = true;
      return gradients;
    } finally {
      pool.close(region, returned);
    }
  }
}
