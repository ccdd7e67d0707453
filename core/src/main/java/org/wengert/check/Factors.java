package org.wengert.check;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.check.Diagnosis.Kind;
import org.wengert.tensor.Tensor;

/// Finds what a gradient must be multiplied by to be right, by the ratio at every input.
///
/// @param subject what is examined
/// @param trials the inputs
/// @param operand whose gradient is wrong
record Factors(Subject subject, List<Trial> trials, int operand) {
  /// The missing factor, or a constant in the place of a zero; null for neither.
  @Nullable Diagnosis diagnosis(Trial shown) {
    Diagnosis found = factor(shown);
    return found == null ? constant(shown) : found;
  }

  /// A constant, or an operand, the result or gy, once or squared, times a constant.
  private @Nullable Diagnosis factor(Trial shown) {
    Double constant = constantFactor(trial -> null, 0);
    if (constant != null) {
      String text =
          constant == 0.5 || Math.abs(constant) < 1
              ? "is " + number(1 / constant) + " times what it should be"
              : "the factor " + number(constant) + " is missing";
      return shown.says(Kind.CONSTANT_FACTOR, text, operand);
    }
    Diagnosis alone = variableFactor(shown, true);
    return alone == null ? variableFactor(shown, false) : alone;
  }

  private @Nullable Diagnosis variableFactor(Trial shown, boolean isAlone) {
    for (int power : new int[] {1, -1, 2, -2}) {
      for (int i = -1; i <= subject.arity(); i++) {
        int place = i;
        Double beside = constantFactor(trial -> variable(trial, place), power);
        if (beside != null && (beside == 1 || !isAlone)) {
          return factor(shown, factorName(i), power, beside);
        }
      }
    }
    return null;
  }

  private static Tensor variable(Trial trial, int place) {
    return place < 0 ? trial.y() : place < trial.xs().size() ? trial.xs().get(place) : trial.gy();
  }

  private String factorName(int place) {
    return place < 0
        ? "y"
        : place < subject.arity() ? Diagnosis.name(place, subject.arity()) : "gy";
  }

  private Diagnosis factor(Trial shown, String variable, int power, double beside) {
    String square = Math.abs(power) == 2 ? "²" : "";
    String constant = beside == 1 ? "" : beside == -1 ? "-" : number(beside) + " · ";
    if (power > 0) {
      String text = "the factor " + constant + variable + square + " is missing";
      return shown.says(Kind.MISSING_FACTOR, text, operand);
    }
    String text = "there is a factor " + variable + square + " too many";
    text += beside == 1 ? "" : ", and the factor " + number(beside) + " is missing";
    return shown.says(Kind.EXTRA_FACTOR, text, operand);
  }

  /// The `c` for which `given · c · variable^power` is right; null if there is none.
  private @Nullable Double constantFactor(Function<Trial, @Nullable Tensor> variable, int power) {
    Double constant = null;
    for (Trial trial : trials) {
      Tensor base = power == 0 ? trial.given().get(operand) : powered(trial, variable, power);
      if (base == null || !base.shape().equals(trial.right().get(operand).shape())) {
        return null;
      }
      double[] found = base.toDoubleArray();
      double[] right = trial.right().get(operand).toDoubleArray();
      for (int i = 0; i < found.length; i++) {
        if (constant == null && found[i] != 0 && right[i] != 0) {
          constant = Math.rint(right[i] / found[i] * 1e4) / 1e4;
        }
        if (!Trial.isClose(right[i], constant == null ? found[i] : constant * found[i])) {
          return null;
        }
      }
    }
    return constant;
  }

  private @Nullable Tensor powered(
      Trial trial, Function<Trial, @Nullable Tensor> variable, int power) {
    Tensor given = trial.given().get(operand);
    Tensor factor = variable.apply(trial);
    if (given == null || factor == null || !factor.shape().broadcastsTo(given.shape())) {
      return null;
    }
    return Variable.constant(given).mul(Variable.constant(factor).pow((double) power)).value();
  }

  /// Wrong only where a zero belongs, and there always the same, with or without gy.
  private @Nullable Diagnosis constant(Trial shown) {
    Double plain = null;
    Double scaled = null;
    boolean isPlain = true;
    boolean isScaled = true;
    for (Trial trial : trials) {
      Tensor found = trial.given().get(operand);
      if (found == null || !found.shape().equals(trial.gy().shape())) {
        return null;
      }
      double[] given = found.toDoubleArray();
      double[] right = trial.right().get(operand).toDoubleArray();
      double[] gy = trial.gy().toDoubleArray();
      for (int i = 0; i < given.length; i++) {
        if (!Trial.isClose(given[i], right[i])) {
          plain = plain == null ? given[i] : plain;
          scaled = scaled == null ? given[i] / gy[i] : scaled;
          isPlain &= right[i] == 0 && Trial.isClose(given[i], plain);
          isScaled &= right[i] == 0 && Trial.isClose(given[i], scaled * gy[i]);
        }
      }
    }
    if (plain == null || scaled == null || !isPlain && !isScaled) {
      return null;
    }
    String text =
        "is "
            + (isScaled ? number(scaled) + " · gy" : number(plain))
            + " where the function is flat and a zero belongs";
    return shown.says(Kind.CONSTANT_FOR_ZERO, text, operand);
  }

  private static String number(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : String.format(Locale.ROOT, "%.5g", x);
  }
}
