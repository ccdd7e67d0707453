package org.wengert.train.estimator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;

/// The options of [MLPClassifier] and [MLPRegressor], scikit-learn's by default. Immutable: each
/// method gives changed ones.
///
/// @param hiddenLayerSizes units of each hidden layer; by default one of 100
/// @param activation of the hidden layers; by default [Activation#RELU]
/// @param solver the method; by default [Solver#ADAM]
/// @param alpha strength of the penalty `alpha/2 Σ w² / samples of the batch` on weights, not on
///     biases; by default 1e-4
/// @param batchSize samples of a batch, at most all; 0, the default, means 200
/// @param learningRate how the rate of SGD changes; by default [LearningRate#CONSTANT]
/// @param learningRateInit the rate, of SGD at the start; by default 1e-3
/// @param powerT the exponent of [LearningRate#INVSCALING]; by default 0.5
/// @param maxIter the most epochs of a fit, or iterations of L-BFGS; by default 200
/// @param shuffle whether each epoch has an order of its own; by default true
/// @param randomState the seed of weights, order and validation samples; null, the default, takes
///     one from the thread's generator
/// @param tol by how much the loss or the score must improve to count as better; the largest
///     derivative at which L-BFGS stops; by default 1e-4
/// @param verbose whether to print the loss of each epoch; by default false
/// @param warmStart whether `fit` starts from what was learned before; by default false
/// @param momentum of SGD, 0 to 1; by default 0.9
/// @param nesterovsMomentum whether SGD looks ahead along its velocity; by default true
/// @param earlyStopping whether to keep samples for validation and stop by their score; by default
///     false
/// @param validationFraction the share of these samples; by default 0.1
/// @param beta1 share of Adam's average gradient that stays; by default 0.9
/// @param beta2 share of Adam's average square that stays; by default 0.999
/// @param epsilon what keeps Adam's divisor from 0; by default 1e-8
/// @param nIterNoChange epochs without improvement that are borne; by default 10
/// @param maxFun the most evaluations of L-BFGS; by default 15,000
public record MLPOptions(
    List<Integer> hiddenLayerSizes,
    Activation activation,
    Solver solver,
    double alpha,
    int batchSize,
    LearningRate learningRate,
    double learningRateInit,
    double powerT,
    int maxIter,
    boolean shuffle,
    @Nullable Long randomState,
    double tol,
    boolean verbose,
    boolean warmStart,
    double momentum,
    boolean nesterovsMomentum,
    boolean earlyStopping,
    double validationFraction,
    double beta1,
    double beta2,
    double epsilon,
    int nIterNoChange,
    int maxFun) {
  private static final MLPOptions DEFAULTS =
      new MLPOptions(
          List.of(100),
          Activation.RELU,
          Solver.ADAM,
          1e-4,
          0,
          LearningRate.CONSTANT,
          1e-3,
          0.5,
          200,
          true,
          null,
          1e-4,
          false,
          false,
          0.9,
          true,
          false,
          0.1,
          0.9,
          0.999,
          1e-8,
          10,
          15_000);

  /// Checks that every option is in its domain.
  ///
  /// @throws OptionException if one is not
  public MLPOptions {
    hiddenLayerSizes = List.copyOf(hiddenLayerSizes);
    for (int size : hiddenLayerSizes) {
      require(size >= 1, "hiddenLayerSizes", hiddenLayerSizes, "of sizes of at least 1");
    }
    require(alpha >= 0 && finite(alpha), "alpha", alpha, "finite and at least 0");
    require(batchSize >= 0, "batchSize", batchSize, "at least 1, or 0 for min(200, samples)");
    require(
        learningRateInit > 0 && finite(learningRateInit),
        "learningRateInit",
        learningRateInit,
        "finite and above 0");
    require(powerT >= 0 && finite(powerT), "powerT", powerT, "finite and at least 0");
    require(maxIter >= 1, "maxIter", maxIter, "at least 1");
    require(tol >= 0 && finite(tol), "tol", tol, "finite and at least 0");
    require(momentum >= 0 && momentum <= 1, "momentum", momentum, "from 0 to 1");
    require(
        validationFraction > 0 && validationFraction < 1,
        "validationFraction",
        validationFraction,
        "above 0 and below 1");
    require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "at least 0 and below 1");
    require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "at least 0 and below 1");
    require(epsilon > 0 && finite(epsilon), "epsilon", epsilon, "finite and above 0");
    require(nIterNoChange >= 1, "nIterNoChange", nIterNoChange, "at least 1");
    require(maxFun >= 1, "maxFun", maxFun, "at least 1");
  }

  private static boolean finite(double value) {
    return Double.isFinite(value);
  }

  private static void require(boolean holds, String option, Object value, String domain) {
    if (!holds) {
      throw new OptionException(option + " is " + value + ", but must be " + domain)
          .hint("leave it out to have scikit-learn's default");
    }
  }

  /// scikit-learn's defaults.
  public static MLPOptions defaults() {
    return DEFAULTS;
  }

  /// The same with another component. By reflection, lest 23 options be named 23 times.
  private MLPOptions with(String name, @Nullable Object value) {
    RecordComponent[] components = MLPOptions.class.getRecordComponents();
    Class<?>[] types = Arrays.stream(components).map(c -> c.getType()).toArray(Class<?>[]::new);
    @Nullable Object[] values = new @Nullable Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        boolean changes = components[i].getName().equals(name);
        values[i] = changes ? value : components[i].getAccessor().invoke(this);
      }
      return MLPOptions.class.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof OptionException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// With other hidden layers, from first to last; of an empty array, none: the model is linear.
  public MLPOptions hiddenLayerSizes(int... units) {
    return with("hiddenLayerSizes", Arrays.stream(units).boxed().toList());
  }

  /// With another activation of the hidden layers.
  public MLPOptions activation(Activation activation) {
    return with("activation", activation);
  }

  /// With another method.
  public MLPOptions solver(Solver solver) {
    return with("solver", solver);
  }

  /// With another strength of the penalty on weights.
  public MLPOptions alpha(double alpha) {
    return with("alpha", alpha);
  }

  /// With batches of so many samples; 0 means 200, at most all.
  public MLPOptions batchSize(int batchSize) {
    return with("batchSize", batchSize);
  }

  /// With another course of SGD's learning rate.
  public MLPOptions learningRate(LearningRate learningRate) {
    return with("learningRate", learningRate);
  }

  /// With another learning rate.
  public MLPOptions learningRateInit(double learningRateInit) {
    return with("learningRateInit", learningRateInit);
  }

  /// With another exponent of [LearningRate#INVSCALING].
  public MLPOptions powerT(double powerT) {
    return with("powerT", powerT);
  }

  /// With another limit of epochs.
  public MLPOptions maxIter(int maxIter) {
    return with("maxIter", maxIter);
  }

  /// With epochs in an order of their own, or not.
  public MLPOptions shuffle(boolean shuffle) {
    return with("shuffle", shuffle);
  }

  /// With a seed: same seed, same bits.
  public MLPOptions randomState(long randomState) {
    return with("randomState", randomState);
  }

  /// With another tolerance.
  public MLPOptions tol(double tol) {
    return with("tol", tol);
  }

  /// With the loss printed after each epoch, or not.
  public MLPOptions verbose(boolean verbose) {
    return with("verbose", verbose);
  }

  /// With fits that start from what was learned before, or not.
  public MLPOptions warmStart(boolean warmStart) {
    return with("warmStart", warmStart);
  }

  /// With another momentum of SGD.
  public MLPOptions momentum(double momentum) {
    return with("momentum", momentum);
  }

  /// With Nesterov's momentum or the plain one.
  public MLPOptions nesterovsMomentum(boolean nesterovsMomentum) {
    return with("nesterovsMomentum", nesterovsMomentum);
  }

  /// With a part of the samples kept to stop by their score, or not.
  public MLPOptions earlyStopping(boolean earlyStopping) {
    return with("earlyStopping", earlyStopping);
  }

  /// With another share of samples kept for validation.
  public MLPOptions validationFraction(double validationFraction) {
    return with("validationFraction", validationFraction);
  }

  /// With another decay of Adam's average gradient.
  public MLPOptions beta1(double beta1) {
    return with("beta1", beta1);
  }

  /// With another decay of Adam's average square.
  public MLPOptions beta2(double beta2) {
    return with("beta2", beta2);
  }

  /// With another term that keeps Adam's divisor from 0.
  public MLPOptions epsilon(double epsilon) {
    return with("epsilon", epsilon);
  }

  /// With another number of epochs without improvement that are borne.
  public MLPOptions nIterNoChange(int nIterNoChange) {
    return with("nIterNoChange", nIterNoChange);
  }

  /// With another limit of L-BFGS's evaluations.
  public MLPOptions maxFun(int maxFun) {
    return with("maxFun", maxFun);
  }
}
