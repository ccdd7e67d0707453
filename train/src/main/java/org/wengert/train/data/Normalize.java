package org.wengert.train.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// `(x - shift) / scale`, with numbers that were found in the training part, and in no other, for
/// tensors of any shape:
///
/// ```
/// Normalize scale = Normalize.standardize(split.train(images), 1); // 0 ± 1 in each channel
/// Dataset<Sample> scaled = split.train(data).map(s -> s.mapInput(scale::apply));
/// ```
///
/// Applies to one sample and to a batch alike, since it counts axes from the end. What is missing,
/// `NaN`, is not looked at, and stays. Holds state, the two tensors, so that it can be saved with
/// the model; thread-safe unless a state is loaded.
public final class Normalize implements Stateful {
  private static final double EPSILON = Math.ulp(1.0);
  private static final String SHIFT = "shift";
  private static final String SCALE = "scale";

  private Tensor shift;
  private Tensor scale;

  /// Changes nothing, until a state is loaded.
  public Normalize() {
    this(Tensor.of(0.0), Tensor.of(1.0));
  }

  private Normalize(Tensor shift, Tensor scale) {
    this.shift = shift;
    this.scale = scale;
  }

  /// By known numbers, such as the means and deviations of a data set that others have measured.
  ///
  /// @param shift subtracted; broadcasts to a sample, such as `(3, 1, 1)` to images
  /// @param scale divided by; of the same shape, not 0
  /// @throws ShapeException if the shapes differ
  /// @throws OptionException if a number is not finite, or a scale is 0
  public static Normalize of(Tensor shift, Tensor scale) {
    if (!shift.shape().equals(scale.shape())) {
      throw new ShapeException("shift is " + shift.shape() + ", scale " + scale.shape())
          .hint("each shift has its scale");
    }
    String wrong = wrong(shift, scale);
    if (!wrong.isEmpty()) {
      throw new OptionException(wrong).hint("shifts are finite numbers, scales also not 0");
    }
    return new Normalize(shift.to(DType.FLOAT64).copy(), scale.to(DType.FLOAT64).copy());
  }

  private static String wrong(Tensor shift, Tensor scale) {
    double[] shifts = shift.toDoubleArray();
    double[] scales = scale.toDoubleArray();
    for (int i = 0; i < shifts.length; i++) {
      if (!Double.isFinite(shifts[i]) || !Double.isFinite(scales[i]) || scales[i] == 0) {
        return "shift " + shifts[i] + " with scale " + scales[i];
      }
    }
    return "";
  }

  /// To mean 0 and deviation 1 (of the whole, divided by `n`). Where all numbers are the same, as
  /// far as rounding lets one see, `σ² ≤ n ε σ² + (n μ ε)²`, the scale is 1.
  ///
  /// Source: `sklearn.preprocessing.StandardScaler`.
  ///
  /// @param training the first axis counts samples
  /// @param apart axes whose places have numbers of their own, such as 1 for channels; none means
  ///     all axes but the first, that is each feature
  /// @throws ShapeException if there is no such axis, or no sample
  /// @throws OptionException if a number is infinite, or a feature `NaN` in all samples
  public static Normalize standardize(Tensor training, int... apart) {
    Groups groups = Groups.of(training, apart);
    double[] mean = groups.means();
    double[] variance = groups.variances(mean);
    double[] scale = new double[mean.length];
    Arrays.setAll(scale, g -> deviation(mean[g], variance[g], groups.count(g)));
    return learned(groups.tensor(mean), groups.tensor(scale));
  }

  /// The same from moments that were gathered by other means, such as batch by batch.
  ///
  /// @param mean of each feature
  /// @param variance of each feature, divided by `n`; of the same shape
  /// @param n how many samples these are of
  /// @throws ShapeException if the shapes differ
  /// @throws OptionException if a number is not finite
  public static Normalize standardize(Tensor mean, Tensor variance, long n) {
    double[] means = mean.toDoubleArray();
    double[] scale = variance.toDoubleArray();
    Arrays.setAll(scale, g -> deviation(means[g], scale[g], (double) n));
    return of(mean, Tensor.of(scale).reshape(variance.shape()));
  }

  private static double deviation(double mean, double variance, double n) {
    double noise = n * mean * EPSILON;
    boolean constant = variance <= n * EPSILON * variance + noise * noise;
    return constant ? 1 : Math.sqrt(variance);
  }

  private static Normalize learned(Tensor shift, Tensor scale) {
    String wrong = wrong(shift, scale);
    if (!wrong.isEmpty()) {
      throw new OptionException("samples that give " + wrong)
          .hint("leave out infinite numbers, and features that are missing in all samples");
    }
    return new Normalize(shift, scale);
  }

  /// To the range from `low` to `high`: the smallest number of the training part becomes `low`, the
  /// largest `high`; others may lie outside. Where all are the same, up to 10 ε, they become `low`.
  ///
  /// Source: `sklearn.preprocessing.MinMaxScaler`.
  ///
  /// @param training the first axis counts samples
  /// @param apart as for [#standardize]
  /// @throws OptionException unless `low < high`, if a number is infinite, or a feature `NaN` in
  ///     all
  ///     samples
  /// @throws ShapeException if there is no such axis, or no sample
  public static Normalize minMax(Tensor training, double low, double high, int... apart) {
    Groups groups = Groups.of(training, apart);
    return minMax(groups.tensor(groups.least()), groups.tensor(groups.most()), low, high);
  }

  /// The same from the smallest and the largest numbers.
  ///
  /// @param least of each feature
  /// @param most of each feature; of the same shape
  /// @throws OptionException unless `low < high`, or if a number is not finite
  /// @throws ShapeException if the shapes differ
  public static Normalize minMax(Tensor least, Tensor most, double low, double high) {
    if (!(low < high && Double.isFinite(high - low))) {
      throw new OptionException("from " + low + " to " + high).hint("low is below high");
    }
    double[] shift = least.toDoubleArray();
    double[] scale = most.toDoubleArray();
    for (int g = 0; g < scale.length; g++) {
      double range = scale[g] - shift[g];
      scale[g] = (range < 10 * EPSILON ? 1 : range) / (high - low);
      shift[g] -= low * scale[g];
    }
    return learned(Tensor.of(shift).reshape(least.shape()), Tensor.of(scale).reshape(most.shape()));
  }

  /// `(x - shift) / scale`: of `x`'s type if that is floating, else `FLOAT32`.
  ///
  /// @throws ShapeException if the numbers do not broadcast to the last axes of `x`
  public Tensor apply(Tensor x) {
    double[] minus = each(shift, x);
    double[] by = each(scale, x);
    double[] y = x.toDoubleArray();
    for (int i = 0; i < y.length; i++) {
      int place = i % by.length;
      y[i] = (y[i] - minus[place]) / by[place];
    }
    return shaped(y, x);
  }

  /// What [#apply] was given: `y scale + shift`.
  ///
  /// @throws ShapeException if the numbers do not broadcast to the last axes of `y`
  public Tensor inverse(Tensor y) {
    double[] plus = each(shift, y);
    double[] by = each(scale, y);
    double[] x = y.toDoubleArray();
    for (int i = 0; i < x.length; i++) {
      int place = i % by.length;
      x[i] = x[i] * by[place] + plus[place];
    }
    return shaped(x, y);
  }

  private static Tensor shaped(double[] values, Tensor like) {
    DType type = like.dtype().isFloating() ? like.dtype() : DType.FLOAT32;
    return Tensor.of(values).to(type).reshape(like.shape());
  }

  /// The numbers for each element of the last axes.
  private static double[] each(Tensor numbers, Tensor x) {
    int[] sizes = x.shape().toArray();
    int rank = numbers.rank();
    if (rank > sizes.length) {
      throw new ShapeException("numbers of shape " + numbers.shape() + " for " + x.shape())
          .hint("apply to samples, or batches of them, like those this was made of");
    }
    Shape last = Shape.of(Arrays.copyOfRange(sizes, sizes.length - rank, sizes.length));
    return numbers.expand(last).toDoubleArray();
  }

  /// The numbers that are subtracted.
  public Tensor shift() {
    return shift;
  }

  /// The numbers that are divided by.
  public Tensor scale() {
    return scale;
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(SHIFT, shift.copy());
    state.put(SCALE, scale.copy());
    return state;
  }

  /// Takes the numbers of another one, whatever their shape. Everything is checked before anything
  /// is changed.
  ///
  /// @throws org.wengert.StateException if an entry is missing or unexpected, the shapes differ, a
  ///     number is not finite, or a scale is 0
  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck(
            "Normalize.loadStateDict", state, "load what stateDict() of a Normalize gave");
    Tensor found = state.get(SHIFT);
    Shape shape = found == null ? Shape.SCALAR : found.shape();
    check.expect(SHIFT, DType.FLOAT64, shape);
    check.expect(SCALE, DType.FLOAT64, shape);
    check.throwIfWrong(true);
    Tensor shifts = StateCheck.require(state, SHIFT);
    Tensor scales = StateCheck.require(state, SCALE);
    String wrong = wrong(shifts, scales);
    if (!wrong.isEmpty()) {
      check.report("impossible", SCALE, wrong);
    }
    check.throwIfWrong(true);
    shift = shifts.copy();
    scale = scales.copy();
  }

  @Override
  public String toString() {
    return "Normalize[" + shift.shape() + "]";
  }
}
