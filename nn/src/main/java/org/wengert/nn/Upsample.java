package org.wengert.nn;

import java.util.Arrays;
import org.wengert.F;
import org.wengert.Interpolation;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// Images of another resolution: each axis of the plane interpolated to a size or by a factor.
/// Input of shape `(samples, channels, plane..)` with a plane of one to three axes.
///
/// ```
/// new Upsample(2)                                     // nearest
/// new Upsample(2, Interpolation.LINEAR)               // PyTorch's bilinear
/// Upsample.to(Interpolation.LINEAR, true, 64, 48)     // to 64 × 48, corners aligned
/// ```
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Upsample`.
public final class Upsample extends Watched {
  private final int[] sizes;
  private final double[] factors;
  private final Interpolation mode;
  private final boolean alignCorners;

  private Upsample(int[] sizes, double[] factors, Interpolation mode, boolean alignCorners) {
    if (Arrays.stream(factors).anyMatch(f -> !(f > 0 && f < Double.POSITIVE_INFINITY))) {
      throw new OptionException("Upsample by factors " + Arrays.toString(factors))
          .hint("a factor is positive: 2 doubles the size, 0.5 halves it");
    }
    if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
      throw new OptionException("Upsample to sizes " + Arrays.toString(sizes))
          .hint("sizes are at least 1");
    }
    if (alignCorners && mode != Interpolation.LINEAR && mode != Interpolation.CUBIC) {
      throw new OptionException("Upsample by " + mode + " with aligned corners")
          .hint("aligned corners are for LINEAR and CUBIC");
    }
    this.sizes = sizes;
    this.factors = factors;
    this.mode = mode;
    this.alignCorners = alignCorners;
  }

  /// By the nearest element.
  ///
  /// @throws OptionException if the factor is not positive
  public Upsample(double factor) {
    this(factor, Interpolation.NEAREST);
  }

  /// With corners not aligned.
  ///
  /// @throws OptionException if the factor is not positive
  public Upsample(double factor, Interpolation mode) {
    this(mode, false, factor);
  }

  /// By factors.
  ///
  /// @param alignCorners whether the outermost elements keep their values
  /// @param factors one for all axes of the plane, or one for each
  /// @throws OptionException if one is not positive, or the mode has no corners to align
  public Upsample(Interpolation mode, boolean alignCorners, double... factors) {
    this(new int[0], factors.clone(), mode, alignCorners);
  }

  /// To sizes.
  ///
  /// @param alignCorners whether the outermost elements keep their values
  /// @param sizes one for all axes of the plane, or one for each
  /// @throws OptionException if one is below 1, or the mode has no corners to align
  public static Upsample to(Interpolation mode, boolean alignCorners, int... sizes) {
    return new Upsample(sizes.clone(), new double[0], mode, alignCorners);
  }

  @Override
  Variable compute(Variable x) {
    int axes = x.rank() - 2;
    int given = sizes.length + factors.length;
    if (axes < 1 || (given != 1 && given != axes)) {
      String plane = given == 1 ? "plane.." : given + " axes";
      throw unexpected("(samples, channels, " + plane + ")", x)
          .hint("add an axis of samples in front of a single one with F.unsqueeze");
    }
    if (sizes.length == 0) {
      double[] each = new double[axes];
      Arrays.setAll(each, axis -> factors[given == 1 ? 0 : axis]);
      return F.upsample(x, mode, alignCorners, each);
    }
    int[] each = new int[axes];
    Arrays.setAll(each, axis -> sizes[given == 1 ? 0 : axis]);
    return F.interpolate(x, mode, alignCorners, each);
  }

  @Override
  protected String settings() {
    String to =
        sizes.length == 0
            ? "factors=" + Arrays.toString(factors)
            : "sizes=" + Arrays.toString(sizes);
    return to + ", mode=" + mode + (alignCorners ? ", alignCorners=true" : "");
  }
}
