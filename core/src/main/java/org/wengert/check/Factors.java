package org.wengert.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
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

  /// A factor without a constant beside it; null if it is none or more.
  @Nullable Diagnosis alone(Trial shown) {
    return constantFactor(trial -> null, 0) == null ? variableFactor(shown, true) : null;
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
      for (Known known : known()) {
        Double beside = constantFactor(known.value(), power);
        if (beside != null && (beside == 1 || !isAlone)) {
          return factor(shown, known, power, beside);
        }
      }
    }
    return null;
  }

  /// What factors consist of.
  ///
  /// @param isSum whether it needs parentheses as a factor
  private record Known(String name, boolean isSum, Function<Trial, Tensor> value) {
    String asFactor() {
      return isSum ? "(" + name + ")" : name;
    }
  }

  private List<Known> known() {
    List<Known> plain = new ArrayList<>();
    plain.add(new Known("y", false, Trial::y));
    for (int i = 0; i < subject.arity(); i++) {
      int input = i;
      plain.add(new Known(Diagnosis.name(i, subject.arity()), false, t -> t.xs().get(input)));
    }
    List<Known> all = new ArrayList<>(plain);
    all.add(new Known("gy", false, Trial::gy));
    for (Known x : plain) {
      all.add(new Known("1 - " + x.name, true, t -> c(x.value.apply(t)).rsub(1.0).value()));
      all.add(new Known("1 + " + x.name, true, t -> c(x.value.apply(t)).add(1.0).value()));
    }
    for (Known x : plain) {
      all.add(function("log", Variable::log, x));
      all.add(function("exp", Variable::exp, x));
      all.add(function("sin", F::sin, x));
      all.add(function("cos", F::cos, x));
    }
    all.add(new Known("n", false, t -> Tensor.of((double) t.xs().get(operand).count())));
    return all;
  }

  private static Known function(String name, UnaryOperator<Variable> function, Known x) {
    String written = name + "(" + x.name + ")";
    return new Known(written, false, t -> function.apply(c(x.value.apply(t))).value());
  }

  private static Variable c(Tensor x) {
    return Variable.constant(x);
  }

  private Diagnosis factor(Trial shown, Known known, int power, double beside) {
    String square = Math.abs(power) == 2 ? "²" : "";
    String variable = (Math.abs(power) == 2 ? known.asFactor() : known.name()) + square;
    String n = known.name.equals("n") ? ", where n is the number of elements" : "";
    if (power > 0) {
      String constant = beside == 1 ? "" : beside == -1 ? "-" : number(beside) + " · ";
      String text = constant + (constant.isEmpty() ? variable : known.asFactor() + square);
      return shown.says(Kind.MISSING_FACTOR, "the factor " + text + " is missing" + n, operand);
    }
    String inverse = "1/" + known.asFactor() + square;
    if (!n.isEmpty()) {
      String text = "the factor " + inverse + " is missing" + n;
      return shown.says(Kind.MISSING_FACTOR, text, operand);
    }
    String text = "there is a factor " + variable + " too many, or " + inverse + " is missing";
    text += beside == 1 ? "" : ", and the factor " + number(beside) + " is missing";
    return shown.says(Kind.EXTRA_FACTOR, text, operand);
  }

  /// The `c` for which `given · c · variable^power` is right; null if there is none.
  private @Nullable Double constantFactor(
      Function<Trial, ? extends @Nullable Tensor> variable, int power) {
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
      Trial trial, Function<Trial, ? extends @Nullable Tensor> variable, int power) {
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
