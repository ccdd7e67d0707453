package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wengert.graph.Stepper.Contribution;
import org.wengert.graph.Stepper.Direction;
import org.wengert.graph.Stepper.Moment;
import org.wengert.tensor.Tensor;

/// Writes the moments of a computation: formulas first, then with the numbers plugged in.
final class MomentText {
  private static final int LONGEST = 160;
  private static final int ELEMENTS = 6;

  /// A number whose sign needs no parentheses: in front of everything, and not a basis.
  private static final Pattern SIGN = Pattern.compile("^\\((-[^()]+)\\)( |$)");

  private MomentText() {}

  static List<String> of(Moment moment) {
    Vertex vertex = moment.vertex();
    if (moment.direction() == Direction.FORWARD) {
      return List.of(forward(moment.graph(), vertex));
    }
    List<String> lines = new ArrayList<>();
    if (moment.contributions().isEmpty()) {
      lines.add("gradient of " + label(vertex) + ": " + numbers(vertex.gradient()));
    }
    for (Contribution contribution : moment.contributions()) {
      lines.add(backward(moment.graph(), vertex, contribution));
    }
    return lines;
  }

  private static String forward(Graph graph, Vertex vertex) {
    String value = numbers(vertex.value());
    if (vertex.operands().isEmpty()) {
      return label(vertex).equals(value) ? value : label(vertex) + " = " + value;
    }
    String text = label(vertex) + " = " + clipped(graph.formula(vertex).toString());
    boolean isOfNumbers =
        vertex.operands().stream().allMatch(e -> isSingle(graph.vertex(e.from()).value()));
    if (isOfNumbers && isSingle(vertex.value())) {
      Formula plugged = Notation.formula(graph, vertex, v -> Formula.number(v.value().item()));
      text += " = " + clipped(SIGN.matcher(plugged.toString()).replaceFirst("$1$2"));
    }
    return text + " = " + value;
  }

  private static String backward(Graph graph, Vertex from, Contribution each) {
    Formula derivative = graph.derivative(each.edge());
    Double local = each.edge().local();
    String text = label(from) + " → " + label(each.operand()) + ": ";
    if (local != null && from.gradient() != null && isSingle(from.gradient())) {
      double gy = from.gradient().item();
      text += product(gy, derivative);
      Formula number = Formula.number(local);
      boolean isPlain = gy == 1 && derivative.tokens().size() == 1;
      text +=
          isPlain || number.toString().equals(derivative.toString())
              ? ""
              : " = " + product(gy, number);
      text += " = ";
    } else {
      text += "by " + clipped(derivative.toString()) + ": ";
    }
    text += numbers(each.share()) + ", gradient of " + label(each.operand()) + ": ";
    return text + sum(each);
  }

  private static String product(double gy, Formula factor) {
    Formula first = Formula.name(Numbers.brief(gy)); // a sign in front needs no parentheses
    return clipped(Formula.product(List.of(first, factor)).toString());
  }

  private static String sum(Contribution each) {
    Tensor before = each.before();
    if (before == null) {
      return numbers(each.after());
    }
    String share = numbers(each.share());
    String plus = share.startsWith("-") ? " + (" + share + ")" : " + " + share;
    return numbers(before) + plus + " = " + numbers(each.after());
  }

  private static boolean isSingle(Tensor x) {
    return x.count() == 1;
  }

  /// A few numbers as they are; of many the shape and the norm.
  private static String numbers(@Nullable Tensor x) {
    if (x == null || x.rank() == 0 || x.count() == 0 || x.count() > ELEMENTS) {
      return TextTree.brief(x);
    }
    StringBuilder text = new StringBuilder();
    double[] elements = x.toDoubleArray();
    for (int i = 0; i < elements.length; i++) {
      text.append(i == 0 ? "" : ", ").append("[".repeat(borders(x, i)));
      text.append(Numbers.brief(elements[i])).append("]".repeat(borders(x, i + 1)));
    }
    return text.toString();
  }

  /// How many axes begin, or end, before element `i`.
  private static int borders(Tensor x, int i) {
    int borders = 0;
    int block = 1;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      block *= x.size(axis);
      borders += i % block == 0 ? 1 : 0;
    }
    return borders;
  }

  /// What a vertex is called, in one line that is not too long.
  static String label(Vertex vertex) {
    return clipped(vertex.label());
  }

  /// One line that is not too long for a terminal.
  private static String clipped(String text) {
    return TextTree.clipped(text, LONGEST);
  }
}
