package org.wengert.examples.guide;

import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Split;
import org.wengert.train.data.Synthetic;
import org.wengert.train.estimator.Activation;
import org.wengert.train.estimator.CrossValidation;
import org.wengert.train.estimator.Ensemble;
import org.wengert.train.estimator.MLPClassifier;
import org.wengert.train.estimator.MLPRegressor;
import org.wengert.train.estimator.Pipeline;
import org.wengert.train.estimator.Solver;
import org.wengert.train.estimator.StandardScaler;

/// The code of the page on estimators.
public final class EstimatorsGuide {
  private EstimatorsGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    classify();
    compose();
    ensemble();
  }

  static void classify() {
    // region: classify
    Sample moons = Synthetic.moons(400, 0.15, new Rng(1)).all();
    List<String> labels = MLPClassifier.labels(moons.target(), List.of("upper", "lower"));
    Split split = Split.trainTestSplit(moons.target(), 0.25, 1);

    var options = MLPClassifier.defaults().learningRateInit(0.02).maxIter(500).randomState(1);
    var model = new MLPClassifier<String>(options);
    model.fit(split.train(moons.input()), model.select(labels, split.train()));
    double score = model.score(split.test(moons.input()), model.select(labels, split.test()));
    System.out.printf("right: %.0f %%, converged: %b%n", 100 * score, model.converged());

    Tensor middle = Tensor.of(new double[][] {{0, 1}, {1, -0.5}});
    System.out.println(model.classes() + " " + model.predict(middle));
    // end region
  }

  static void compose() {
    // region: compose
    Sample moons = Synthetic.moons(200, 0.15, new Rng(1)).all();
    List<Integer> labels = MLPClassifier.labels(moons.target());
    var options = MLPClassifier.defaults().solver(Solver.LBFGS).maxIter(50).randomState(1);
    var model = Pipeline.of(new StandardScaler(), new MLPClassifier<Integer>(options));
    double[] scores = CrossValidation.defaults().shuffled(1).scores(model, moons.input(), labels);
    System.out.println(Arrays.toString(scores));
    // end region
  }

  static void ensemble() {
    // region: ensemble
    double[] x = {-3, -2.5, -2, -1.5, -1, 1, 1.5, 2, 2.5, 3};
    double[] y = Arrays.stream(x).map(at -> StrictMath.sin(2 * at)).toArray();
    var options = MLPRegressor.defaults().activation(Activation.TANH).solver(Solver.LBFGS);
    var ensemble = new Ensemble<>(new MLPRegressor(options), 5, 1);
    ensemble.fit(Tensor.of(x).reshape(x.length, 1), Tensor.of(y));
    Ensemble.Spread spread = ensemble.spread(Tensor.of(new double[][] {{2}, {0}}));
    for (int i = 0; i < 2; i++) {
      System.out.printf("%.2f ± %.2f%n", spread.mean().at(i), spread.deviation().at(i));
    }
    // end region
  }
}
