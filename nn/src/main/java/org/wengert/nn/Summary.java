package org.wengert.nn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.wengert.Autograd;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Shape;

/// The table of a module's layers, output shapes and parameter counts.
final class Summary {
  private Summary() {}

  static String of(Module root, Variable input) {
    Walk walk = Walk.of(root);
    IdentityHashMap<Layer, Shape> shapes = new IdentityHashMap<>();
    shapes.put(root, run(root, walk, input, shapes).shape());
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"layer", "type", "output", "parameters"});
    walk.layers()
        .forEach(
            (path, layer) -> {
              Shape shape = shapes.get(layer);
              String output = shape == null ? "-" : shape.toString();
              String type = ModuleText.typeName(layer);
              rows.add(new String[] {path, type, output, grouped(walk.ownCount(layer))});
            });
    return table(rows) + totals(walk.parameters().values());
  }

  /// Runs the module in evaluation mode, and leaves every module in the mode it was in.
  private static Variable run(
      Module root, Walk walk, Variable x, IdentityHashMap<Layer, Shape> shapes) {
    IdentityHashMap<Module, Boolean> modes = new IdentityHashMap<>();
    walk.modules().values().forEach(module -> modes.put(module, module.isTraining()));
    try {
      root.eval();
      return Autograd.noGrad(() -> Watched.observe((l, y) -> shapes.put(l, y.shape()), root, x));
    } finally {
      modes.forEach(Module::training);
    }
  }

  private static String totals(Iterable<Parameter> parameters) {
    long all = 0;
    long trained = 0;
    for (Parameter parameter : parameters) {
      all += parameter.value().count();
      trained += parameter.requiresGrad() ? parameter.value().count() : 0;
    }
    String frozen = trained == all ? "" : ", " + grouped(all - trained) + " of them frozen";
    return "total " + grouped(all) + " parameters" + frozen;
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String table(List<String[]> rows) {
    int[] widths = new int[4];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    String line = "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %";
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append(String.format(Locale.ROOT, line + widths[3] + "s%n", (Object[]) row));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
