package org.wengert.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// What a [RuleDoctor] found in a derivative rule, with the smallest input that shows it.
/// Immutable.
///
/// @param kind which mistake it is
/// @param message the mistake and what to do, for who wrote the rule
/// @param operand which operand's gradient is wrong, from 0; of a right rule -1
/// @param inputs the smallest input tried that shows the mistake; of a right rule none
/// @param gy the gradient of the result there; null if there is no mistake
/// @param given what the rule gave for the operand; null if it gave nothing
/// @param right what it should have given; null if there is no mistake
public record Diagnosis(
    Kind kind,
    String message,
    int operand,
    List<Tensor> inputs,
    @Nullable Tensor gy,
    @Nullable Tensor given,
    @Nullable Tensor right) {
  /// A copy of the list.
  public Diagnosis {
    inputs = List.copyOf(inputs);
  }

  /// The typical mistakes.
  public enum Kind {
    /// No mistake.
    RIGHT,
    /// The gradient has the wrong sign.
    WRONG_SIGN,
    /// The gradient is a constant times what it should be.
    CONSTANT_FACTOR,
    /// A factor is missing: an operand or the result.
    MISSING_FACTOR,
    /// There is a factor too many: an operand or the result.
    EXTRA_FACTOR,
    /// The gradient of the result is not multiplied in.
    FORGOT_GY,
    /// The operand is used several times, and one use replaces the others: `=` for `+=`.
    OVERWRITTEN,
    /// The operand was repeated, and what comes back was not summed over the repetitions.
    NOT_SUMMED,
    /// A matrix is not transposed, or should not be, or two factors are in the wrong order.
    TRANSPOSED,
    /// The input stands where the output should.
    INPUT_FOR_OUTPUT,
    /// The output stands where the input should.
    OUTPUT_FOR_INPUT,
    /// One operand stands where the other should.
    WRONG_OPERAND,
    /// A constant stands where a zero belongs.
    CONSTANT_FOR_ZERO,
    /// No gradient, or zeros, where there is one.
    NO_GRADIENT,
    /// The gradient has another shape than its operand.
    WRONG_SHAPE,
    /// `NaN` or infinity, where the gradient is finite.
    NOT_FINITE,
    /// The rule throws an exception, or gives no list with a place for each operand.
    FAILS,
    /// Different, and no typical mistake.
    UNKNOWN,
    /// The function accepts none of the inputs that were tried, or has no derivative there.
    UNTESTED
  }

  /// Whether the rule is right.
  public boolean isRight() {
    return kind == Kind.RIGHT;
  }

  /// The message and the numbers.
  @Override
  public String toString() {
    if (right == null || gy == null) {
      return message;
    }
    StringBuilder text = new StringBuilder(message).append("\n    at ");
    for (int i = 0; i < inputs.size(); i++) {
      text.append(name(i, inputs.size())).append(" = ").append(shown(inputs.get(i))).append(", ");
    }
    return text.append("gy = ")
        .append(shown(gy))
        .append("\n    the rule gives ")
        .append(shown(given))
        .append("\n    right is       ")
        .append(shown(right))
        .toString();
  }

  /// What an operand is called in rules.
  static String name(int operand, int count) {
    return count == 1 ? "x" : count == 2 ? (operand == 0 ? "a" : "b") : "x" + (operand + 1);
  }

  private static String shown(@Nullable Tensor x) {
    if (x == null) {
      return "nothing";
    }
    String text = x.toString();
    int end = text.indexOf(", shape=");
    return text.substring(text.indexOf('(') + 1, end < 0 ? text.length() - 1 : end)
        .replaceAll("\\s*\\n\\s*", " "); // rows of a matrix beside each other
  }
}
