package org.wengert.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wengert.optim.Conditioning;
import org.wengert.tensor.Tensor;

/// Whether inputs are badly scaled, and by which numbers one sees it.
///
/// Columns that are constant, or that have two values between -1 and 1, as categories do, are well
/// as they are. Any other column should be about 0 and of about deviation 1; where there are many,
/// as in images, a few at the margin do not count.
///
/// @param x all rows, one after the other
/// @param features columns
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Scaling(double[] x, int features) {
  private static final int FEW = 64;
  private static final double ILL = 1000;
  private static final double WIDE = 10;
  private static final double NARROW = 0.01;

  /// A column, or all of them.
  private record Spread(double mean, double deviation, double farthest) {
    /// Far from 0, or far from deviation 1.
    boolean isBad(double near) {
      return deviation > WIDE || Math.abs(mean) > Math.max(WIDE * deviation, near);
    }

    boolean isNarrow() {
      return deviation < NARROW && farthest < 3 * NARROW;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "mean %.3g, deviation %.3g", mean, deviation);
    }
  }

  /// What is wrong and what to do, behind `inputs badly scaled`; empty if nothing is.
  String words() {
    String found = features <= FEW && x.length >= features * features ? condition() : spread();
    return found.isEmpty() ? columns() : found;
  }

  private String condition() {
    Conditioning condition = Conditioning.of(Tensor.of(x).reshape(x.length / features, features));
    double raw = condition.raw();
    return raw > ILL && Double.isFinite(raw) && condition.standardised() < raw / 10
        ? "(condition number %s): shift and scale them to mean 0 and deviation 1, where it is %s"
            .formatted(grouped(raw), grouped(condition.standardised()))
        : "";
  }

  /// As [Conditioning#advice] writes it.
  private static String grouped(double number) {
    return String.format(Locale.ROOT, "%,.2f", number).replaceFirst("\\.?0+$", "");
  }

  private String spread() {
    Spread all = spread(0, 1);
    return features > FEW && (all.isBad(0) || all.deviation < NARROW)
        ? "(" + all + "): shift and scale them to mean 0 and deviation 1"
        : "";
  }

  private String columns() {
    List<Integer> bad = new ArrayList<>();
    int constant = 0;
    for (int i = 0; i < features; i++) {
      if (isConstant(i)) {
        constant++;
      } else if (!isCategory(i)) {
        Spread column = spread(i, features);
        boolean isFew = features <= FEW;
        if (column.isBad(isFew ? 0 : WIDE) || isFew && column.isNarrow()) {
          bad.add(i);
        }
      }
    }
    if (bad.isEmpty()) {
      return "";
    }
    int worst = bad.getFirst();
    String others = bad.size() > 1 ? "; %d more like it".formatted(bad.size() - 1) : "";
    String still = constant > 0 ? "; %d of %d are constant".formatted(constant, features) : "";
    return "(column %d: %s%s%s): shift and scale to mean 0 and deviation 1"
        .formatted(worst, spread(worst, features), others, still);
  }

  private boolean isConstant(int column) {
    for (int i = column; i < x.length; i += features) {
      if (x[i] != x[column]) {
        return false;
      }
    }
    return true;
  }

  private boolean isCategory(int column) {
    double one = x[column];
    double other = one;
    for (int i = column; i < x.length; i += features) {
      if (Math.abs(x[i]) > 1 || x[i] != one && other != one && x[i] != other) {
        return false;
      }
      other = x[i] != one ? x[i] : other;
    }
    return true;
  }

  private Spread spread(int from, int step) {
    double count = (double) x.length / step;
    double mean = 0;
    for (int i = from; i < x.length; i += step) {
      mean += x[i] / count;
    }
    double squares = 0;
    double farthest = 0;
    for (int i = from; i < x.length; i += step) {
      squares += (x[i] - mean) * (x[i] - mean) / count;
      farthest = Math.max(farthest, Math.abs(x[i] - mean));
    }
    return new Spread(mean, Math.sqrt(squares), farthest);
  }
}
