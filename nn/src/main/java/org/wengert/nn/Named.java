package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;

/// What all modules that are given parts by name or position share.
final class Named {
  private Named() {}

  /// Refuses what could not be a step in a path.
  static String requireName(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new OptionException("'" + name + "' is no name for a part of a module")
          .hint("a name is not empty and has no dot: dots separate the names in a path");
    }
    return name;
  }

  /// Refuses a part that is not there.
  static <T> T requirePart(String name, @Nullable T part) {
    if (part == null) {
      throw new OptionException("there is nothing to register as '" + name + "': it is null")
          .hint("make the part first, or leave it out");
    }
    return part;
  }

  /// Says where a part was built in, if it is a module. One that is shared stays where it was built
  /// in first.
  static void place(Module parent, String name, Object part) {
    if (part instanceof Module module && (module.parent() == null || module.parent() == parent)) {
      module.placed(parent, name);
    }
  }

  /// The error for a container that is called like a layer.
  static StateException noForward(Module container) {
    return new StateException(container.described() + " has no forward")
        .hint("call its parts from the forward of your module, or use a Sequential");
  }
}
