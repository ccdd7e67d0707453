package org.wengert.check;

import java.util.List;
import java.util.Locale;

/// Guesses what a wrong gradient comes from, by comparing it with the right one.
final class Suspicion {
  private static final double CLOSE = 1e-5;

  private Suspicion() {}

  /// What the pattern of the wrong elements looks like.
  ///
  /// @param all every element
  /// @param bad the disagreeing ones among them, not empty unless only their sum disagrees
  /// @param connected whether the result depends on recorded variables at all
  static String of(List<GradReport.Element> all, List<GradReport.Element> bad, boolean connected) {
    if (!connected) {
      return "the result is not recorded: is there a value(), item() or detach() on the way?";
    }
    if (bad.isEmpty()) {
      return "no single element is wrong beyond the tolerance, only their sum";
    }
    List<GradReport.Element> own = sameInput(all, bad.getFirst());
    List<GradReport.Element> ownBad = sameInput(bad, bad.getFirst());
    String input = bad.getFirst().input();
    if (ownBad.stream().anyMatch(e -> Double.isNaN(e.analytic()))) {
      return "a NaN: 0/0, or 0 times infinity, in the rule for " + input;
    }
    if (ownBad.stream().anyMatch(e -> Double.isInfinite(e.analytic()))) {
      return "an infinity: a division by 0 or an overflow in the rule for " + input;
    }
    if (own.stream().allMatch(e -> e.analytic() == 0)) {
      return "no gradient arrives at "
          + input
          + ": a detach() or value() on its path, or a rule that forgets it";
    }
    if (isTransposed(own)) {
      return "the gradient of " + input + " is transposed";
    }
    return byRatio(ownBad, own.size(), input);
  }

  /// What it means that no gradient arrives at parameters which do not change the result either.
  static String unused(List<String> parameters) {
    return "no gradient arrives at "
        + String.join(", ", parameters)
        + ": the function does not use what is listed";
  }

  /// What makes differences noisy.
  static String noisy() {
    return "values of less than double precision, or a function that varies over lengths far below"
        + " 0.001";
  }

  private static String byRatio(List<GradReport.Element> bad, int size, String input) {
    double ratio = bad.getFirst().analytic() / bad.getFirst().numeric();
    boolean constant =
        bad.stream()
            .allMatch(e -> Math.abs(e.analytic() - ratio * e.numeric()) <= CLOSE * scale(e));
    if (constant && Math.abs(ratio + 1) < CLOSE) {
      return "the sign of the rule for " + input;
    }
    if (constant && bad.size() > 1 || constant && size == 1) {
      return String.format(
          Locale.ROOT,
          "a factor: the gradient of %s is %.6g times what it should be",
          input,
          ratio);
    }
    if (bad.size() < size) {
      return "an index: only "
          + bad.size()
          + " of the "
          + size
          + " elements of "
          + input
          + " are wrong";
    }
    return "a factor that varies over the elements of "
        + input
        + ": an operand missing, or the input used for the output";
  }

  private static double scale(GradReport.Element e) {
    return Math.max(Math.abs(e.analytic()), Math.abs(e.numeric()));
  }

  private static List<GradReport.Element> sameInput(
      List<GradReport.Element> elements, GradReport.Element one) {
    return elements.stream().filter(e -> e.input().equals(one.input())).toList();
  }

  private static boolean isTransposed(List<GradReport.Element> matrix) {
    int side = (int) Math.round(Math.sqrt(matrix.size()));
    if (side < 2 || side * side != matrix.size() || matrix.getFirst().index().size() != 2) {
      return false;
    }
    for (int i = 0; i < matrix.size(); i++) {
      GradReport.Element here = matrix.get(i);
      GradReport.Element mirrored = matrix.get(i % side * side + i / side);
      if (Math.abs(here.analytic() - mirrored.numeric()) > CLOSE * (1 + scale(here))) {
        return false;
      }
    }
    return true;
  }
}
