package org.wengert.check;

import java.util.List;
import java.util.Locale;
import org.wengert.tensor.Shape;

/// What a gradient check found. Immutable.
///
/// @param verdict the finding
/// @param relativeError the largest disagreement along a direction, relative to the derivative
/// @param elements where analytic and numeric gradient disagree, worst first; empty if they agree
///     or nothing can be said
/// @param suspicion what may be the cause; empty if there is nothing to suspect
public record GradReport(
    Verdict verdict, double relativeError, List<Element> elements, String suspicion) {
  /// The finding.
  public enum Verdict {
    /// Analytic and numeric derivatives agree.
    CORRECT,
    /// They disagree by more than differencing can explain.
    WRONG,
    /// The point lies so near to a kink or pole that differences say nothing.
    NEAR_KINK,
    /// The differences are too inaccurate to tell at this tolerance: the function's values are
    /// rounded, or it varies over lengths far below 0.001.
    NOISY
  }

  /// One element of one input.
  ///
  /// @param input its name, such as `input 0` or a parameter's path
  /// @param index its position in the input
  /// @param analytic what the engine says
  /// @param numeric what differences say
  /// @param error how far off the differences may be
  public record Element(
      String input, List<Integer> index, double analytic, double numeric, double error) {
    static List<Integer> index(int position, Shape shape) {
      Integer[] index = new Integer[shape.rank()];
      int rest = position;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        index[axis] = rest % shape.size(axis);
        rest /= shape.size(axis);
      }
      return List.of(index);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s%s  analytic %.10g  numeric %.10g  estimated differencing error %.1e",
          input,
          index.isEmpty() ? "" : " " + index,
          analytic,
          numeric,
          error);
    }
  }

  /// The report that everything agrees.
  static GradReport correct(double relativeError) {
    return new GradReport(Verdict.CORRECT, relativeError, List.of(), "");
  }

  /// A table of the disagreeing elements and the suspected cause.
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("gradient is ")
            .append(
                switch (verdict) {
                  case CORRECT -> "correct";
                  case WRONG -> "wrong";
                  case NEAR_KINK -> "undecided: the point is at or near a kink or pole";
                  case NOISY -> "undecided: the differences are too noisy for the tolerance";
                });
    text.append(String.format(Locale.ROOT, " (relative error %.1e)", relativeError));
    int shown = Math.min(8, elements.size());
    elements.subList(0, shown).forEach(e -> text.append("\n    ").append(e));
    if (elements.size() > shown) {
      text.append("\n    and ").append(elements.size() - shown).append(" more elements");
    }
    if (!suspicion.isEmpty()) {
      text.append("\n  suspected cause: ").append(suspicion);
    }
    return text.toString();
  }
}
