package org.wengert.golden;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// How far a number may be from libtorch's `b`: `absolute + relative |b|`. The values are those of
/// the golden data's own description.
public record Tolerance(double absolute, double relative) {
  private static final Tolerance EXACT = new Tolerance(0, 0);
  private static final Tolerance FLOAT32 = new Tolerance(0, 1e-5);
  private static final Tolerance OUTPUT = new Tolerance(1e-12, 1e-10);
  private static final Tolerance SPECIAL = new Tolerance(1e-12, 1e-9);
  private static final Tolerance GRADIENT = new Tolerance(1e-10, 1e-8);
  private static final Tolerance INDIRECT = new Tolerance(1e-9, 1e-7);
  private static final Tolerance TRAJECTORY = new Tolerance(1e-9, 0);
  private static final Tolerance LINE_SEARCHES = new Tolerance(1e-5, 0);

  /// Functions that approximations differ in.
  private static final Set<String> SPECIAL_FUNCTIONS =
      new TreeSet<>(List.of("lgamma", "digamma", "polygamma", "erfinv"));

  /// Decompositions and inverses, whose gradients solve systems, wherever an expression calls them:
  /// negative powers are inverses, and some norms of matrices are of their singular values.
  private static final Pattern DECOMPOSITIONS =
      Pattern.compile(
          "torch\\.(linalg_)?(inv|inverse|pinv|pinverse|solve|solve_triangular|lstsq"
              + "|det|logdet|slogdet|cholesky|qr|svd|svdvals|eigh|eigvalsh|nuclear_norm"
              + "|matrix_power\\(\\w+, -\\d+|matrix_norm\\(\\w+, (ord=)?('nuc'|-?2))(?!\\w)");

  /// Functions whose gradient libtorch rounds coarsely: `hardsigmoid`'s, which it multiplies by a
  /// `float` 1/6, is 3e-8 off, and `sinc`'s is 0 at 1e-10 instead of -3.3e-10, a difference of
  /// equal numbers. Ours are right by differences and by the power series.
  private static final Set<String> COARSE = new TreeSet<>(List.of("hardsigmoid", "sinc"));

  /// For output `position` of a case.
  static Tolerance ofOutput(GoldenCase c, int position) {
    GoldenTensor output = c.outputs().get(position);
    if (!output.dtype().startsWith("float")) {
      return EXACT;
    }
    if (output.dtype().equals("float32")) {
      return FLOAT32;
    }
    if (c.file().equals("init")) {
      return ofSample(c, output.name());
    }
    if (c.op().equals("LBFGS")) {
      return LINE_SEARCHES;
    }
    if (c.file().equals("optim") || c.file().equals("training")) {
      return TRAJECTORY;
    }
    if (c.file().equals("higher_order") && isDerivative(output.name())) {
      return INDIRECT;
    }
    return SPECIAL_FUNCTIONS.contains(c.op()) ? SPECIAL : OUTPUT;
  }

  /// For what is known of another random sample: its extremes may differ by a standard deviation,
  /// its mean and deviation by a tenth of one. libtorch drew orthogonal samples in `float32`.
  private static Tolerance ofSample(GoldenCase c, String output) {
    if (!output.startsWith("sample_")) {
      return output.equals("gram") ? new Tolerance(2e-6, 0) : OUTPUT;
    }
    double deviation = c.attrs().get("std").getAsDouble();
    boolean extreme = output.endsWith("min") || output.endsWith("max");
    return new Tolerance(extreme ? deviation : deviation / 10, 0);
  }

  private static boolean isDerivative(String name) {
    return !List.of("y", "value", "critic").contains(name);
  }

  /// For a gradient of a case.
  static Tolerance ofGradient(GoldenCase c, GoldenTensor gradient) {
    if (gradient.dtype().equals("float32")) {
      return FLOAT32;
    }
    boolean indirect =
        c.file().equals("higher_order")
            || DECOMPOSITIONS.matcher(c.expr()).find()
            || COARSE.contains(c.op());
    return indirect ? INDIRECT : GRADIENT;
  }

  /// Whether `a` is as good as `b`. NaN meets NaN, infinities have one sign, zeros may differ in
  /// theirs.
  boolean accepts(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b) || Double.isInfinite(a) || Double.isInfinite(b)) {
      return Double.compare(a, b) == 0;
    }
    return Math.abs(a - b) <= absolute + relative * Math.abs(b);
  }
}
