package org.wengert;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// A part of a computation that has a name, such as a layer: drawings fold what was recorded in it
/// into one box. PyTorch's `record_function`, JAX's `named_scope`.
///
/// ```java
/// Variable scores = Scope.named("attention", () -> q.matMul(k.mT()).div(8));
/// ```
///
/// Every layer of the library is a scope; so is each module of yours that is called by `call`. A
/// scope costs some ten nanoseconds a call, and keeps nothing but what the recorded graph keeps
/// anyway.
public interface Scope {
  /// Where this part is, such as `blocks.0.attention`: the names of the parts around it and its
  /// own, joined by dots. Empty if it is not known.
  String scopePath();

  /// What kind of part it is, such as `Linear`.
  String scopeKind();

  /// The outermost part that is known to contain this one, such as the model of a layer; this one,
  /// if none is. Asked for when a graph is looked at.
  default Scope scopeWhole() {
    return this;
  }

  /// The end of [#scopePath] that the scopes around this one do not tell: `lin` inside of
  /// `net.block`, whose own path is `net.block.lin`; all of it inside of what it does not belong
  /// to.
  ///
  /// @param around the innermost first
  default String scopePathIn(Iterable<? extends Scope> around) {
    String path = scopePath();
    Scope whole = scopeWhole();
    for (Scope outer : around) {
      String start = outer.scopePath() + ".";
      boolean isKin = whole == this || outer.scopeWhole() == whole;
      if (isKin && path.startsWith(start)) {
        return path.substring(start.length());
      }
      if (outer == whole) {
        return path;
      }
    }
    return path;
  }

  /// What this part contains, by paths; from now on the parts in it know their [#scopePath]. Asked
  /// for when a graph is looked at or an error written, so it costs nothing while one is recorded.
  default Contents scopeContents() {
    return new Contents(new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /// The parts and variables in a part.
  ///
  /// @param kinds the kind of each part that is inside, such as `Linear`, by its path
  /// @param variables what belongs to it, such as parameters, each by its path, under which
  ///     drawings show it unless it was given a name
  record Contents(
      SequencedMap<String, String> kinds, SequencedMap<String, ? extends Variable> variables) {}

  /// One call of a scope: everything recorded on the calling thread between two readings of the
  /// global clock.
  ///
  /// @param start the number of the last node before the call
  /// @param end the number of the last node of the call
  record Call(Scope scope, long start, long end) {
    /// Whether a node was created during this call.
    public boolean contains(Node node) {
      return start < node.number() && node.number() <= end;
    }
  }

  /// The result of `body`, as a part of this name. Inside another scope it is a part of that one.
  static Variable named(String name, Supplier<Variable> body) {
    return around(new NamedScope(name), body, y -> y);
  }

  /// What `body` gives, as a part of its own.
  ///
  /// @param result the variable in it that the part has computed; if it was not recorded during the
  ///     call, nothing is noted
  static <T> T around(Scope scope, Supplier<T> body, Function<? super T, Variable> result) {
    long start = Clock.now();
    T found = Watch.isAny() ? Watch.inside(scope, body) : body.get();
    Remarks.note(scope, start, result.apply(found));
    return found;
  }
}
