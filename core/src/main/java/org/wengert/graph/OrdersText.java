package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.graph.TraversalOrders.Event;
import org.wengert.graph.TraversalOrders.Order;
import org.wengert.graph.TraversalOrders.Run;

/// Writes walks in different orders side by side.
final class OrdersText {
  private static final int SHOWN = 40;
  private static final Formula SUM = Formula.of("s + g · d");
  private static final Formula FIRST = Formula.of("g · d");

  private OrdersText() {}

  static String text(TraversalOrders orders) {
    List<List<String>> rows = rows(orders);
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)) + 3));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    notes(orders).forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  static String markdown(TraversalOrders orders) {
    List<List<String>> rows = rows(orders);
    StringBuilder text = new StringBuilder(SheetMarkdown.row(rows.getFirst()));
    text.append("|").append(" --- |".repeat(rows.getFirst().size())).append('\n');
    rows.stream().skip(1).forEach(row -> text.append(SheetMarkdown.row(row)));
    text.append('\n');
    notes(orders).forEach(note -> text.append(SheetMarkdown.escaped(note)).append('\n'));
    return text.toString();
  }

  private static List<List<String>> rows(TraversalOrders orders) {
    List<List<String>> rows = new ArrayList<>();
    List<String> titles = new ArrayList<>(List.of("step"));
    orders.runs().forEach(run -> titles.add(run.order().title()));
    rows.add(titles);
    int longest = orders.runs().stream().mapToInt(run -> run.events().size()).max().orElse(0);
    for (int i = 0; i < Math.min(longest, SHOWN + 1); i++) {
      List<String> row = new ArrayList<>(List.of(i == SHOWN ? "…" : Integer.toString(i + 1)));
      for (Run run : orders.runs()) {
        row.add(cell(orders.graph(), run, i));
      }
      rows.add(row);
    }
    for (int i = 0; i < orders.xs().size(); i++) {
      List<String> row = new ArrayList<>();
      row.add("∂" + label(orders.graph().output()) + "/∂" + label(orders.xs().get(i)));
      for (Run run : orders.runs()) {
        row.add(result(orders, run, i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String cell(Graph graph, Run run, int i) {
    int size = run.events().size();
    if (i >= size) {
      return "";
    }
    return i == SHOWN ? grouped(size - SHOWN) + " more" : event(graph, run.events().get(i));
  }

  private static String event(Graph graph, Event event) {
    Double before = event.before();
    Map<String, Formula> numbers =
        Map.of(
            "s", Formula.number(before == null ? 0 : before),
            "g", Formula.number(event.gradient()),
            "d", Formula.number(event.local()));
    String path =
        label(graph.vertex(event.edge().to())) + " → " + label(graph.vertex(event.edge().from()));
    return path
        + ": "
        + (before == null ? FIRST : SUM).with(numbers)
        + " = "
        + Numbers.brief(event.after())
        + switch (event.flaw()) {
          case NONE -> "";
          case AGAIN -> "  again!";
          case TOO_EARLY -> "  too early!";
        };
  }

  private static String result(TraversalOrders orders, Run run, int i) {
    if (!run.isComplete()) {
      return "stopped";
    }
    return number(run.gradients().get(i)) + (orders.isWrong(run.order(), i) ? "  wrong" : "");
  }

  private static String number(@Nullable Double x) {
    return x == null ? "not computed" : Numbers.brief(x);
  }

  private static List<String> notes(TraversalOrders orders) {
    Run naive = orders.run(Order.NAIVE);
    if (naive.isComplete()) {
      return List.of();
    }
    return List.of(
        "The naive recursion was stopped after "
            + grouped(naive.events().size())
            + " additions: it goes every path, which takes "
            + naive.additions()
            + ". The right order takes "
            + grouped(orders.run(Order.CREATION).events().size())
            + ".");
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String label(Vertex vertex) {
    return MomentText.label(vertex);
  }
}
