package org.wengert.train.plot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A side of a chart: from where to where it goes, and at which round numbers it has ticks.
///
/// @param low the left or lower end; of a logarithmic axis its decimal logarithm
/// @param high the other end
/// @param ticks from low to high
/// @param base what has to be added to the labels, where each would be too long by itself;
///     otherwise
///     empty
record Axis(double low, double high, List<Tick> ticks, String base) {
  private static final int LONGEST = 8;
  private static final double FEW_DECADES = 3;
  private static final double RESOLUTION = 1e-14; // of double precision, with room to draw

  private static final double LEAST = 1e-280;

  /// A round number and where it is.
  record Tick(double at, String label) {}

  /// No numbers are known.
  static Axis unknown() {
    return new Axis(0, 1, List.of(), "");
  }

  /// Ticks at multiples of 1, 2 or 5 times a power of ten.
  ///
  /// @param most how many there may be
  static Axis linear(double low, double high, int most) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double room = Math.max(0, Math.max(RESOLUTION * size, LEAST) - (high - low)) / 2;
    return between(low - room, high + room, Math.max(1, most));
  }

  private static Axis between(double low, double high, int most) {
    double raw = high / most - low / most;
    int power = (int) Math.floor(Math.log10(raw));
    int digit = 1;
    for (int next : new int[] {2, 5, 10}) {
      digit = digit * Math.pow(10, power) < raw * 0.999 ? next : digit;
    }
    BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
    double width = step.doubleValue();
    List<BigDecimal> values = new ArrayList<>();
    double last = Math.ceil(high / width);
    for (double i = Math.floor(low / width); i <= last; i++) {
      BigDecimal value = step.multiply(BigDecimal.valueOf((long) i));
      double share = (value.doubleValue() - low) / (high - low);
      if (share >= -1e-9 && share <= 1 + 1e-9) {
        values.add(value);
      }
    }
    List<String> labels = labels(values);
    if (labels.stream().allMatch(label -> label.length() <= LONGEST)) {
      return new Axis(low, high, ticks(values, labels), "");
    }
    BigDecimal base = values.getFirst();
    labels = labels(values.stream().map(v -> v.subtract(base)).toList());
    labels = labels.stream().map(l -> l.equals("0") ? l : "+" + l).toList();
    return new Axis(low, high, ticks(values, labels), base.stripTrailingZeros().toPlainString());
  }

  private static List<Tick> ticks(List<BigDecimal> values, List<String> labels) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ticks.add(new Tick(values.get(i).doubleValue(), labels.get(i)));
    }
    return ticks;
  }

  /// All in the same manner, which the largest decides.
  private static List<String> labels(List<BigDecimal> values) {
    BigDecimal largest =
        values.stream().map(BigDecimal::abs).max(BigDecimal::compareTo).orElse(BigDecimal.ONE);
    int decimals = values.stream().mapToInt(v -> v.stripTrailingZeros().scale()).max().orElse(0);
    boolean plain = isPlain(largest);
    return values.stream().map(v -> plain ? plain(v, decimals) : scientific(v)).toList();
  }

  private static boolean isPlain(BigDecimal size) {
    return size.doubleValue() >= 1e-3 && size.doubleValue() < 1e6;
  }

  private static String plain(BigDecimal value, int decimals) {
    return value.signum() == 0 ? "0" : value.setScale(Math.max(0, decimals)).toPlainString();
  }

  /// `1.5e-6`.
  private static String scientific(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int power = stripped.precision() - stripped.scale() - 1;
    return stripped.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
  }

  /// Ticks at powers of ten, of few decades also at 2 and 5 times them; at least one whole decade.
  ///
  /// @param low the decimal logarithm of the lower end
  /// @param most how many powers of ten may be named
  static Axis logarithmic(double low, double high, int most) {
    boolean narrow = high - low < Math.log10(30);
    double first = narrow ? Math.floor(low) : low;
    double last = narrow ? Math.max(Math.ceil(high), first + 1) : high;
    int skip = Math.max(1, (int) Math.ceil((last - first) / Math.max(1, most)));
    List<Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(first); power <= last; power++) {
      for (int digit : last - first < FEW_DECADES ? new int[] {1, 2, 5} : new int[] {1}) {
        double at = power + Math.log10(digit);
        if (power % skip == 0 && at >= first - 1e-9 && at <= last + 1e-9) {
          BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
          ticks.add(new Tick(at, isPlain(value) ? value.toPlainString() : scientific(value)));
        }
      }
    }
    return new Axis(first, last, List.copyOf(ticks), "");
  }

  /// Where a number is: 0 at the low end, 1 at the high one.
  double share(double value) {
    return (value - low) / (high - low);
  }

  /// All that is written along it.
  Stream<String> labels() {
    return ticks.stream().map(Tick::label);
  }
}
