package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a computation, and the part around it.
///
/// @param outer null if there is none
record Place(Scope scope, @Nullable Place outer) {
  /// Such as `Linear 'encoder.fc1'`.
  @Override
  public String toString() {
    List<Scope> scopes = new ArrayList<>();
    for (Place place = this; place != null; place = place.outer) {
      scopes.addFirst(place.scope);
    }
    return described(scopes);
  }

  /// Where the innermost of some scopes is, the outermost first: its kind, and the path that they
  /// know, as [Scope#scopePath] joins them.
  static String described(List<? extends Scope> scopes) {
    Scope asked = null;
    for (Scope scope : scopes) {
      if (scope.scopeWhole() != asked) {
        asked = scope.scopeWhole();
        asked.scopeContents(); // from now on those inside know their paths
      }
    }
    String path = "";
    List<Scope> around = new ArrayList<>();
    for (Scope scope : scopes) {
      if (around.isEmpty() || around.getFirst() != scope) { // a call of one that opens itself
        String known = scope.scopePathIn(around);
        path = path.isEmpty() || known.isEmpty() ? path + known : path + "." + known;
        around.addFirst(scope);
      }
    }
    if (scopes.isEmpty()) {
      return "";
    }
    String kind = scopes.getLast().scopeKind();
    String type = kind.isEmpty() ? "part" : kind;
    boolean isNamed = !scopes.getLast().scopePath().isEmpty();
    return path.isEmpty() ? type : type + (isNamed ? " '" : " in '") + path + "'";
  }
}
