package org.wengert.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Checks gradients against finite differences along random directions.
///
/// For a random cotangent `v` and random directions `u`, the analytic `vᵀ J u` must agree with the
/// derivative of `t ↦ ⟨v, f(x + t u)⟩` by five-point differences. A few directions test all
/// elements of all inputs at once; only if they disagree is every element looked at. The second
/// order is the first order of the gradient itself. Where the differences are not good enough to
/// tell, the verdict says so: agreement within the tolerances is never taken on trust.
///
/// The check computes in `FLOAT64` and refuses anything less, since differences of rounded numbers
/// prove nothing. Same seed, same check. Immutable; the functions checked may be called many times.
///
/// @param relative tolerated relative to the derivative
/// @param absolute tolerated in any case
/// @param directions how many random directions are tried
/// @param seed of the random cotangents and directions
public record GradCheck(double relative, double absolute, int directions, long seed) {
  private static final double SECOND_ORDER = 100; // both tolerances are so much wider then

  /// Checks the tolerances.
  ///
  /// @throws OptionException if one is negative or there is no direction
  public GradCheck {
    if (!(relative >= 0) || !(absolute >= 0) || directions < 1) {
      throw new OptionException(
              "tolerances " + relative + ", " + absolute + " with " + directions + " directions")
          .hint("tolerances are 0 or more, directions 1 or more");
    }
  }

  /// Relative 1e-7, absolute 1e-9, three directions.
  public static GradCheck defaults() {
    return new GradCheck(1e-7, 1e-9, 3, 42);
  }

  /// This check with other tolerances.
  public GradCheck tolerating(double relative, double absolute) {
    return new GradCheck(relative, absolute, directions, seed);
  }

  /// This check with another seed.
  public GradCheck seeded(long seed) {
    return new GradCheck(relative, absolute, directions, seed);
  }

  /// Checks the gradient of `f`, which may give any shape, for all inputs and parameters. An input
  /// that `f` does not use has a right gradient, zero; a parameter that it does not use is wrong.
  ///
  /// @param xs where; `FLOAT64`
  /// @param parameters of the model inside `f`; changed during the check and restored
  /// @throws DTypeException if an input or a parameter is not `FLOAT64`
  /// @throws OptionException if there is neither an input nor a parameter
  public GradReport firstOrder(
      Function<List<Variable>, Variable> f, List<Tensor> xs, Collection<Parameter> parameters) {
    require(xs, parameters);
    return new Run(f, xs, List.copyOf(parameters), false).report();
  }

  /// Checks the gradient of the gradient of `f`, with tolerances 100 times as wide.
  ///
  /// @throws DTypeException if an input or a parameter is not `FLOAT64`
  /// @throws OptionException if there is neither an input nor a parameter
  public GradReport secondOrder(
      Function<List<Variable>, Variable> f, List<Tensor> xs, Collection<Parameter> parameters) {
    require(xs, parameters);
    List<Parameter> places = List.copyOf(parameters);
    Rng random = new Rng(seed);
    List<Tensor> weights = new ArrayList<>();
    xs.forEach(x -> weights.add(normal(x, random)));
    places.forEach(p -> weights.add(normal(p.value(), random)));
    long cotangent = random.nextLong();
    Function<List<Variable>, Variable> gradient =
        inputs -> {
          Variable y = f.apply(inputs);
          List<Variable> all = new ArrayList<>(inputs);
          all.addAll(places);
          return weighted(gradients(y, all, new Rng(cotangent)), weights);
        };
    GradCheck wider = tolerating(SECOND_ORDER * relative, SECOND_ORDER * absolute);
    return wider.new Run(gradient, xs, places, true).report();
  }

  private static void require(List<Tensor> xs, Collection<Parameter> parameters) {
    List<Tensor> all = new ArrayList<>(xs);
    parameters.forEach(p -> all.add(p.value()));
    if (all.isEmpty()) {
      throw new OptionException("a gradient check of 0 inputs and 0 parameters")
          .hint("pass what the function depends on: there is nothing to check");
    }
    for (Tensor x : all) {
      if (x.dtype() != DType.FLOAT64) {
        throw new DTypeException("a gradient check at " + x.dtype() + " " + x.shape())
            .hint("differences need FLOAT64: convert with to(FLOAT64), a module too");
      }
    }
  }

  private static Tensor normal(Tensor like, Rng random) {
    return Tensor.randn(like.shape(), DType.FLOAT64, random);
  }

  private static List<@Nullable Variable> gradients(Variable y, List<Variable> xs, Rng random) {
    if (!y.requiresGrad()) {
      List<@Nullable Variable> none = new ArrayList<>();
      xs.forEach(x -> none.add(null));
      return none;
    }
    Variable cotangent = Variable.constant(normal(y.value(), random));
    return Autograd.grad(y, xs, cotangent);
  }

  private static Variable weighted(List<@Nullable Variable> gradients, List<Tensor> weights) {
    Variable sum = Variable.constant(0);
    for (int i = 0; i < weights.size(); i++) {
      Variable gradient = gradients.get(i);
      if (gradient != null) {
        sum = sum.add(gradient.mul(Variable.constant(weights.get(i))).sum());
      }
    }
    return sum;
  }

  /// One check of one function at one point.
  private final class Run {
    private final Function<List<Variable>, Variable> f;
    private final List<Parameter> parameters;
    private final int inputs;
    private final List<Tensor> point = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Tensor> analytic = new ArrayList<>();
    private final Rng random = new Rng(seed + 1);
    private final Tensor cotangent;
    private final List<String> unused = new ArrayList<>();
    private boolean connected;

    Run(
        Function<List<Variable>, Variable> f,
        List<Tensor> xs,
        List<Parameter> parameters,
        boolean constantAllowed) {
      this.f = f;
      this.parameters = parameters;
      this.inputs = xs.size();
      for (int i = 0; i < xs.size(); i++) {
        point.add(xs.get(i).copy());
        names.add("input " + i);
      }
      for (Parameter p : parameters) {
        names.add(p.name().isEmpty() ? "parameter " + (point.size() - inputs) : p.name());
        point.add(p.value().copy());
      }
      this.connected = constantAllowed;
      this.cotangent = differentiate();
      if (constantAllowed) {
        unused.clear();
      }
    }

    /// Computes the analytic gradients and returns the cotangent they belong to.
    private Tensor differentiate() {
      List<Variable> leaves = new ArrayList<>();
      point.subList(0, inputs).forEach(x -> leaves.add(Variable.of(x)));
      Variable y = f.apply(leaves);
      Tensor v = normal(y.value(), random);
      leaves.addAll(parameters);
      connected |= y.requiresGrad();
      List<@Nullable Variable> gradients =
          y.requiresGrad() ? Autograd.grad(y, leaves, Variable.constant(v)) : List.of();
      for (int i = 0; i < leaves.size(); i++) {
        Variable gradient = gradients.isEmpty() ? null : gradients.get(i);
        Tensor zeros = Tensor.zeros(point.get(i).shape(), DType.FLOAT64);
        analytic.add(gradient == null ? zeros : gradient.value());
        if (gradient == null && i >= inputs) {
          unused.add(names.get(i));
        }
      }
      return v;
    }

    GradReport report() {
      double worst = 0;
      Set<GradReport.Verdict> verdicts = EnumSet.noneOf(GradReport.Verdict.class);
      for (int d = 0; d < directions; d++) {
        List<double[]> direction = direction();
        double expected = expected(direction);
        Differences found = Differences.of(t -> along(direction, t));
        worst = Math.max(worst, Math.abs(expected - found.slope()) / scale(expected, found));
        verdicts.add(judge(expected, found));
      }
      if (verdicts.contains(GradReport.Verdict.NEAR_KINK)) {
        return new GradReport(GradReport.Verdict.NEAR_KINK, worst, List.of(), "");
      }
      if (verdicts.contains(GradReport.Verdict.WRONG)) {
        return wrong(worst);
      }
      if (!unused.isEmpty()) {
        String suspicion = Suspicion.unused(unused);
        return new GradReport(GradReport.Verdict.WRONG, worst, List.of(), suspicion);
      }
      return verdicts.contains(GradReport.Verdict.NOISY)
          ? new GradReport(GradReport.Verdict.NOISY, worst, List.of(), Suspicion.noisy())
          : GradReport.correct(worst);
    }

    /// `vᵀ J u`; not finite if any part of the gradient is not.
    private double expected(List<double[]> direction) {
      double sum = 0;
      boolean infinite = false;
      for (int i = 0; i < point.size(); i++) {
        double[] gradient = analytic.get(i).toDoubleArray();
        if (DoubleStream.of(gradient).anyMatch(Double::isNaN)) {
          return Double.NaN;
        }
        infinite |= DoubleStream.of(gradient).anyMatch(Double::isInfinite);
        sum += dot(gradient, direction.get(i));
      }
      return infinite ? Double.POSITIVE_INFINITY : sum;
    }

    private List<double[]> direction() {
      List<double[]> direction = new ArrayList<>();
      for (Tensor x : point) {
        double[] u = new double[x.count()];
        Arrays.setAll(u, i -> 2 * random.nextDouble() - 1);
        direction.add(u);
      }
      return direction;
    }

    private static double scale(double analytic, Differences found) {
      return Math.max(1e-300, Math.max(Math.abs(analytic), Math.abs(found.slope())));
    }

    /// Whether the derivative agrees with the differences, as far as these can tell: what is
    /// accepted is off by at most twice the tolerance, what is wrong by more than ten times the
    /// differences' own error.
    private GradReport.Verdict judge(double analytic, Differences found) {
      if (!Double.isFinite(found.slope()) || !Double.isFinite(found.error())) {
        return GradReport.Verdict.NEAR_KINK;
      }
      if (Double.isNaN(analytic)) {
        return GradReport.Verdict.WRONG;
      }
      double finite = Double.isInfinite(analytic) ? 0 : analytic;
      double tolerance = absolute + relative * scale(finite, found);
      boolean resolved = found.error() <= tolerance;
      if (found.kinked() || Double.isInfinite(analytic) && !resolved) {
        return GradReport.Verdict.NEAR_KINK; // the derivative at a root's end is infinite
      }
      double gap = Math.abs(analytic - found.slope());
      if (gap > tolerance + 10 * found.error()) {
        return GradReport.Verdict.WRONG;
      }
      return resolved && gap <= tolerance + found.error()
          ? GradReport.Verdict.CORRECT
          : GradReport.Verdict.NOISY;
    }

    /// `⟨v, f(x + t u)⟩`.
    private double along(List<double[]> direction, double t) {
      List<Variable> moved = new ArrayList<>();
      try {
        for (int i = 0; i < point.size(); i++) {
          Tensor x = moved(point.get(i), direction.get(i), t);
          if (i < inputs) {
            moved.add(Variable.of(x));
          } else {
            parameters.get(i - inputs).assign(x);
          }
        }
        return dot(f.apply(moved).value().toDoubleArray(), cotangent.toDoubleArray());
      } finally {
        for (int i = inputs; i < point.size(); i++) {
          parameters.get(i - inputs).assign(point.get(i));
        }
      }
    }

    private static Tensor moved(Tensor x, double[] direction, double t) {
      double[] values = x.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        values[i] += t * direction[i];
      }
      return Tensor.of(values).reshape(x.shape());
    }

    private static double dot(double[] a, double[] b) {
      return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /// Looks at every element, to say where and perhaps why.
    private GradReport wrong(double worst) {
      List<GradReport.Element> all = new ArrayList<>();
      List<GradReport.Element> bad = new ArrayList<>();
      for (int input = 0; input < point.size(); input++) {
        double[] gradient = analytic.get(input).toDoubleArray();
        for (int e = 0; e < gradient.length; e++) {
          List<double[]> unit = point.stream().map(x -> new double[x.count()]).toList();
          unit.get(input)[e] = 1;
          Differences found = Differences.of(t -> along(unit, t));
          List<Integer> index = GradReport.Element.index(e, point.get(input).shape());
          GradReport.Element element =
              new GradReport.Element(
                  names.get(input), index, gradient[e], found.slope(), found.error());
          all.add(element);
          if (judge(gradient[e], found) == GradReport.Verdict.WRONG) {
            bad.add(element);
          }
        }
      }
      bad.sort(
          Comparator.comparingDouble((GradReport.Element e) -> Math.abs(e.analytic() - e.numeric()))
              .reversed()); // NaN first
      String suspicion = Suspicion.of(all, bad, connected);
      return new GradReport(GradReport.Verdict.WRONG, worst, List.copyOf(bad), suspicion);
    }
  }
}
