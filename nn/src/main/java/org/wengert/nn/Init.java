package org.wengert.nn;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Ways to fill a parameter before training. Each rewrites the parameter and returns it; randomness
/// comes from the generator that is passed, or from the thread's. Same seed, same numbers.
///
/// The fans of a weight of shape `(out, in, k...)` are `fanIn = in · Πk` and `fanOut = out · Πk`.
///
/// Source: `torch.nn.init`.
public final class Init {
  private Init() {}

  /// Which fan [#kaimingUniform] and [#kaimingNormal] keep the variance for.
  public enum Fan {
    /// The inputs of a unit: values keep their variance on the way forward.
    IN,
    /// The outputs that a unit feeds: gradients keep their variance on the way back.
    OUT
  }

  /// What follows the layer; it decides the [#gain].
  public enum Nonlinearity {
    /// Nothing, or a convolution: gain 1.
    LINEAR,
    /// Gain 1.
    SIGMOID,
    /// Gain 5/3.
    TANH,
    /// Gain `√2`.
    RELU,
    /// Gain `√(2 / (1 + a²))`, with `a` the slope, by default 0.01.
    LEAKY_RELU,
    /// Gain 3/4.
    SELU
  }

  /// The factor that makes up for the variance a nonlinearity takes away.
  public static double gain(Nonlinearity nonlinearity) {
    return gain(nonlinearity, 0.01);
  }

  /// The factor that makes up for the variance a nonlinearity takes away, with `a` the slope of a
  /// leaky ReLU.
  public static double gain(Nonlinearity nonlinearity, double a) {
    return switch (nonlinearity) {
      case LINEAR, SIGMOID -> 1;
      case TANH -> 5.0 / 3;
      case RELU -> Math.sqrt(2);
      case LEAKY_RELU -> Math.sqrt(2 / (1 + a * a));
      case SELU -> 0.75;
    };
  }

  /// Every element `value`.
  ///
  /// @throws OptionException if it is not finite
  public static Parameter constant(Parameter p, double value) {
    if (!Double.isFinite(value)) {
      throw new OptionException("constant " + value).hint("a parameter starts with finite numbers");
    }
    p.assign(Tensor.full(p.shape(), value, p.dtype()));
    return p;
  }

  /// Uniform in `[low, high)`, by the thread's generator.
  public static Parameter uniform(Parameter p, double low, double high) {
    return uniform(p, low, high, Rng.current());
  }

  /// Uniform in `[low, high)`.
  ///
  /// @throws OptionException unless both are finite and `low <= high`
  public static Parameter uniform(Parameter p, double low, double high, RandomGenerator random) {
    if (!(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
      throw new OptionException("uniform from " + low + " to " + high)
          .hint("both bounds are finite, the lower one first");
    }
    double[] numbers = Rng.uniforms(random, p.value().count());
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = low + (high - low) * numbers[i];
    }
    return filled(p, numbers);
  }

  /// Normal, by the thread's generator.
  public static Parameter normal(Parameter p, double mean, double deviation) {
    return normal(p, mean, deviation, Rng.current());
  }

  /// Normal with the given mean and standard deviation.
  ///
  /// @throws OptionException if the deviation is negative or not finite
  public static Parameter normal(
      Parameter p, double mean, double deviation, RandomGenerator random) {
    requireNormal(mean, deviation);
    double[] numbers = Rng.normals(random, p.value().count());
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = mean + deviation * numbers[i];
    }
    return filled(p, numbers);
  }

  /// Normal, with what is more than two deviations off drawn again, by the thread's generator.
  public static Parameter truncNormal(Parameter p, double mean, double deviation) {
    double reach = 2 * deviation;
    return truncNormal(p, mean, deviation, mean - reach, mean + reach, Rng.current());
  }

  /// Normal with the given mean and standard deviation, with what is not between the bounds drawn
  /// again; computed from one uniform number each.
  ///
  /// @throws OptionException if the deviation is not positive and finite, or the bounds are not
  ///     finite, the lower one first
  public static Parameter truncNormal(
      Parameter p, double mean, double deviation, double low, double high, RandomGenerator random) {
    requireNormal(mean, deviation);
    if (!(low < high && Double.isFinite(low) && Double.isFinite(high)) || deviation == 0) {
      throw new OptionException(
              "normal with deviation " + deviation + " between " + low + " and " + high)
          .hint("the deviation is positive, both bounds are finite, the lower one first");
    }
    double scale = deviation * Math.sqrt(2);
    Variable ends = F.erf(Variable.constant((low - mean) / scale, (high - mean) / scale));
    double least = ends.value().at(0);
    double width = ends.value().at(1) - least;
    Variable uniform = Variable.constant(Tensor.rand(p.shape(), DType.FLOAT64, random));
    Variable normal = F.erfinv(uniform.mul(width).add(least)).mul(scale).add(mean);
    p.assign(F.clamp(normal, low, high).value().to(p.dtype()));
    return p;
  }

  private static void requireNormal(double mean, double deviation) {
    if (!(deviation >= 0 && Double.isFinite(deviation) && Double.isFinite(mean))) {
      throw new OptionException("normal with mean " + mean + " and deviation " + deviation)
          .hint("both are finite, the deviation is at least 0");
    }
  }

  /// Ones on the diagonal, else zeros: a [Linear] layer that keeps as much of its input as it can.
  ///
  /// @throws ShapeException if the parameter is no matrix
  public static Parameter eye(Parameter p) {
    if (p.rank() != 2) {
      throw new ShapeException("the identity in " + described(p))
          .hint("eye is for matrices; dirac is for kernels of convolutions");
    }
    return fillAt(p, at -> at[0] == at[1] ? 1 : 0);
  }

  /// One in the middle of kernel `(i, i)`, else zeros: a convolution that keeps as many channels of
  /// its input as it can.
  ///
  /// @throws ShapeException if the parameter is no kernel, of 3 to 5 axes
  public static Parameter dirac(Parameter p) {
    if (p.rank() < 3 || p.rank() > 5) {
      throw new ShapeException("the identity of a convolution in " + described(p))
          .hint("dirac is for kernels (out, in, k..); eye is for matrices");
    }
    return fillAt(
        p,
        at -> {
          boolean middle = at[0] == at[1];
          for (int axis = 2; axis < at.length; axis++) {
            middle &= at[axis] == p.size(axis) / 2;
          }
          return middle ? 1 : 0;
        });
  }

  /// Normal, with a share of each column set to 0.
  ///
  /// Source: Martens, "Deep learning via Hessian-free optimization", ICML 2010.
  ///
  /// @param sparsity the share of zeros in each column, from 0 to 1
  /// @throws ShapeException if the parameter is no matrix
  /// @throws OptionException if the sparsity is no share
  public static Parameter sparse(
      Parameter p, double sparsity, double deviation, RandomGenerator random) {
    if (p.rank() != 2) {
      throw new ShapeException("sparse columns in " + described(p)).hint("sparse is for matrices");
    }
    if (!(sparsity >= 0 && sparsity <= 1)) {
      throw new OptionException("sparsity " + sparsity).hint("it lies between 0 and 1");
    }
    normal(p, 0, deviation, random);
    int rows = p.size(0);
    int zeros = (int) Math.ceil(sparsity * rows);
    boolean[][] zero = new boolean[rows][p.size(1)];
    for (int column = 0; column < p.size(1); column++) {
      int left = zeros;
      for (int row = 0; row < rows; row++) {
        zero[row][column] = random.nextInt(rows - row) < left;
        left -= zero[row][column] ? 1 : 0;
      }
    }
    Tensor drawn = p.value().copy();
    return fillAt(p, at -> zero[at[0]][at[1]] ? 0 : drawn.at(at));
  }

  /// Xavier's uniform rule with gain 1, by the thread's generator.
  public static Parameter xavierUniform(Parameter p) {
    return xavierUniform(p, 1, Rng.current());
  }

  /// Uniform in `±gain √(6 / (fanIn + fanOut))`: a compromise between values on the way forward and
  /// gradients on the way back. Source: Glorot, Bengio, AISTATS 2010.
  ///
  /// @throws ShapeException if the parameter has fewer than two axes
  public static Parameter xavierUniform(Parameter p, double gain, RandomGenerator random) {
    double bound = Math.sqrt(3) * xavierDeviation(p, gain);
    return uniform(p, -bound, bound, random);
  }

  /// Xavier's normal rule with gain 1, by the thread's generator.
  public static Parameter xavierNormal(Parameter p) {
    return xavierNormal(p, 1, Rng.current());
  }

  /// Normal with deviation `gain √(2 / (fanIn + fanOut))`. Source: Glorot, Bengio, AISTATS 2010.
  ///
  /// @throws ShapeException if the parameter has fewer than two axes
  public static Parameter xavierNormal(Parameter p, double gain, RandomGenerator random) {
    return normal(p, 0, xavierDeviation(p, gain), random);
  }

  private static double xavierDeviation(Parameter p, double gain) {
    requireGain(gain);
    return gain * Math.sqrt(2.0 / (fan(p, Fan.IN) + (double) fan(p, Fan.OUT)));
  }

  private static void requireGain(double gain) {
    if (!(gain >= 0 && Double.isFinite(gain))) {
      throw new OptionException("gain " + gain).hint("a gain is finite and at least 0");
    }
  }

  /// Kaiming's uniform rule for a ReLU behind the layer, by the thread's generator.
  public static Parameter kaimingUniform(Parameter p) {
    return kaimingUniform(p, 0, Fan.IN, Nonlinearity.LEAKY_RELU, Rng.current());
  }

  /// Uniform in `±gain √(3 / fan)`. Source: He et al., ICCV 2015.
  ///
  /// @param a the slope of a leaky ReLU on the negative side; 0 is a ReLU
  /// @throws ShapeException if the parameter has fewer than two axes
  public static Parameter kaimingUniform(
      Parameter p, double a, Fan fan, Nonlinearity nonlinearity, RandomGenerator random) {
    double bound = Math.sqrt(3) * kaimingDeviation(p, a, fan, nonlinearity);
    return uniform(p, -bound, bound, random);
  }

  /// Kaiming's normal rule for a ReLU behind the layer, by the thread's generator.
  public static Parameter kaimingNormal(Parameter p) {
    return kaimingNormal(p, 0, Fan.IN, Nonlinearity.LEAKY_RELU, Rng.current());
  }

  /// Normal with deviation `gain / √fan`. Source: He et al., ICCV 2015.
  ///
  /// @param a the slope of a leaky ReLU on the negative side; 0 is a ReLU
  /// @throws ShapeException if the parameter has fewer than two axes
  public static Parameter kaimingNormal(
      Parameter p, double a, Fan fan, Nonlinearity nonlinearity, RandomGenerator random) {
    return normal(p, 0, kaimingDeviation(p, a, fan, nonlinearity), random);
  }

  private static double kaimingDeviation(
      Parameter p, double a, Fan fan, Nonlinearity nonlinearity) {
    int size = fan(p, fan);
    return size == 0 ? 0 : gain(nonlinearity, a) / Math.sqrt(size);
  }

  /// A fan of a weight: how many numbers meet in one unit, or leave one.
  ///
  /// @throws ShapeException if the parameter has fewer than two axes
  public static int fan(Parameter p, Fan fan) {
    requireMatrix(p);
    int units = p.size(fan == Fan.IN ? 1 : 0);
    int perPair = 1;
    for (int axis = 2; axis < p.rank(); axis++) {
      perPair *= p.size(axis);
    }
    return units * perPair;
  }

  /// A random orthogonal matrix, by the thread's generator.
  public static Parameter orthogonal(Parameter p) {
    return orthogonal(p, 1, Rng.current());
  }

  /// `gain` times a random matrix with orthonormal rows or columns, whichever are fewer; axes
  /// behind the first count as one. Source: Saxe, McClelland, Ganguli, 2013.
  ///
  /// A normal matrix is made orthogonal by Gram and Schmidt, twice, which is as exact as
  /// Householder's reflections (Kahan's "twice is enough").
  ///
  /// @throws ShapeException if the parameter has fewer than two axes
  /// @throws OptionException if the gain is negative or not finite
  public static Parameter orthogonal(Parameter p, double gain, RandomGenerator random) {
    requireMatrix(p);
    requireGain(gain);
    if (p.value().count() == 0) {
      return p;
    }
    int rows = p.size(0);
    int columns = p.value().count() / rows;
    double[][] basis = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = Rng.normals(random, basis[i].length);
      orthonormalize(basis, i);
    }
    double[] numbers = new double[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      int row = i / columns;
      int column = i % columns;
      numbers[i] = gain * (rows <= columns ? basis[row][column] : basis[column][row]);
    }
    return filled(p, numbers);
  }

  /// Makes row `i` orthogonal to the rows above it and gives it length 1.
  private static void orthonormalize(double[][] basis, int i) {
    double[] row = basis[i];
    for (int round = 0; round < 2; round++) {
      for (int above = 0; above < i; above++) {
        double shared = dot(row, basis[above]);
        for (int k = 0; k < row.length; k++) {
          row[k] -= shared * basis[above][k];
        }
      }
    }
    double length = Math.sqrt(dot(row, row));
    for (int k = 0; k < row.length; k++) {
      row[k] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void requireMatrix(Parameter p) {
    if (p.rank() < 2) {
      throw new ShapeException(described(p) + " has no fan in and fan out")
          .hint("this rule is for weights of shape (out, in, ..); use constant or uniform");
    }
  }

  private static String described(Parameter p) {
    String name = p.name().isEmpty() ? "a parameter" : "'" + p.name() + "'";
    return name + " of shape " + p.shape();
  }

  /// Fills by a function of the position.
  private static Parameter fillAt(Parameter p, ToDoubleFunction<int[]> number) {
    int[] at = new int[p.rank()];
    double[] numbers = new double[p.value().count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number.applyAsDouble(at);
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == p.size(axis); axis--) {
        at[axis] = 0;
      }
    }
    return filled(p, numbers);
  }

  private static Parameter filled(Parameter p, double... numbers) {
    p.assign(Tensor.over(new Storage.Doubles(numbers), p.shape()).to(p.dtype()));
    return p;
  }
}
