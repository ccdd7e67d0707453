package org.wengert.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.wengert.Autograd;
import org.wengert.Op;
import org.wengert.Parameter;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The table of a module's layers, with output shapes and counts of parameters and multiply-adds.
/// Holds state while the module runs: what it has seen.
final class Summary implements Op.Observer {
  private final IdentityHashMap<Layer, Shape> shapes = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Long> multiplyAdds = new IdentityHashMap<>();
  private final Deque<Object> around = new ArrayDeque<>();
  private long bytes;

  private Summary(Module root) {
    around.push(root);
  }

  static String of(Module root, Variable input) {
    Walk walk = Walk.of(root);
    Summary seen = new Summary(root);
    seen.run(root, walk, input);
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"layer", "type", "output", "parameters", "multiply-adds"});
    walk.layers()
        .forEach(
            (path, layer) -> {
              Shape shape = seen.shapes.get(layer);
              rows.add(
                  new String[] {
                    path,
                    ModuleText.typeName(layer),
                    shape == null ? "-" : shape.toString(),
                    grouped(walk.ownCount(layer)),
                    grouped(seen.multiplyAdds.getOrDefault(layer, 0L))
                  });
            });
    boolean isPartial = walk.modules().keySet().stream().anyMatch(path -> seen.missed(path, walk));
    return table(rows)
        + seen.totals(walk.parameters().values())
        + (isPartial ? "\n- is the output of what was not called by call(x)" : "");
  }

  /// Whether a module's output is not known, though something inside it was called.
  private boolean missed(String path, Walk walk) {
    Layer layer = walk.layers().get(path);
    boolean isContainer = layer instanceof PartList || layer instanceof PartDict;
    return !isContainer
        && !shapes.containsKey(layer)
        && walk.layers().entrySet().stream()
            .anyMatch(e -> e.getKey().startsWith(path + ".") && shapes.containsKey(e.getValue()));
  }

  /// Runs the module in evaluation mode, and leaves every module in the mode it was in.
  private void run(Module root, Walk walk, Variable x) {
    IdentityHashMap<Module, Boolean> modes = new IdentityHashMap<>();
    walk.modules().values().forEach(module -> modes.put(module, module.isTraining()));
    try {
      root.eval();
      Variable y =
          Autograd.observe(
              this,
              () ->
                  Autograd.noGrad(
                      () -> Watched.observe((l, out) -> shapes.put(l, out.shape()), root, x)));
      shapes.put(root, y.shape());
    } finally {
      modes.forEach(Module::training);
    }
  }

  @Override
  public void entered(Scope scope) {
    around.push(scope);
  }

  @Override
  public void left(Scope scope) {
    around.pop();
  }

  /// Counts an operation for the innermost layer around it, and its result, unless that is a view
  /// of an operand.
  @Override
  public void done(Op op, List<Variable> operands, Variable result) {
    List<Shape> xs = operands.stream().map(Variable::shape).toList();
    multiplyAdds.merge(around.element(), op.multiplyAdds(xs, result.shape()), Long::sum);
    Tensor y = result.value();
    if (operands.stream().noneMatch(x -> x.value().storage() == y.storage())) {
      bytes += bytes(y);
    }
  }

  private static long bytes(Tensor x) {
    return (long) x.count() * x.dtype().bytes();
  }

  private String totals(Iterable<Parameter> parameters) {
    long all = 0;
    long trained = 0;
    long size = 0;
    for (Parameter parameter : parameters) {
      all += parameter.value().count();
      trained += parameter.requiresGrad() ? parameter.value().count() : 0;
      size += bytes(parameter.value());
    }
    String frozen = trained == all ? "" : ", " + grouped(all - trained) + " of them frozen";
    long products = multiplyAdds.values().stream().mapToLong(Long::longValue).sum();
    return "total %s %s%s; %s multiply-adds\n"
            .formatted(
                grouped(all), all == 1 ? "parameter" : "parameters", frozen, grouped(products))
        + "bytes %s of parameters, %s of results; gradients take at most as much again"
            .formatted(grouped(size), grouped(bytes));
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String table(List<String[]> rows) {
    int[] widths = new int[5];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    String line =
        "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %" + widths[3] + "s  %";
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append(String.format(Locale.ROOT, line + widths[4] + "s%n", (Object[]) row));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
