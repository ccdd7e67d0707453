package org.wengert.nn;

import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Adds to each step a vector that tells where it is, since attention by itself sees a set:
///
/// ```
/// y[t, 2i] = x[t, 2i] + sin(t / 10000^(2i/d)), y[t, 2i+1] = x[t, 2i+1] + cos(t / 10000^(2i/d))
/// ```
///
/// Waves of lengths from 2π to 20000π: a step further is a rotation, so that distances are easy to
/// learn. Input `(steps, samples, d)`, or with samples first if `batchFirst`, or without samples.
///
/// Nothing is learned, and there is no state; several threads may call `forward` at once.
///
/// Source: Vaswani et al., "Attention is all you need", 2017, section 3.5.
public final class PositionalEncoding extends Watched {
  private final int dModel;
  private final int maxLength;
  private final boolean batchFirst;
  private final Tensor table;

  /// For up to 5000 steps of `dModel` features, steps first.
  public PositionalEncoding(int dModel) {
    this(dModel, 5000, false);
  }

  /// For up to `maxLength` steps of `dModel` features.
  ///
  /// @param batchFirst whether inputs are `(samples, steps, dModel)`
  /// @throws OptionException if a number is below 1
  public PositionalEncoding(int dModel, int maxLength, boolean batchFirst) {
    if (dModel < 1 || maxLength < 1) {
      throw new OptionException(
              described() + " of " + maxLength + " steps of " + dModel + " features")
          .hint("both numbers are at least 1");
    }
    this.dModel = dModel;
    this.maxLength = maxLength;
    this.batchFirst = batchFirst;
    this.table = table(maxLength, dModel);
  }

  /// The vectors themselves, a row for each step.
  static Tensor table(int steps, int dModel) {
    double[] waves = new double[steps * dModel];
    for (int column = 0; column < dModel; column++) {
      double rate = StrictMath.pow(10_000, -(column - column % 2) / (double) dModel);
      for (int step = 0; step < steps; step++) {
        double angle = step * rate;
        waves[step * dModel + column] =
            column % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle);
      }
    }
    return Tensor.of(waves).reshape(steps, dModel);
  }

  @Override
  Variable compute(Variable x) {
    boolean ranked = x.rank() == 2 || x.rank() == 3;
    int axis = x.rank() == 3 && batchFirst ? 1 : 0;
    if (!ranked || x.size(-1) != dModel || x.size(axis) > maxLength) {
      throw unexpected("up to " + maxLength + " steps of " + dModel + " features", x)
          .hint((batchFirst ? "(samples, steps, " : "(steps, samples, ") + dModel + ")");
    }
    Tensor rows = table.slice(0, 0, x.size(axis), 1);
    Variable waves = Variable.constant(rows.to(x.dtype().toFloating()));
    return x.add(x.rank() == 3 && !batchFirst ? waves.reshape(x.size(0), 1, dModel) : waves);
  }

  @Override
  protected String settings() {
    return "dModel=" + dModel + ", maxLength=" + maxLength + ", batchFirst=" + batchFirst;
  }
}
