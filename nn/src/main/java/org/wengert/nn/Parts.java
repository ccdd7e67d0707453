package org.wengert.nn;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.StateException;

/// What one module consists of: the parameters, buffers and layers among its members, with lists,
/// maps, arrays, records and optionals opened, but other modules left closed.
final class Parts {
  /// Records of core, such as the options of a convolution, hold numbers only and stay closed.
  private static final String CORE = Parameter.class.getPackageName();

  /// A [Parameter], [Buffer] or [Layer] and its name relative to `owner`.
  record Part(String name, Object value, Layer owner) {}

  /// A [Parameter], [Buffer] or [Module] in an ordinary object, where nobody looks for it.
  ///
  /// @param place the member and its owner
  record Hidden(String place, Object holder, Object value) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private final Set<Object> opened = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Module owner;

  private Parts(Module owner) {
    this.owner = owner;
  }

  /// The parts of a module in order.
  static List<Part> of(Module module) {
    return in(module).parts;
  }

  /// What is found in a module.
  static Parts in(Module module) {
    Parts found = new Parts(module);
    module.members().forEach(found::add);
    return found;
  }

  /// The parts in order.
  List<Part> list() {
    return parts;
  }

  /// What should have been parts, unless they are found elsewhere.
  List<Hidden> hidden() {
    return hidden;
  }

  /// The error for what nobody would find.
  static StateException unfound(Hidden found) {
    return new StateException(
            found.place + Fields.holding(found.holder, found.value) + ", which nobody finds there")
        .hint(
            "let the class extend Module or make it a record; what does not belong to this model"
                + " is passed by in a lambda, () -> it");
  }

  /// `prefix.name`, or what there is of it.
  static String join(String prefix, String name) {
    return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
  }

  private void add(String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Parameter p -> parts.add(new Part(name, p, owner));
      case Buffer b -> parts.add(new Part(name, b, owner));
      case Module m -> parts.add(new Part(name, m, owner));
      case Leaf leaf -> throw untrained(name, leaf);
      case Optional<?> optional -> add(name, optional.orElse(null));
      default -> open(name, value);
    }
  }

  private StateException untrained(String name, Leaf leaf) {
    return new StateException(
            "'"
                + name
                + "' of "
                + owner.getClass().getSimpleName()
                + " is a variable of shape "
                + leaf.shape()
                + " that wants a gradient, but no Parameter")
        .hint(
            "make it a Parameter to train it, a Buffer to save it, or Variable.constant(..) to"
                + " keep it");
  }

  private void open(String name, Object value) {
    if (value instanceof Layer layer) {
      parts.add(new Part(name, layer, owner));
      if (!(layer.getClass().isHidden() || layer instanceof Record)) {
        Fields.requireNothingIn(layer, false, "nobody finds it");
      }
    }
    if (!opened.add(value)) {
      return;
    }
    switch (value) {
      case Object[] array -> addAll(name, Arrays.asList(array));
      case SequencedCollection<?> list -> addAll(name, list);
      case Map<?, ?> map -> entries(map).forEach(e -> add(Parts.join(name, key(e)), e.getValue()));
      case Record components -> addComponents(name, components);
      case Collection<?> unordered -> requireNothingIn(name, unordered);
      case Layer _ -> {}
      default -> noteHidden(name, value);
    }
  }

  private void noteHidden(String name, Object holder) {
    Object part = Fields.partIn(holder, false);
    if (part != null) {
      String place = "'" + name + "' of " + owner.getClass().getSimpleName();
      hidden.add(new Hidden(place, holder, part));
    }
  }

  private void addAll(String name, Collection<? extends @Nullable Object> values) {
    int index = 0;
    for (Object value : values) {
      add(join(name, Integer.toString(index++)), value);
    }
  }

  private static String key(Map.Entry<?, ?> entry) {
    return String.valueOf(entry.getKey());
  }

  /// The entries in the map's own order, if it has one, else by name, so that runs agree.
  private static List<? extends Map.Entry<?, ?>> entries(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (!(map instanceof SequencedMap || map instanceof EnumMap)) {
      entries.sort(Comparator.comparing(Parts::key));
    }
    return entries;
  }

  private void addComponents(String name, Record components) {
    if (components.getClass().getPackageName().equals(CORE)) {
      return;
    }
    Fields fields = Fields.of(components.getClass());
    for (Field closed : fields.closed()) {
      throw Fields.closed(closed);
    }
    for (Field field : fields.open()) {
      add(join(name, field.getName()), Fields.read(field, components));
    }
  }

  private void requireNothingIn(String name, Collection<?> unordered) {
    for (Object value : unordered) {
      if (value instanceof Parameter || value instanceof Buffer || value instanceof Layer) {
        throw new StateException(
                "'" + name + "' is a " + unordered.getClass().getSimpleName() + " without order")
            .hint("keep layers and parameters in a List or a LinkedHashMap, which name them");
      }
    }
  }
}
