package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.estimator.Activation;
import org.wengert.train.estimator.Ensemble;
import org.wengert.train.estimator.Estimator;
import org.wengert.train.estimator.MLPRegressor;
import org.wengert.train.estimator.Solver;
import org.wengert.train.metric.RootMeanSquaredError;
import org.wengert.train.plot.Curves;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lecture 1: networks combined in an ensemble. Their mean is better than most of them, and where
/// they deviate from each other, they do not know: between and beyond the samples.
@Command(
    name = "Regression",
    sortOptions = false,
    description = "Fits a curve by an ensemble of networks, with its uncertainty.")
public final class Regression implements Callable<Integer> {
  private static final double[] ASKED =
      IntStream.rangeClosed(-40, 40).mapToDouble(i -> i / 10.0).toArray();

  @Mixin private final Options options = new Options();

  /// A run that has not begun; [#main] gives it its options.
  public Regression() {}

  /// The command line. Holds state: picocli fills the fields.
  static final class Options extends ExampleOptions {
    @Option(
        names = "--members",
        paramLabel = "N",
        defaultValue = "10",
        description = "networks in the ensemble; default ${DEFAULT-VALUE}")
    private int members;

    @Option(
        names = "--samples",
        paramLabel = "N",
        defaultValue = "60",
        description = "points to learn from; default ${DEFAULT-VALUE}")
    private int samples;

    @Option(
        names = "--noise",
        paramLabel = "SIGMA",
        defaultValue = "0.1",
        description = "deviation of what is measured from the truth; default ${DEFAULT-VALUE}")
    private double noise;

    /// Options that are their defaults until picocli fills them in.
    Options() {
      super(Path.of("target", "regression"));
    }

    @Override
    void check() {
      refuseUnless(members >= 2, "--members", members, "at least 2");
      refuseUnless(samples >= 4, "--samples", samples, "at least 4");
      refuseUnless(noise >= 0 && Double.isFinite(noise), "--noise", noise, "a number, 0 or more");
    }
  }

  /// Runs the example; the exit code is 2 if arguments are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Regression(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    double[] x = samples();
    Rng random = new Rng(options.seed());
    double[] y =
        Arrays.stream(x).map(at -> truth(at) + options.noise * Rng.normal(random)).toArray();
    var network =
        MLPRegressor.defaults()
            .hiddenLayerSizes(40)
            .activation(Activation.TANH)
            .solver(Solver.LBFGS)
            .alpha(1e-3)
            .maxIter(500);
    var ensemble =
        new Ensemble<>(new MLPRegressor(network), options.members, options.seed())
            .fit(column(x), Tensor.of(y));
    report(ensemble, x);
    draw(ensemble, x, y);
    return 0;
  }

  /// Points from -3 to -1 and from 1 to 3: a gap in the middle.
  private double[] samples() {
    int half = options.samples / 2;
    return IntStream.range(0, 2 * half)
        .mapToDouble(i -> (i < half ? -3 : 1) + 2.0 * (i % half) / (half - 1))
        .toArray();
  }

  private static double truth(double x) {
    return StrictMath.sin(2 * x) + 0.3 * x;
  }

  private static Tensor column(double[] x) {
    return Tensor.of(x).reshape(x.length, 1);
  }

  private static double error(Estimator<Tensor> model, double[] x) {
    var error = new RootMeanSquaredError();
    error.add(
        model.predict(column(x)), Tensor.of(Arrays.stream(x).map(Regression::truth).toArray()));
    return error.value();
  }

  private void report(Ensemble<Tensor> ensemble, double[] x) {
    double[] alone = ensemble.members().stream().mapToDouble(m -> error(m, x)).sorted().toArray();
    say("root mean squared error against the truth, at the samples:");
    say(
        "  networks %.4f to %.4f, ensemble %.4f",
        alone[0], alone[alone.length - 1], error(ensemble, x));
    double[] some = {-4, -3, -2, -1, 0, 1, 2, 3, 4};
    Ensemble.Spread spread = ensemble.spread(column(some));
    say("%n     x    truth    mean  deviation");
    for (int i = 0; i < some.length; i++) {
      boolean known = Math.abs(Math.abs(some[i]) - 2) <= 1;
      double mean = spread.mean().at(i);
      double deviation = spread.deviation().at(i);
      double truth = truth(some[i]);
      say(
          "%6.1f %8.3f %7.3f %10.4f%s",
          some[i], truth, mean, deviation, known ? "" : "  no samples here");
    }
  }

  private void draw(Ensemble<Tensor> ensemble, double[] x, double[] y) {
    Tensor asked = column(ASKED);
    Ensemble.Spread spread = ensemble.spread(asked);
    Path picture = options.out().resolve("ensemble.svg");
    Curves.of("An ensemble knows what it does not know")
        .spread("mean of the ensemble", asked, spread.mean(), spread.deviation(), 2)
        .line("truth", ASKED, Arrays.stream(ASKED).map(Regression::truth).toArray())
        .points("samples", x, y)
        .axes("x", "y")
        .save(picture);
    say("%npicture: %s", picture);
  }
}
