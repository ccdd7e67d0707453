package org.wengert.golden;

/// How closely `FLOAT64` numbers agree with libtorch's: the largest difference within a tensor,
/// relative to the tensor's largest number. Immutable.
///
/// @param error the largest relative difference of all tensors compared
/// @param tensors how many were
public record Agreement(double error, int tensors) {
  static final Agreement NONE = new Agreement(0, 0);
  private static final int DOUBLE = 16;

  /// The agreement of one tensor's numbers; infinities and NaN are left out.
  static Agreement of(double[] numbers, GoldenTensor expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < numbers.length; i++) {
      double wanted = expected.number(i);
      if (Double.isFinite(wanted) && Double.isFinite(numbers[i])) {
        largest = Math.max(largest, Math.abs(wanted));
        difference = Math.max(difference, Math.abs(numbers[i] - wanted));
      }
    }
    return new Agreement(difference == 0 ? 0 : difference / Math.max(largest, 1e-300), 1);
  }

  Agreement and(Agreement other) {
    return new Agreement(Math.max(error, other.error), tensors + other.tensors);
  }

  /// The number of decimal digits that agree, at most 16; a dash if nothing was compared.
  public String digits() {
    if (tensors == 0) {
      return "-";
    }
    int digits = error == 0 ? DOUBLE : (int) Math.floor(-Math.log10(error));
    return Integer.toString(Math.clamp(digits, 0, DOUBLE));
  }
}
