package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The Hessian of a loss in all parameters as one vector, by its products with vectors
/// (Pearlmutter, 1994): the gradient is recorded once, and each product differentiates `⟨gradient,
/// v⟩`.
final class Curvature {
  private final List<Parameter> parameters;
  private final List<@Nullable Variable> gradients;
  private final int size;
  private int products;

  /// The curvature of what `loss` gives when it is called, once.
  Curvature(Supplier<Variable> loss, List<Parameter> all) {
    parameters = all.stream().filter(Parameter::requiresGrad).toList();
    if (parameters.isEmpty()) {
      throw (OptionException)
          new OptionException("none of " + all.size() + " parameters is to be trained")
              .hint("pass model.parameters(), and do not freeze all of them")
              .during("Stability");
    }
    size = Flat.size(parameters);
    gradients = Autograd.enableGrad(() -> Autograd.grad(loss.get(), parameters));
  }

  /// The number of numbers in all parameters.
  int size() {
    return size;
  }

  /// How many products were asked for.
  int products() {
    return products;
  }

  /// The relative rounding error of the coarsest parameter.
  double rounding() {
    boolean isWide = parameters.stream().allMatch(p -> p.dtype() == DType.FLOAT64);
    return isWide ? 0x1p-52 : 0x1p-23;
  }

  /// The Hessian times `v`.
  ///
  /// @throws StateException if the product is not finite
  double[] times(double[] v) {
    products++;
    Variable along = along(v);
    double[] product = new double[size];
    if (!along.requiresGrad()) {
      return product; // a loss that is linear in its parameters
    }
    List<@Nullable Variable> parts = Autograd.noGrad(() -> Autograd.grad(along, parameters));
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      Variable part = parts.get(i);
      if (part != null) {
        double[] numbers = part.value().toDoubleArray();
        System.arraycopy(numbers, 0, product, at, numbers.length);
      }
      at += parameters.get(i).value().count();
    }
    requireFinite(product);
    return product;
  }

  /// `⟨gradient, v⟩`, recorded.
  private Variable along(double[] v) {
    List<Variable> terms = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      int count = parameter.value().count();
      Variable gradient = gradients.get(i);
      if (gradient != null && gradient.requiresGrad()) {
        Storage elements = Storage.allocate(parameter.dtype(), count);
        for (int k = 0; k < count; k++) {
          elements.put(k, v[at + k]);
        }
        Variable part = Variable.constant(Tensor.over(elements, parameter.shape()));
        terms.add(Autograd.enableGrad(() -> gradient.mul(part).sum().to(DType.FLOAT64)));
      }
      at += count;
    }
    Variable sum = Variable.constant(0);
    for (Variable term : terms) {
      Variable before = sum;
      sum = Autograd.enableGrad(() -> before.add(term));
    }
    return sum;
  }

  private static void requireFinite(double[] product) {
    for (double x : product) {
      if (!Double.isFinite(x)) {
        throw (StateException)
            new StateException("the second derivative of the loss is " + x + " here")
                .hint("Autograd.debug(..) around the computation names where it arises")
                .during("Stability");
      }
    }
  }
}
