package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// How a fused operation is differentiated: by its kernel, or, where the gradient is recorded or a
/// tangent is wanted, as the composition that it stands for.
final class FusedRule {
  private static final Backend KERNELS = Backends.current();

  private static final ScopedValue<Boolean> COMPOSED = ScopedValue.newInstance();

  private FusedRule() {}

  /// The result of `body`, in which fused operations are recorded as what they are composed of.
  static <T, X extends Throwable> T composed(ScopedValue.CallableOp<? extends T, X> body) throws X {
    return Watch.<T, X>call(ScopedValue.where(COMPOSED, true), body);
  }

  static boolean isComposed() {
    return Watch.isAny() && COMPOSED.isBound();
  }

  static Variable apply(Op.Fused op, Variable... xs) {
    if (!isComposed()) {
      return Recorder.apply(op, xs.clone());
    }
    try {
      op.infer(Stream.of(xs).map(Variable::shape).toList());
      return op.compose(List.of(xs));
    } catch (WengertException e) {
      throw Recorder.explained(e, op.label(), xs);
    }
  }

  /// The gradients of the operands that ask for one, null for the others.
  static List<@Nullable Variable> gradients(Op.Fused op, Variable gy, Step step) {
    boolean[] wanted = new boolean[step.inputCount()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = step.input(i).requiresGrad();
    }
    return gradients(op, gy, step, wanted);
  }

  static Variable gradient(Op.Fused op, int input, Variable gy, Step step) {
    boolean[] wanted = new boolean[step.inputCount()];
    wanted[input] = true;
    Variable gradient = gradients(op, gy, step, wanted).get(input);
    return gradient == null ? F.zerosLike(step.input(input)) : gradient;
  }

  private static List<@Nullable Variable> gradients(
      Op.Fused op, Variable gy, Step step, boolean[] wanted) {
    return Autograd.isRecording() ? composed(op, gy, step, wanted) : computed(op, gy, step, wanted);
  }

  private static List<@Nullable Variable> computed(
      Op.Fused op, Variable gy, Step step, boolean[] wanted) {
    List<Tensor> xs = new ArrayList<>(wanted.length);
    for (int i = 0; i < wanted.length; i++) {
      xs.add(step.input(i).value);
    }
    Op.Fused.Past past = new Op.Fused.Past(gy.value, xs, step.value, step.saved(), wanted);
    List<@Nullable Variable> gradients = new ArrayList<>(wanted.length);
    for (Tensor gradient : op.derivatives(KERNELS, past)) {
      gradients.add(gradient == null ? null : new Constant(gradient));
    }
    return gradients;
  }

  private static List<@Nullable Variable> composed(
      Op.Fused op, Variable gy, Step step, boolean[] wanted) {
    long start = Clock.next();
    List<Variable> xs = withStandIns(step, wanted);
    List<Variable> asked = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        asked.add(xs.get(i));
      }
    }
    List<@Nullable Variable> found = Sweep.within(start, op.compose(xs), gy, asked);
    List<@Nullable Variable> gradients = new ArrayList<>(wanted.length);
    int next = 0;
    for (boolean is : wanted) {
      gradients.add(is ? found.get(next++) : null);
    }
    return gradients;
  }

  static Variable tangent(Op.Fused op, int input, Variable dx, Step step) {
    long start = Clock.next();
    boolean[] moved = new boolean[step.inputCount()];
    moved[input] = true;
    List<Variable> xs = withStandIns(step, moved);
    Variable composed = Autograd.enableGrad(() -> op.compose(xs));
    return Forward.within(start, composed, xs.get(input), dx);
  }

  /// The operands, some of them behind a step of their own: the same variable may be another
  /// operand too, whose share is its own.
  private static List<Variable> withStandIns(Step step, boolean[] which) {
    List<Variable> xs = new ArrayList<>(step.inputs());
    for (int i = 0; i < which.length; i++) {
      if (which[i]) {
        xs.set(i, Forward.standIn(xs.get(i)));
      }
    }
    return xs;
  }
}
