package org.wengert.train.data;

import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Small data sets by formula, for trying things out: points of the plane in two classes, and
/// curves with noise.
///
/// ```
/// TensorDataset<Sample> spiral = Synthetic.spiral(500, 0.1, new Rng(1));
/// ```
///
/// Inputs are `FLOAT32` `(count, 2)`; classes are `INT64` `(count)`, 1 and 0 for the playground's
/// +1 and -1, numbers `FLOAT32` `(count, 1)`. Only `StrictMath` is used: the same generator state
/// gives the same bits on every platform. `count` is at least 1, `noise` finite and 0 or more.
///
/// Source of [#circle], [#xor], [#blobs], [#spiral], [#plane] and [#hills]: the data sets of
/// TensorFlow's playground (`src/dataset.ts`, Smilkov, Carter, 2016), whose noise goes from 0 to
/// 0.5; of [#moons]: scikit-learn's `make_moons`.
public final class Synthetic {
  private static final double TURN = 2 * Math.PI;
  private static final double CIRCLE = 5;
  private static final double FIELD = 6;
  private static final double GAP = 0.3;
  private static final int[][] HILLS = {
    {-4, 1, 1}, {0, 1, -1}, {4, 1, 1}, {-4, -1, -1}, {0, -1, 1}, {4, -1, -1}
  };

  private Synthetic() {}

  /// A disk (class 1) in a ring (class 0): half of the radii up to 2.5, half from 3.5 to 5. With
  /// noise, the class is that of a place up to `5 noise` away in each direction, where everything
  /// up to 2.5 from the centre is the disk.
  public static TensorDataset<Sample> circle(int count, double noise, RandomGenerator random) {
    Points points = new Points(count, noise);
    for (int i = 0; i < count; i++) {
      boolean inner = points.inFirstHalf(i);
      double r = inner ? uniform(0, CIRCLE / 2, random) : uniform(0.7 * CIRCLE, CIRCLE, random);
      double angle = uniform(0, TURN, random);
      double x = r * StrictMath.sin(angle);
      double y = r * StrictMath.cos(angle);
      double seenX = x + noise * uniform(-CIRCLE, CIRCLE, random);
      double seenY = y + noise * uniform(-CIRCLE, CIRCLE, random);
      points.put(i, x, y, Math.sqrt(seenX * seenX + seenY * seenY) < CIRCLE / 2);
    }
    return points.dataset();
  }

  /// Four squares with gaps between, from -5.3 to 5.3: class 1 where both coordinates have the same
  /// sign. With noise, those of a place up to `5 noise` away in each direction.
  public static TensorDataset<Sample> xor(int count, double noise, RandomGenerator random) {
    Points points = new Points(count, noise);
    for (int i = 0; i < count; i++) {
      double x = apart(uniform(-CIRCLE, CIRCLE, random));
      double y = apart(uniform(-CIRCLE, CIRCLE, random));
      double seenX = x + noise * uniform(-CIRCLE, CIRCLE, random);
      double seenY = y + noise * uniform(-CIRCLE, CIRCLE, random);
      points.put(i, x, y, seenX * seenY >= 0);
    }
    return points.dataset();
  }

  private static double apart(double x) {
    return x > 0 ? x + GAP : x - GAP;
  }

  /// Two normal distributions, around (2, 2) (class 1) and (-2, -2) (class 0), of variance `0.5 + 7
  /// noise` along each axis.
  public static TensorDataset<Sample> blobs(int count, double noise, RandomGenerator random) {
    Points points = new Points(count, noise);
    double deviation = Math.sqrt(0.5 + 7 * noise);
    for (int i = 0; i < count; i++) {
      boolean first = points.inFirstHalf(i);
      double centre = first ? 2 : -2;
      double x = centre + deviation * Rng.normal(random);
      double y = centre + deviation * Rng.normal(random);
      points.put(i, x, y, first);
    }
    return points.dataset();
  }

  /// Two spirals of 1.75 turns, from the centre to radius 5; each coordinate is up to `noise` off.
  public static TensorDataset<Sample> spiral(int count, double noise, RandomGenerator random) {
    Points points = new Points(count, noise);
    double half = count / 2.0;
    for (int i = 0; i < count; i++) {
      boolean first = points.inFirstHalf(i);
      double part = (first ? i : i - points.half) / half;
      double t = 1.75 * part * TURN + (first ? 0 : Math.PI);
      double x = 5 * part * StrictMath.sin(t) + noise * uniform(-1, 1, random);
      double y = 5 * part * StrictMath.cos(t) + noise * uniform(-1, 1, random);
      points.put(i, x, y, first);
    }
    return points.dataset();
  }

  /// The plane `(x + y) / 10`, for regression, at places from -6 to 6. With noise, its height at a
  /// place up to `6 noise` away in each direction.
  public static TensorDataset<Sample> plane(int count, double noise, RandomGenerator random) {
    return landscape(count, noise, (x, y) -> (x + y) / 10, random);
  }

  /// Three hills and three hollows, for regression, at places from -6 to 6: `1 - d / 2` and its
  /// negative at a distance `d` from their centres at x = -4, 0, 4 and y = ±2.5, the largest of
  /// them in size, and 0 between. With noise, the height of a place up to `6 noise` away in each
  /// direction. The playground calls it "multi gaussian".
  public static TensorDataset<Sample> hills(int count, double noise, RandomGenerator random) {
    return landscape(count, noise, Synthetic::height, random);
  }

  private static double height(double x, double y) {
    double height = 0;
    for (int[] hill : HILLS) {
      double dx = x - hill[0];
      double dy = y - 2.5 * hill[1];
      double here = hill[2] * Math.clamp(1 - Math.sqrt(dx * dx + dy * dy) / 2, 0.0, 1.0);
      height = Math.abs(here) > Math.abs(height) ? here : height;
    }
    return height;
  }

  private static TensorDataset<Sample> landscape(
      int count, double noise, DoubleBinaryOperator height, RandomGenerator random) {
    check(count, noise);
    float[] places = new float[2 * count];
    float[] heights = new float[count];
    for (int i = 0; i < count; i++) {
      double x = uniform(-FIELD, FIELD, random);
      double y = uniform(-FIELD, FIELD, random);
      double seenX = x + noise * uniform(-FIELD, FIELD, random);
      double seenY = y + noise * uniform(-FIELD, FIELD, random);
      places[2 * i] = (float) x;
      places[2 * i + 1] = (float) y;
      heights[i] = (float) height.applyAsDouble(seenX, seenY);
    }
    return TensorDataset.of(
        Tensor.of(places).reshape(count, 2), Tensor.of(heights).reshape(count, 1));
  }

  /// Two half circles of radius 1 that reach into each other: the upper one around (0, 0) is class
  /// 0, the lower one around (1, 0.5) class 1. Each coordinate is off by a normal number of
  /// deviation `noise`. Points are evenly spread along the arcs, class 0 first.
  public static TensorDataset<Sample> moons(int count, double noise, RandomGenerator random) {
    Points points = new Points(count, noise);
    int outer = count / 2;
    for (int i = 0; i < count; i++) {
      boolean upper = i < outer;
      int last = (upper ? outer : count - outer) - 1;
      double angle = last == 0 ? 0 : Math.PI * (upper ? i : i - outer) / last;
      double x = upper ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle);
      double y = upper ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle);
      double offX = noise * Rng.normal(random);
      double offY = noise * Rng.normal(random);
      points.put(i, x + offX, y + offY, !upper);
    }
    return points.dataset();
  }

  /// `y = w · x + bias` and a normal number of deviation `noise`, at places `x` that are uniform in
  /// `[-1, 1)` along each axis: `(count, weights.length)` and `(count, 1)`.
  public static TensorDataset<Sample> linear(
      int count, double[] weights, double bias, double noise, RandomGenerator random) {
    check(count, noise);
    int width = weights.length;
    float[] x = new float[Math.multiplyExact(count, width)];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      double sum = bias;
      for (int j = 0; j < width; j++) {
        double at = uniform(-1, 1, random);
        x[i * width + j] = (float) at;
        sum += weights[j] * at;
      }
      y[i] = (float) (sum + noise * Rng.normal(random));
    }
    return TensorDataset.of(Tensor.of(x).reshape(count, width), Tensor.of(y).reshape(count, 1));
  }

  /// `y = c₀ + c₁ x + c₂ x² + ...` and a normal number of deviation `noise`, at places `x` that are
  /// uniform in `[-1, 1)`: `(count, 1)` and `(count, 1)`.
  public static TensorDataset<Sample> polynomial(
      int count, double[] coefficients, double noise, RandomGenerator random) {
    check(count, noise);
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      double at = uniform(-1, 1, random);
      double value = 0;
      for (int power = coefficients.length - 1; power >= 0; power--) {
        value = value * at + coefficients[power];
      }
      x[i] = (float) at;
      y[i] = (float) (value + noise * Rng.normal(random));
    }
    return TensorDataset.of(Tensor.of(x).reshape(count, 1), Tensor.of(y).reshape(count, 1));
  }

  private static double uniform(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }

  private static void check(int count, double noise) {
    if (count < 1) {
      throw new OptionException(count + " points").hint("take at least 1");
    }
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new OptionException("noise is " + noise).hint("take 0 or more");
    }
  }

  /// Points of the plane in two classes. Mutable.
  private static final class Points {
    private final int half;
    private final float[] places;
    private final long[] classes;

    Points(int count, double noise) {
      check(count, noise);
      half = (count + 1) / 2;
      places = new float[2 * count];
      classes = new long[count];
    }

    boolean inFirstHalf(int i) {
      return i < half;
    }

    void put(int i, double x, double y, boolean first) {
      places[2 * i] = (float) x;
      places[2 * i + 1] = (float) y;
      classes[i] = first ? 1 : 0;
    }

    TensorDataset<Sample> dataset() {
      return TensorDataset.of(Tensor.of(places).reshape(classes.length, 2), Tensor.of(classes));
    }
  }
}
