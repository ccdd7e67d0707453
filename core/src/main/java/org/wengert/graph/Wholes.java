package org.wengert.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wengert.Scope;
import org.wengert.Step;
import org.wengert.Variable;

/// What the models know whose parts a graph consists of: the names of their parameters, and of what
/// kind each part is. They are asked once for each snapshot; nothing is written into them.
final class Wholes {
  /// A model with the name that it has here, such as `Net`, and `Net2` for another one.
  private record Whole(String name, Scope.Contents contents) {}

  /// Where a variable is in a model.
  private record Home(Whole whole, String path) {}

  private final IdentityHashMap<Scope, Whole> wholes = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>(); // of models, by kind
  private final IdentityHashMap<Variable, Home> homes = new IdentityHashMap<>();
  private final Set<Variable> counted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Integer> uses = new LinkedHashMap<>(); // of paths, by models

  private Wholes() {}

  /// The models of the calls in which these steps were recorded.
  ///
  /// @param steps in the order of creation
  static Wholes of(List<Step> steps) {
    Wholes wholes = new Wholes();
    Set<Scope> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Scope.Call call : Parts.calls(steps)) { // outer ones first: they know where inner ones are
      if (seen.add(call.scope())) {
        wholes.enter(call.scope().scopeWhole());
      }
    }
    steps.forEach(wholes::count);
    return wholes;
  }

  private void enter(Scope scope) {
    if (!wholes.containsKey(scope)) {
      Scope.Contents contents = scope.scopeContents();
      String kind = scope.scopeKind();
      int count = counts.merge(kind, 1, Integer::sum);
      Whole whole = new Whole(count == 1 ? kind : kind + count, contents);
      wholes.put(scope, whole);
      contents.variables().forEach((path, x) -> homes.putIfAbsent(x, new Home(whole, path)));
    }
  }

  /// Counts the models that have a parameter in this graph under the same path.
  private void count(Step step) {
    for (Variable x : step.inputs()) {
      Home home = homes.get(x);
      if (home != null && counted.add(x)) {
        uses.merge(home.path(), 1, Integer::sum);
      }
    }
  }

  /// What a variable is called: as it was named, else by its path in its model, with the model's
  /// name before it if several have such a path. A name of one word that its layer gave it, such as
  /// `weight`, is the end of the path.
  String name(Variable x) {
    Home home = homes.get(x);
    String own = x.name();
    if (home == null) {
      return own;
    }
    String path = home.path();
    boolean isEnd = !own.contains(".") && path.endsWith("." + own);
    if (!own.isEmpty() && !own.equals(path) && !isEnd) {
      return own;
    }
    return uses.getOrDefault(path, 0) > 1 ? home.whole().name() + "." + path : path;
  }

  /// Where a part is; a model itself is called by its kind.
  String path(Scope scope) {
    Whole whole = wholes.get(scope);
    String path = scope.scopePath();
    return !path.isEmpty() ? path : whole == null ? scope.scopeKind() : whole.name();
  }

  /// The kind of the part at a path of the model that `scope` is in; empty if it is not known.
  String kind(Scope scope, String path) {
    Whole whole = wholes.get(scope.scopeWhole());
    return whole == null ? "" : whole.contents().kinds().getOrDefault(path, "");
  }
}
