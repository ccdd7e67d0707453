package org.wengert.nn;

import java.util.IdentityHashMap;
import org.wengert.Parameter;
import org.wengert.nn.Parts.Part;

/// A module as a tree in text.
final class ModuleText {
  private final StringBuilder text = new StringBuilder();
  private final IdentityHashMap<Module, String> printed = new IdentityHashMap<>();

  private ModuleText() {}

  static String tree(Module root) {
    ModuleText tree = new ModuleText();
    tree.append(root, "", "");
    return tree.text.toString();
  }

  /// The name of a layer's class; anonymous classes and lambdas say what they are.
  static String typeName(Layer layer) {
    Class<?> type = layer.getClass();
    if (type.isHidden() || type.isSynthetic()) {
      return "lambda";
    }
    return type.isAnonymousClass() ? type.getSuperclass().getSimpleName() : type.getSimpleName();
  }

  private void append(Module module, String path, String indent) {
    printed.put(module, path);
    text.append(typeName(module)).append('(').append(module.settings());
    boolean empty = true;
    for (Part part : Parts.of(module)) {
      if (!(module instanceof Watched && part.value() instanceof Parameter)) {
        text.append('\n').append(indent).append("  (").append(part.name()).append("): ");
        appendPart(part, Parts.join(path, part.name()), indent + "  ");
        empty = false;
      }
    }
    text.append(empty ? ")" : "\n" + indent + ")");
  }

  private void appendPart(Part part, String path, String indent) {
    switch (part.value()) {
      case Parameter p -> text.append("Parameter ").append(p.shape()).append(' ').append(p.dtype());
      case Module m when printed.containsKey(m) ->
          text.append("the same as ").append(place(printed.get(m)));
      case Module m -> append(m, path, indent);
      case Layer layer -> text.append(typeName(layer));
      case Object other -> text.append(other);
    }
  }

  private static String place(String path) {
    return path.isEmpty() ? "the whole" : "(" + path + ")";
  }
}
