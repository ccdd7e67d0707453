package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Derivatives of whole functions, each a few sweeps.
final class Derivatives {
  private Derivatives() {}

  /// Rows of the Jacobian, one sweep for each element of `y`, stacked.
  static Variable jacobian(UnaryOperator<Variable> f, Variable at) {
    Variable x = Forward.standIns(List.of(at)).getFirst();
    Variable y = Autograd.enableGrad(() -> f.apply(x));
    List<Variable> rows = new ArrayList<>();
    int count = y.value().count();
    for (int i = 0; i < count; i++) {
      rows.add(row(y, x, i).reshape(x.value().count()));
    }
    Shape shape = joined(y.shape(), x.shape());
    return rows.isEmpty()
        ? Variable.constant(Tensor.zeros(shape, x.dtype()))
        : F.stack(rows, 0).reshape(shape);
  }

  private static Variable row(Variable y, Variable x, int i) {
    if (!y.requiresGrad()) {
      return F.zerosLike(x);
    }
    Tensor unit = Tensor.zeros(y.shape(), y.dtype());
    unit.storage().put(i, 1.0);
    List<@Nullable Variable> found = Autograd.grad(y, List.of(x), Variable.constant(unit));
    Variable gradient = found.getFirst();
    return gradient == null ? F.zerosLike(x) : gradient;
  }

  static Variable hessian(UnaryOperator<Variable> f, Variable at) {
    return jacobian(x -> gradient(f, x), at);
  }

  private static Variable gradient(UnaryOperator<Variable> f, Variable x) {
    Variable y = f.apply(x);
    if (!y.requiresGrad()) {
      return F.zerosLike(x);
    }
    Variable gradient = Autograd.grad(y, List.of(x)).getFirst();
    return gradient == null ? F.zerosLike(x) : gradient;
  }

  static Variable hvp(UnaryOperator<Variable> f, Variable at, Variable v) {
    requireLike("hvp", List.of(at), List.of(v));
    Variable x = Forward.standIns(List.of(at)).getFirst();
    Variable gradient = Autograd.enableGrad(() -> gradient(f, x));
    if (!gradient.requiresGrad()) {
      return F.zerosLike(x);
    }
    Variable product = Autograd.grad(gradient, List.of(x), v).getFirst();
    return product == null ? F.zerosLike(x) : product;
  }

  /// Refuses tangents that do not have shape and type of the inputs they belong to.
  static void requireLike(
      String what, List<? extends Variable> xs, List<? extends Variable> tangents) {
    try {
      if (xs.size() != tangents.size()) {
        throw new ShapeException(tangents.size() + " tangents for " + xs.size() + " inputs")
            .hint("give one tangent for each input, of its shape");
      }
      for (int i = 0; i < xs.size(); i++) {
        Tensor tangent = tangents.get(i).value();
        Check.sameShape("tangent " + i, tangent, "its input", xs.get(i).value());
        Check.sameType("tangent " + i, tangent, "its input", xs.get(i).value());
      }
    } catch (WengertException e) {
      throw Recorder.explained(
          e, what, Stream.concat(xs.stream(), tangents.stream()).toArray(Variable[]::new));
    }
  }

  private static Shape joined(Shape outer, Shape inner) {
    int[] sizes = new int[outer.rank() + inner.rank()];
    System.arraycopy(outer.toArray(), 0, sizes, 0, outer.rank());
    System.arraycopy(inner.toArray(), 0, sizes, outer.rank(), inner.rank());
    return Shape.of(sizes);
  }
}
