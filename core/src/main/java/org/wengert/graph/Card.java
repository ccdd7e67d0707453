package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// What is written on a vertex or a closed box, and how large it is for that.
///
/// @param kind the kind in the JSON, or `box`
/// @param title what it is called
/// @param note what made it
/// @param lines value and gradient
/// @param isFinite whether no number in it is infinite or none
record Card(String kind, String title, String note, List<String> lines, boolean isFinite) {
  static final double ROW = 18;
  static final double SIGN = 7.4; // the width of a character
  private static final int LONGEST = 22;

  static Card of(Vertex vertex) {
    boolean isConstant = vertex instanceof Vertex.Constant;
    List<String> lines = new ArrayList<>();
    String value = brief(vertex.value(), "");
    String title = clipped(title(vertex));
    if (!value.equals(title)) {
      lines.add(value);
    }
    Tensor gradient = vertex.gradient();
    if (!isConstant) {
      lines.add(gradient == null ? "not computed" : brief(gradient, "∂ "));
    }
    boolean isFinite = isFinite(vertex.value()) && (gradient == null || isFinite(gradient));
    return new Card(GraphJson.kind(vertex), title, clipped(note(vertex)), lines, isFinite);
  }

  private static String title(Vertex vertex) {
    return vertex.name().isEmpty() && !made(vertex).isEmpty() ? made(vertex) : vertex.label();
  }

  /// Beside a name, what made it; without a name, what made it is the title, and here is the label.
  private static String note(Vertex vertex) {
    return vertex.name().isEmpty() && !made(vertex).isEmpty() ? vertex.label() : made(vertex);
  }

  private static String made(Vertex vertex) {
    return switch (vertex) {
      case Vertex.Operation operation -> operation.op().label();
      case Vertex.Group group -> group.kind();
      case Vertex.Leaf _, Vertex.Constant _ -> "";
    };
  }

  static Card of(Box box, int vertices) {
    String count = vertices == 1 ? "1 value" : vertices + " values";
    return new Card("box", clipped(box.title), clipped(box.kind()), List.of(count), true);
  }

  private static boolean isFinite(Tensor x) {
    return x.count() == 0 || Statistics.of(x).nonFinite() == 0;
  }

  /// A number, or sizes of axes and the norm.
  private static String brief(Tensor x, String sign) {
    if (x.count() == 1) {
      return sign + Numbers.brief(x.item());
    }
    String sizes =
        Arrays.stream(x.shape().toArray())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("×"));
    String norm = x.count() == 0 ? "" : Numbers.rounded(Statistics.of(x).norm(), 3);
    return sign.isEmpty() ? sizes + "  ‖" + norm + "‖" : sign + "‖" + norm + "‖";
  }

  static String clipped(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    int end = Math.min(LONGEST, line.length());
    if (line.length() <= LONGEST) {
      return line;
    }
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 2)) ? end - 2 : end - 1)
        + "…";
  }

  double width() {
    int first = title.length() + (note.isEmpty() ? 0 : note.length() + 2);
    int longest = lines.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(56, 20 + SIGN * Math.max(first, longest));
  }

  double height() {
    return 10 + ROW * (1 + lines.size());
  }

  /// The line that is the gradient; null if there is none to be expected.
  @Nullable String gradient() {
    return kind.equals("box") || kind.equals("constant") ? null : lines.getLast();
  }
}
