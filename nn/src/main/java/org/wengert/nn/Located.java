package org.wengert.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wengert.Scope;
import org.wengert.StateException;

/// What a [Module] knows about its place in a model. Holds state: what it was told last.
abstract class Located extends Hooked implements Scope {
  private String path = "";
  private @Nullable Module outermost;
  private @Nullable Module parent;
  private String nameInParent = "";

  Located() {}

  /// Where this module was found: the path from the outermost module asked so far.
  final String path() {
    return path;
  }

  /// Where this module is, such as `encoder.fc1`: the path from the outermost module that was asked
  /// so far for its modules or parameters; empty for that one, and as long as nobody asked.
  @Override
  public final String scopePath() {
    String place = "";
    Located module = this;
    while (module.path.isEmpty() && module.parent != null) {
      place = Parts.join(module.nameInParent, place);
      module = module.parent;
    }
    return Parts.join(module.path, place);
  }

  /// The name of the class.
  @Override
  public final String scopeKind() {
    return ModuleText.typeName(this);
  }

  /// The outermost module that is known to contain this one.
  @Override
  public final Scope scopeWhole() {
    Located module = this;
    Located outer = module.outer();
    while (outer != module) {
      module = outer;
      outer = module.outer();
    }
    return module;
  }

  private Located outer() {
    if (outermost != null && outermost != this) {
      return outermost;
    }
    return parent == null ? this : parent;
  }

  /// The modules and parameters inside, as [Module#namedModules] and [Module#namedParameters] have
  /// them, but without naming the parameters; nothing, if the fields cannot be looked through.
  @Override
  public final Contents scopeContents() {
    try {
      Walk walk = Walk.of((Module) this);
      SequencedMap<String, String> kinds = new LinkedHashMap<>();
      walk.modules().forEach((path, module) -> kinds.put(path, module.scopeKind()));
      return new Contents(kinds, walk.parameters());
    } catch (StateException e) {
      return Scope.super.scopeContents();
    }
  }

  /// The module that [#path] starts from.
  final Module outermost() {
    return outermost == null ? (Module) this : outermost;
  }

  /// Says that a walk found this module. A path from a module further out, or from one that has
  /// nothing to do with those of the walk, stays.
  ///
  /// @param found all that the walk found
  final void located(Module outermost, String path, Set<Object> found) {
    if (this.outermost == null || this.outermost == outermost || found.contains(this.outermost)) {
      this.outermost = outermost;
      this.path = path;
    }
  }

  /// Says where this copy is: a path from a module that was not copied is none.
  final void relocated(Map<Object, Object> copies) {
    outermost = outermost == null ? null : (Module) copies.get(outermost);
    path = outermost == null ? "" : path;
    parent = parent == null ? null : (Module) copies.get(parent);
  }

  /// Says where this module was built in, for errors before it is found on a walk.
  final void placed(@Nullable Module parent, String name) {
    this.parent = parent;
    this.nameInParent = name;
  }

  /// The container that was built with this module, if there is one.
  final @Nullable Module parent() {
    return parent;
  }

  /// The name of this module in its container.
  final String nameInParent() {
    return nameInParent;
  }

  /// The class and, if known, the path, such as `Linear 'fc1'`: who speaks in an error. Layers of a
  /// [Sequential] know theirs from the start; a module in a field cannot see who holds it, and
  /// learns its path with the first call that looks for modules or parameters, such as
  /// [Module#parameters()] or [Module#train()].
  protected final String described() {
    String place = scopePath();
    String type = scopeKind();
    return place.isEmpty() ? type : type + " '" + place + "'";
  }
}
