package org.wengert.nn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.wengert.Parameter;
import org.wengert.nn.Parts.Part;

/// A module as a tree in text, written in a loop over a stack of what comes next: depth does not
/// matter.
final class ModuleText {
  private final StringBuilder text = new StringBuilder();
  private final IdentityHashMap<Module, String> printed = new IdentityHashMap<>();
  private final Deque<Piece> ahead = new ArrayDeque<>();

  /// Text to write, and a module, parameter, buffer or layer behind it, or the empty string.
  private record Piece(String before, Object value, String path, String indent) {}

  private ModuleText() {}

  static String tree(Module root) {
    ModuleText tree = new ModuleText();
    tree.ahead.push(new Piece("", root, "", ""));
    while (!tree.ahead.isEmpty()) {
      tree.append(tree.ahead.pop());
    }
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

  private void append(Piece piece) {
    text.append(piece.before);
    switch (piece.value) {
      case Parameter p -> text.append("Parameter ").append(p.shape()).append(' ').append(p.dtype());
      case Module m when printed.containsKey(m) ->
          text.append("the same as ").append(place(printed.get(m)));
      case Module m -> appendModule(m, piece.path, piece.indent);
      case Layer layer -> text.append(typeName(layer));
      case Object other -> text.append(other);
    }
  }

  /// Writes the head of a module and puts its parts and its end on the stack.
  private void appendModule(Module module, String path, String indent) {
    printed.put(module, path);
    text.append(typeName(module)).append('(').append(module.settings());
    List<Part> parts =
        Parts.of(module).stream()
            .filter(part -> !(module instanceof Watched) || part.value() instanceof Layer)
            .toList();
    ahead.push(new Piece(parts.isEmpty() ? ")" : "\n" + indent + ")", "", "", ""));
    for (Part part : parts.reversed()) {
      String before = "\n" + indent + "  (" + part.name() + "): ";
      String inner = Parts.join(path, part.name());
      ahead.push(new Piece(before, part.value(), inner, indent + "  "));
    }
  }

  private static String place(String path) {
    return path.isEmpty() ? "the whole" : "(" + path + ")";
  }
}
