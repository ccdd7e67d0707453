package org.wengert.optim;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// How large a learning rate may be, and why training is slow: the ends of the spectrum of the
/// Hessian of a loss in its parameters.
///
/// ```java
/// Stability here = Stability.of(() -> criterion(model.call(x), y), model.parameters());
/// System.out.println(here.advice());
/// ```
///
/// Along an eigenvector with eigenvalue `λ`, a step of gradient descent with the rate `η`
/// multiplies the distance from the minimum by `1 - η λ`. So descent diverges above `2/λmax`, the
/// best constant rate is `2/(λmax + λmin)`, and with it a step keeps `(κ - 1)/(κ + 1)` of the
/// distance, where the condition `κ = λmax/λmin` says how much longer than wide the valley is. This
/// holds exactly for losses that are quadratic, such as those of linear regression, and for others
/// near the present parameters: ask again during training.
///
/// Few parameters: from the whole Hessian. Many: by Lanczos' method on products of the Hessian with
/// vectors, of which each costs a few gradients. The loss is computed once, so that dropout stays
/// as it was. Immutable.
///
/// Source: LeCun, Bottou, Orr and Müller, Efficient BackProp (1998); Polyak (1964) for momentum.
///
/// @param largest the largest eigenvalue, also called sharpness
/// @param smallest the smallest eigenvalue; negative if this is no minimum
/// @param error the larger distance of the two from an eigenvalue, at most
/// @param parameters the number of numbers that are trained
/// @param products how many products of the Hessian with a vector it took
/// @param isSettled whether the method ended by itself rather than by its limit
public record Stability(
    double largest,
    double smallest,
    double error,
    int parameters,
    int products,
    boolean isSettled) {

  /// How eigenvalues are found. Immutable.
  ///
  /// @param tolerance the error to end at, as a share of the larger eigenvalue; by default 1e-6
  /// @param limit the largest number of products with vectors; by default 200
  /// @param exact up to how many numbers the whole Hessian is computed; by default 64
  /// @param seed of the vector to start from; by default 42
  public record Options(double tolerance, int limit, int exact, long seed) {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("Stability", "tolerance", tolerance, 1e-6);
      Domain.atLeastOne(
          "Stability", "limit", limit, "for example Stability.Options.defaults().limit(200)");
    }

    /// Tolerance 1e-6, at most 200 products, the whole Hessian up to 64 numbers.
    public static Options defaults() {
      return new Options(1e-6, 200, 64, 42);
    }

    /// The same with another `tolerance`.
    public Options tolerance(double tolerance) {
      return new Options(tolerance, limit, exact, seed);
    }

    /// The same with another `limit`.
    public Options limit(int limit) {
      return new Options(tolerance, limit, exact, seed);
    }

    /// The same with another `exact`; 0 for products always.
    public Options exact(int exact) {
      return new Options(tolerance, limit, exact, seed);
    }

    /// The same with another `seed`.
    public Options seed(long seed) {
      return new Options(tolerance, limit, exact, seed);
    }
  }

  /// The stability of descent on a loss, here.
  ///
  /// @param loss computes the loss, a single number, with the present parameters; called once
  /// @param parameters what is trained; what is frozen or not reached counts as constant
  /// @throws org.wengert.GradientException if the loss is no single number
  /// @throws org.wengert.tensor.OptionException if all parameters are frozen
  /// @throws org.wengert.StateException if a second derivative is not finite
  public static Stability of(Supplier<Variable> loss, List<Parameter> parameters) {
    return of(loss, parameters, Options.defaults());
  }

  /// The stability of descent on a loss, here, found with these options.
  public static Stability of(Supplier<Variable> loss, List<Parameter> parameters, Options options) {
    Curvature hessian = new Curvature(loss, parameters);
    boolean isSmall = hessian.size() <= options.exact;
    Spectrum ends = isSmall ? Spectrum.exact(hessian) : Spectrum.byProducts(hessian, options);
    return new Stability(
        ends.largest(),
        ends.smallest(),
        Math.max(ends.largestError(), ends.smallestError()),
        hessian.size(),
        hessian.products(),
        isSmall || ends.isWithin(Math.max(options.tolerance, 16 * hessian.rounding())));
  }

  /// The learning rate above which gradient descent diverges, `2/λmax`; infinite if the loss bends
  /// upwards nowhere.
  public double limit() {
    return limit(0);
  }

  /// The learning rate above which descent with this momentum `m` diverges, `2(1 + m)/λmax`.
  ///
  /// @throws org.wengert.tensor.OptionException if it is not in `[0, 1)`
  public double limit(double momentum) {
    return limit(SGD.Options.defaults().momentum(momentum));
  }

  /// The learning rate above which [SGD] with these options diverges, whatever their own rate: with
  /// momentum `m` and weight decay `d` it is `2(1 + m)/(λmax + d)`, with Nesterov's momentum
  /// `2(1 + m)/((1 + 2m)(λmax + d))`. What is dampened may be larger by as much.
  ///
  /// @throws org.wengert.tensor.OptionException if the momentum is not below 1
  public double limit(SGD.Options options) {
    double m = options.momentum();
    Domain.decay("Stability", "momentum", m, 0.9);
    double steepest = (options.maximize() ? -smallest : largest) + options.weightDecay();
    if (!(steepest > error)) {
      return Double.POSITIVE_INFINITY;
    }
    double ahead = options.nesterov() ? 1 + 2 * m : 1;
    double entering = m == 0 ? 1 : 1 - options.dampening();
    return 2 * (1 + m) / (ahead * steepest * entering);
  }

  /// `λmax/λmin`: 1 is best. Infinite if some direction is flat or bends downwards, as far as can
  /// be told: then no rate shrinks the distance in all directions.
  public double condition() {
    return smallest > error ? largest / smallest : Double.POSITIVE_INFINITY;
  }

  /// The constant rate with which gradient descent is fastest in its slowest direction:
  /// `2/(λmax + λmin)`, and half of [#limit] if no direction but those with `λ > 0` counts.
  public double bestRate() {
    return smallest > error ? 2 / (largest + smallest) : limit() / 2;
  }

  /// What a step at this rate leaves of the distance from the minimum, in the worst direction:
  /// `max |1 - η λ|`. At least 1 means that it does not get there.
  public double kept(double rate) {
    return Math.max(Math.abs(1 - rate * largest), Math.abs(1 - rate * smallest));
  }

  /// What this means for training, in sentences.
  public String advice() {
    return extent() + limits() + shape();
  }

  /// What this means for training, and whether it would help to centre and scale the inputs of the
  /// model.
  ///
  /// @param inputs rows of features, as for [Conditioning#of]
  public String advice(Tensor inputs) {
    return advice() + Conditioning.of(inputs).advice();
  }

  private String extent() {
    String about = isSettled ? "" : " at least (ended by its limit of products)";
    return String.format(
        Locale.ROOT,
        "%,d parameter%s: the curvature of the loss reaches%s from %s to %s.\n",
        parameters,
        parameters == 1 ? "" : "s",
        about,
        Figures.six(smallest),
        Figures.six(largest));
  }

  private String limits() {
    if (!(largest > error)) {
      return "The loss bends upwards nowhere: there is no minimum here to miss.\n";
    }
    String where = smallest < -error ? "Where it bends upwards most, a" : "A";
    return "%s learning rate above %s diverges; with momentum 0.9, above %s.\n"
        .formatted(where, Figures.six(limit()), Figures.six(limit(0.9)));
  }

  private String shape() {
    if (smallest < -error) {
      return "Elsewhere it bends downwards: this is no minimum yet, and along there every rate leads"
          + " on downhill; ask again later.\n";
    }
    if (!(smallest > error)) {
      return "Some direction is flat: the loss does not determine all parameters, and descent"
          + " leaves what it does not see.\n";
    }
    double kept = kept(bestRate());
    String pace =
        kept < 1e-9
            ? "arrives in one step"
            : "keeps %s %% of the distance in each step: %s steps for a digit"
                .formatted(
                    Figures.six(100 * kept),
                    Figures.grouped(Math.ceil(-Math.log(10) / Math.log(kept))));
    String remedy =
        condition() < 10
            ? ""
            : " Inputs of mean 0 and deviation 1 lower it, as do normalisation,"
                + " momentum and Adam.";
    return "The best constant rate, %s, %s.\nThe condition is %s, where 1 is best.%s\n"
        .formatted(Figures.six(bestRate()), pace, Figures.grouped(condition()), remedy);
  }
}
