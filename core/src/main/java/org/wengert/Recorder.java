package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;
import org.wengert.tensor.pool.Holders;
import org.wengert.tensor.pool.Pool;

/// Does operations and records them. By arity, because the path is hot: no arrays, no boxing.
final class Recorder {
  private static final Backend KERNELS = Backends.current();

  private Recorder() {}

  static Variable apply(Op.Unary op, Variable x) {
    Tensor y;
    try {
      Shape shape = op.infer(x.value.shape());
      y = promised(op.forward(KERNELS, x.value, shape), shape);
    } catch (WengertException e) {
      throw explained(e, op.label(), x);
    }
    boolean wanted = x.requiresGrad && op.isDifferentiable() && y.dtype().isFloating();
    Variable result =
        wanted && Autograd.isRecording() ? new Step(op, y, x, null) : constant(op, y, x);
    if (Watch.isAny()) {
      Watch.note(op, result, x);
    }
    return result;
  }

  /// A constant, under the name of the operand if it is but its numbers in another shape.
  private static Constant constant(Op op, Tensor y, Variable x) {
    Constant constant = new Constant(y);
    if (x.remarksOrNull() != null
        && (op instanceof Reshape || y.storage() == x.value.storage())
        && y.count() == x.value.count()
        && !x.name().isEmpty()) {
      constant.named(x.name());
      constant.remarks().origin = x instanceof Constant other ? other.origin() : x;
    }
    return constant;
  }

  static Variable apply(Op.Binary op, Variable a, Variable b) {
    Tensor y;
    try {
      Shape shape = op.infer(a.value.shape(), b.value.shape());
      y = promised(op.forward(KERNELS, a.value, b.value, shape), shape);
    } catch (WengertException e) {
      throw explained(e, op.label(), a, b);
    }
    boolean wanted = (a.requiresGrad || b.requiresGrad) && op.isDifferentiable();
    Variable result =
        wanted && y.dtype().isFloating() && Autograd.isRecording()
            ? new Step(op, y, a, b)
            : new Constant(y);
    if (Watch.isAny()) {
      Watch.note(op, result, a, b);
    }
    return result;
  }

  static Variable apply(Op.Nary op, Variable[] xs) {
    boolean wanted = false;
    List<Tensor> values = new ArrayList<>(xs.length);
    List<Shape> shapes = new ArrayList<>(xs.length);
    for (Variable x : xs) {
      values.add(x.value);
      shapes.add(x.value.shape());
      wanted |= x.requiresGrad;
    }
    Op.Fused.Computed computed;
    try {
      Shape shape = op.infer(shapes);
      computed =
          op instanceof Op.Fused fused
              ? computed(fused, values, shape)
              : new Op.Fused.Computed(op.forward(KERNELS, values, shape));
      promised(computed.y(), shape);
    } catch (WengertException e) {
      throw explained(e, op.label(), xs);
    }
    Tensor y = computed.y();
    wanted &= op.isDifferentiable() && y.dtype().isFloating() && Autograd.isRecording();
    Variable result = wanted ? new Step(op, y, xs, computed.saved()) : new Constant(y);
    if (Watch.isAny()) {
      Watch.note(op, result, xs);
    }
    return result;
  }

  /// Computes, and recycles at once what the kernel made on its way.
  private static Op.Fused.Computed computed(Op.Fused op, List<Tensor> xs, Shape y) {
    Pool pool = Pool.current();
    if (pool.isOpen() || !Confined.is(op)) {
      return op.compute(KERNELS, xs, y);
    }
    int region = pool.open();
    boolean returned = false;
    try {
      Op.Fused.Computed computed = op.compute(KERNELS, xs, y);
      Holders.keep(computed.y().storage());
      for (Tensor saved : computed.saved()) {
        Holders.keep(saved.storage());
      }
      returned = true;
      return computed;
    } finally {
      pool.close(region, returned);
    }
  }

  private static Tensor promised(Tensor y, Shape shape) {
    if (y.shape() != shape && !y.shape().equals(shape)) {
      throw new ShapeException("forward gives shape " + y.shape() + ", infer promised " + shape)
          .hint("both belong to one declaration; correct one of them");
    }
    return y;
  }

  /// Adds operation and operands to an error that does not know them yet.
  static WengertException explained(WengertException e, String attempt, Variable... xs) {
    if (e.hasAttempt()) {
      return e;
    }
    e.during(attempt);
    showOperands(e, xs);
    return e;
  }

  /// Adds the operands, with their types if these are the problem.
  static void showOperands(WengertException e, @Nullable Variable... xs) {
    for (int i = 0; i < xs.length; i++) {
      Variable x = xs[i];
      if (x != null) {
        String type = e instanceof DTypeException ? " " + x.dtype() : "";
        e.operand("input " + i, x.name(), x.shape() + type);
      }
    }
  }
}
