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
    if (!scopes.isEmpty()) {
      scopes.getFirst().scopeWhole().scopeContents(); // from now on those inside know their paths
    }
    String path = "";
    for (Scope scope : scopes) {
      String known = scope.scopePath();
      boolean isWhole = path.isEmpty() || known.equals(path) || known.startsWith(path + ".");
      path = known.isEmpty() ? path : isWhole ? known : path + "." + known;
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
