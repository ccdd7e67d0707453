package org.wengert.train.estimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Parameter;
import org.wengert.StateCheck;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.nn.Init;
import org.wengert.nn.Layer;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.optim.LBFGS;
import org.wengert.optim.Optimizer;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Sampler;
import org.wengert.train.data.Split;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.metric.Metric;

/// A network on its way: weights, generator, optimizer and progress. Holds state; not thread-safe.
final class Training {
  final MLPOptions options;
  final Task task;
  final DType type;
  final Sequential network;
  final Rng random;
  final Progress progress = new Progress();

  /// The weights of the best validation score; empty without one.
  Map<String, Tensor> best = Map.of();

  private @Nullable Optimizer optimizer;

  /// A network with random weights.
  Training(MLPOptions options, Task task, int features, DType type) {
    this.options = options;
    this.task = task;
    this.type = type;
    Long seed = options.randomState();
    random = new Rng(seed == null ? Rng.current().nextLong() : seed);
    List<Layer> layers = new ArrayList<>();
    int in = features;
    for (int units : options.hiddenLayerSizes()) {
      layers.add(layer(in, units));
      layers.add(options.activation().layer());
      in = units;
    }
    layers.add(layer(in, task.outputs()));
    network = new Sequential(layers);
  }

  private Linear layer(int in, int out) {
    double bound = options.activation().bound(in, out);
    Parameter weight = new Parameter(Tensor.zeros(Shape.of(out, in), type));
    Parameter bias = new Parameter(Tensor.zeros(Shape.of(out), type));
    Init.uniform(weight, -bound, bound, random);
    Init.uniform(bias, -bound, bound, random);
    return Linear.of(weight, bias);
  }

  int features() {
    return network.parameters().getFirst().size(1);
  }

  /// The network's outputs, unrecorded.
  Tensor outputs(Tensor x) {
    return Autograd.noGrad(() -> network.forward(Variable.constant(x.to(type))).value());
  }

  /// The optimizer, made anew if there is none.
  Optimizer optimizer() {
    if (optimizer == null) {
      List<Parameter> all = network.parameters();
      double rate = options.learningRateInit();
      optimizer =
          switch (options.solver()) {
            case ADAM -> new EpsilonHatAdam(all, adam().learningRate(rate));
            case SGD -> new SGD(all, sgd().learningRate(rate));
            case LBFGS -> new LBFGS(all, lbfgs());
          };
    }
    return optimizer;
  }

  private Adam.Options adam() {
    return Adam.Options.defaults().betas(options.beta1(), options.beta2()).eps(options.epsilon());
  }

  /// Each gradient enters the velocity with the rate of its time.
  private SGD.Options sgd() {
    boolean nesterov = options.nesterovsMomentum() && options.momentum() > 0;
    return SGD.Options.defaults()
        .momentum(options.momentum())
        .nesterov(nesterov)
        .rateInVelocity(true);
  }

  /// SciPy's defaults: ten moves remembered; no more than 1e7 roundings of change.
  private LBFGS.Options lbfgs() {
    return LBFGS.Options.defaults()
        .strongWolfe(true)
        .historySize(10)
        .maxIter(options.maxIter())
        .maxEval(options.maxFun())
        .toleranceGrad(options.tol())
        .toleranceChange(1e7 * Math.ulp(1.0));
  }

  /// Trains until the loss or the validation score stops getting better.
  void fit(Tensor x, Tensor y) {
    optimizer = null;
    progress.converged = false;
    if (options.solver() == Solver.LBFGS) {
      wholeBatch(x, y);
    } else if (options.earlyStopping()) {
      fitAndValidate(x, y);
    } else {
      epochs(x, y, () -> progress.judge(options.tol()));
    }
    requireFinite(network.parameters().stream().map(Parameter::value).toList());
  }

  /// One epoch.
  void partialFit(Tensor x, Tensor y) {
    epoch(x, y);
    progress.judge(options.tol());
    afterEpoch();
    requireFinite(network.parameters().stream().map(Parameter::value).toList());
  }

  private void fitAndValidate(Tensor x, Tensor y) {
    Split split = split(y);
    Tensor validationX = split.test(x);
    Tensor validationY = split.test(y);
    epochs(
        split.train(x),
        split.train(y),
        () -> {
          if (progress.judge(score(validationX, validationY), options.tol())) {
            best = network.stateDict();
          }
        });
    network.loadStateDict(best);
  }

  /// Which samples are kept to judge by: drawn once, so that a warm start does not learn from those
  /// by which the best weights were chosen.
  private Split split(Tensor y) {
    if (progress.splitSeed == 0) {
      progress.splitSeed = random.nextLong() | 1; // 0: not drawn yet
    }
    Tensor strata = Tensor.of(task.strata(y));
    try {
      Split split = Split.trainTestSplit(strata, options.validationFraction(), progress.splitSeed);
      if (split.test().length < 2) {
        throw new OptionException("one sample to judge by");
      }
      return split;
    } catch (OptionException e) {
      throw new OptionException("early stopping of " + y.size(0) + " samples: " + e.problem())
          .hint(
              "take more samples, another validationFraction than "
                  + options.validationFraction()
                  + ", or no earlyStopping");
    }
  }

  private double score(Tensor x, Tensor y) {
    Metric metric = task.metric();
    metric.add(outputs(x), y);
    if (options.verbose()) {
      System.out.printf(Locale.ROOT, "Validation score: %f%n", metric.value());
    }
    return metric.value();
  }

  private void epochs(Tensor x, Tensor y, Runnable judge) {
    for (int epoch = 0; epoch < options.maxIter() && !progress.converged; epoch++) {
      epoch(x, y);
      judge.run();
      afterEpoch();
    }
  }

  private void afterEpoch() {
    if (options.solver() == Solver.SGD && options.learningRate() == LearningRate.INVSCALING) {
      double divisor = StrictMath.pow(progress.samples + 1.0, options.powerT());
      optimizer().learningRates(options.learningRateInit() / divisor);
    }
    if (progress.isStuck(options)) {
      stopOrSlowDown();
    }
  }

  private void stopOrSlowDown() {
    boolean adaptive =
        options.solver() == Solver.SGD && options.learningRate() == LearningRate.ADAPTIVE;
    double rate = optimizer().learningRate(0);
    if (adaptive && rate > 1e-6) {
      optimizer().learningRates(rate / 5);
      progress.stale = 0;
    } else {
      progress.converged = true;
    }
  }

  private void epoch(Tensor x, Tensor y) {
    int samples = x.size(0);
    Sampler sampler = options.shuffle() ? Sampler.shuffled() : Sampler.sequential();
    int[] order = sampler.order(samples, random);
    TensorDataset<Sample> all = TensorDataset.of(x, y);
    int size = Math.min(options.batchSize() == 0 ? 200 : options.batchSize(), samples);
    double sum = 0;
    for (int from = 0; from < samples; from += size) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(samples, from + size));
      Sample batch = all.batch(rows);
      sum += step(batch.input(), batch.target()) * rows.length;
    }
    requireFinite(List.of(Tensor.of(sum)));
    progress.epoch(sum / samples, samples);
    if (options.verbose()) {
      System.out.printf(
          Locale.ROOT,
          "Iteration %d, loss = %.8f%n",
          progress.iterations,
          progress.losses.getLast());
    }
  }

  /// A step on a batch; what is reported of the loss before it.
  private double step(Tensor x, Tensor y) {
    double[] data = {0};
    Variable loss =
        optimizer()
            .step(
                () -> {
                  Variable own = loss(x, y);
                  data[0] = own.item();
                  return own.add(penalty(x.size(0)));
                });
    return loss.item() - (1 - task.share()) * data[0];
  }

  private Variable loss(Tensor x, Tensor y) {
    return task.loss(network.forward(Variable.constant(x)), Variable.constant(y));
  }

  /// `alpha/2 Σ w² / samples`, over the weights.
  private Variable penalty(int samples) {
    Variable sum = Variable.constant(Tensor.of(0.0).to(type));
    for (Parameter parameter : network.parameters()) {
      if (parameter.rank() == 2) {
        sum = sum.add(parameter.square().sum());
      }
    }
    return sum.mul(options.alpha() / 2 / samples);
  }

  private void wholeBatch(Tensor x, Tensor y) {
    Optimizer solver = optimizer();
    int samples = x.size(0);
    solver.step(() -> loss(x, y).add(penalty(samples)));
    double loss = Autograd.noGrad(() -> loss(x, y).add(penalty(samples)).item());
    requireFinite(List.of(Tensor.of(loss)));
    Map<String, Tensor> state = solver.stateDict();
    long moves = StateCheck.require(state, "nIter").longAt();
    long evaluations = StateCheck.require(state, "funcEvals").longAt();
    progress.bestLoss = loss;
    progress.losses.add(loss);
    progress.iterations += moves;
    progress.samples += samples;
    progress.converged = moves < options.maxIter() && evaluations < options.maxFun();
  }

  private static void requireFinite(List<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      for (double value : tensor.toDoubleArray()) {
        if (!Double.isFinite(value)) {
          throw new StateException("the loss or a weight has become " + value)
              .hint("scale the inputs, as StandardScaler does, or lower learningRateInit");
        }
      }
    }
  }
}
