package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Losses whose Hessian has eigenvalues that are known: `½ pᵀ Q diag(λ) Qᵀ p`.
class StabilityProperties {
  /// A quadratic loss of several parameters.
  private record Bowl(double[] eigenvalues, List<Parameter> parameters, Supplier<Variable> loss) {
    double largest() {
      return DoubleStream.of(eigenvalues).max().orElseThrow();
    }

    double smallest() {
      return DoubleStream.of(eigenvalues).min().orElseThrow();
    }
  }

  private static Bowl bowl(int size, long seed) {
    Rng random = new Rng(seed);
    double[] eigenvalues = new double[size];
    for (int i = 0; i < size; i++) {
      eigenvalues[i] = 10 * random.nextDouble() - (seed % 2 == 0 ? 3 : 0);
    }
    Tensor square = Tensor.randn(Shape.of(size, size), DType.FLOAT64, random);
    Variable q = F.qr(Variable.constant(square)).q();
    Parameter vector = new Parameter(Tensor.randn(Shape.of(size - 1), DType.FLOAT64, random));
    Parameter number = new Parameter(Tensor.of(random.nextGaussian()));
    Supplier<Variable> loss =
        () -> {
          Variable p = F.cat(List.of(vector, number.reshape(1)), 0);
          return p.matMul(q).square().mul(Variable.constant(eigenvalues)).sum().div(2);
        };
    return new Bowl(eigenvalues, List.of(vector, number), loss);
  }

  @Property(tries = 60)
  void knownEigenvaluesAreFound(
      @ForAll @IntRange(min = 2, max = 40) int size, @ForAll @IntRange(max = 1000) int seed) {
    Bowl bowl = bowl(size, seed);
    List<Stability> found = new ArrayList<>();
    found.add(Stability.of(bowl.loss, bowl.parameters));
    found.add(Stability.of(bowl.loss, bowl.parameters, Stability.Options.defaults().exact(0)));
    for (Stability stability : found) {
      assertTrue(stability.isSettled());
      assertEquals(bowl.largest(), stability.largest(), 1e-5);
      assertEquals(bowl.smallest(), stability.smallest(), 1e-5);
    }
  }

  @Property(tries = 20)
  void descentDivergesAboveTheLimitAndNotBelow(
      @ForAll @IntRange(min = 2, max = 8) int size, @ForAll @IntRange(max = 1000) int half) {
    Bowl bowl = bowl(size, 2 * half + 1);
    double limit = Stability.of(bowl.loss, bowl.parameters).limit();
    double before = bowl.loss.get().item();
    assertTrue(after(new SGD(bowl.parameters, 0.99 * limit), bowl) < before);
    assertTrue(after(new SGD(bowl.parameters, 1.05 * limit), bowl) > before);
  }

  private static double after(SGD sgd, Bowl bowl) {
    for (int i = 0; i < 400; i++) {
      sgd.step(bowl.loss);
    }
    return bowl.loss.get().item();
  }
}
