package org.wengert.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.nn.Parts.Part;

/// Everything below a module, each thing once, under the first of its paths. Modules learn their
/// paths, so that errors can say which one it was.
///
/// A loop over a stack: neither depth nor cycles matter.
final class Walk {
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Buffer> buffers = new LinkedHashMap<>();
  private final SequencedMap<String, Layer> layers = new LinkedHashMap<>();
  private final IdentityHashMap<Layer, Long> ownCounts = new IdentityHashMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Part> ahead = new ArrayDeque<>();
  private final List<Parts.Hidden> hidden = new ArrayList<>();
  private final Module root;

  private Walk(Module root) {
    this.root = root;
    visit(new Part("", root, root));
    while (!ahead.isEmpty()) {
      visit(ahead.pop());
    }
    for (Parts.Hidden part : hidden) {
      if (!seen.contains(part.value())) {
        throw Parts.unfound(part);
      }
    }
    String prefix = root.path();
    Module outermost = root.outermost();
    modules().forEach((path, m) -> m.located(outermost, Parts.join(prefix, path), seen));
  }

  /// All that `root` consists of.
  static Walk of(Module root) {
    return new Walk(root);
  }

  SequencedMap<String, Parameter> parameters() {
    return parameters;
  }

  /// The parameters, each named by its path.
  SequencedMap<String, Parameter> namedParameters() {
    parameters.forEach((path, parameter) -> parameter.named(path));
    return parameters;
  }

  SequencedMap<String, Buffer> buffers() {
    return buffers;
  }

  /// The path under which the parameter or buffer at `path` is listed, which is another one if it
  /// is shared; null if there is nothing.
  @Nullable String firstPath(String path) {
    if (parameters.containsKey(path) || buffers.containsKey(path)) {
      return path;
    }
    Object found = find(path);
    return Stream.of(parameters, buffers)
        .flatMap(map -> map.entrySet().stream())
        .filter(entry -> entry.getValue() == found)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /// What is at `path`, down the modules along it.
  private @Nullable Object find(String path) {
    Object at = root;
    String rest = path;
    while (at instanceof Module module && !rest.isEmpty()) {
      Part next = null;
      for (Part part : Parts.of(module)) {
        boolean longer = next == null || part.name().length() > next.name().length();
        if (longer && (rest + ".").startsWith(part.name() + ".")) {
          next = part;
        }
      }
      if (next == null) {
        return null;
      }
      at = next.value();
      rest = rest.equals(next.name()) ? "" : rest.substring(next.name().length() + 1);
    }
    return rest.isEmpty() ? at : null;
  }

  /// The modules, the root under the empty path, and the layers that are no modules.
  SequencedMap<String, Layer> layers() {
    return layers;
  }

  SequencedMap<String, Module> modules() {
    SequencedMap<String, Module> modules = new LinkedHashMap<>();
    layers.forEach(
        (path, layer) -> {
          if (layer instanceof Module module) {
            modules.put(path, module);
          }
        });
    return modules;
  }

  /// The number of trainable numbers that a layer holds itself, without those of its children.
  long ownCount(Layer layer) {
    return ownCounts.getOrDefault(layer, 0L);
  }

  private void visit(Part part) {
    if (!seen.add(part.value())) {
      return;
    }
    String path = part.name();
    switch (part.value()) {
      case Parameter p -> {
        put(parameters, path, p);
        ownCounts.merge(part.owner(), (long) p.value().count(), Long::sum);
      }
      case Buffer b -> put(buffers, path, b);
      case Module m -> {
        put(layers, path, m);
        Parts parts = Parts.in(m);
        hidden.addAll(parts.hidden());
        for (Part inner : parts.list().reversed()) {
          ahead.push(new Part(Parts.join(path, inner.name()), inner.value(), m));
        }
      }
      case Layer l -> put(layers, path, l);
      default -> throw new AssertionError(part);
    }
  }

  private static <T> void put(Map<String, T> map, String path, T value) {
    if (map.putIfAbsent(path, value) != null) {
      throw taken(path);
    }
  }

  /// The error for a name that two things would share.
  static StateException taken(String name) {
    return new StateException("two things are called '" + name + "'")
        .hint("names are field names, list positions and map keys; rename one of the two");
  }
}
