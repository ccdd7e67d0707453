package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Scope;
import org.wengert.Step;

/// Finds the part in which each step was recorded.
///
/// A call of a scope is an interval of the global clock, and calls nest, so a step is in the
/// innermost interval around it. A model whose `forward` was called directly left no interval; but
/// what lies between two calls of layers below `blocks.0` was most likely recorded by `blocks.0`.
/// So a step between two such calls belongs to the common beginning of their paths. Parts that are
/// runs of consecutive steps can be folded without making a cycle.
final class Parts {
  private final Part whole = new Part(null, "", "", 1);
  private final Map<String, Integer> calls = new LinkedHashMap<>();
  private final List<Part> open = new ArrayList<>();
  private final Wholes wholes;
  private List<Segment> chain = List.of();

  /// One name of a path, and the call that gave it; null if the call is not known.
  private record Segment(String path, String kind, Scope.@Nullable Call call) {
    boolean isSame(Segment other) {
      return path.equals(other.path) && call == other.call;
    }
  }

  private Parts(Wholes wholes) {
    this.wholes = wholes;
  }

  /// The part of each step.
  ///
  /// @param steps in the order of creation
  static List<Part> of(List<Step> steps, Wholes wholes) {
    Parts parts = new Parts(wholes);
    List<List<Segment>> chains = extended(parts.chains(steps));
    List<Part> found = new ArrayList<>(steps.size());
    for (List<Segment> wanted : chains) {
      found.add(parts.enter(wanted));
    }
    return found;
  }

  /// The calls around each step, as paths.
  private List<List<Segment>> chains(List<Step> steps) {
    List<Scope.Call> all = calls(steps);
    Deque<Scope.Call> around = new ArrayDeque<>();
    Deque<List<Segment>> paths = new ArrayDeque<>();
    paths.push(List.of());
    List<List<Segment>> chains = new ArrayList<>(steps.size());
    int next = 0;
    for (Step step : steps) {
      while (next < all.size() && all.get(next).start() < step.number()) {
        leave(around, paths, all.get(next).start());
        Scope.Call call = all.get(next++);
        if (call.end() >= step.number()) {
          paths.push(below(paths.element(), around, call));
          around.push(call);
        }
      }
      leave(around, paths, step.number() - 1);
      chains.add(paths.element());
    }
    return chains;
  }

  /// All calls in which steps were recorded, outer ones before those inside.
  static List<Scope.Call> calls(List<Step> steps) {
    List<Scope.Call> all = new ArrayList<>();
    for (Step step : steps) {
      all.addAll(step.calls().reversed());
    }
    all.sort(
        Comparator.comparingLong(Scope.Call::start)
            .thenComparing(Comparator.comparingLong(Scope.Call::end).reversed()));
    return all;
  }

  private static void leave(Deque<Scope.Call> around, Deque<List<Segment>> paths, long now) {
    while (!around.isEmpty() && around.element().end() <= now) {
      around.pop();
      paths.pop();
    }
  }

  /// The path of a call inside others: theirs, and what of its own goes on from there.
  ///
  /// @param around the calls, the innermost first
  private List<Segment> below(List<Segment> outer, Iterable<Scope.Call> around, Scope.Call call) {
    Scope scope = call.scope();
    List<Scope> scopes = new ArrayList<>();
    around.forEach(one -> scopes.add(one.scope()));
    if (!scopes.isEmpty() && scopes.getFirst() == scope) {
      return outer; // a call of a layer that opens a scope of itself
    }
    String known = wholes.path(scope);
    boolean isWhole = scope.scopePath().isEmpty();
    int end = isWhole ? -1 : known.length() - scope.scopePathIn(scopes).length() - 1;
    String path = outer.isEmpty() ? "" : outer.getLast().path();
    List<Segment> chain = new ArrayList<>(outer);
    while (end < known.length()) {
      int start = end + 1;
      int dot = known.indexOf('.', start);
      end = dot < 0 ? known.length() : dot;
      String name = known.substring(start, end);
      path = path.isEmpty() ? name : path + "." + name;
      boolean isLast = end == known.length();
      String kind = isLast ? scope.scopeKind() : wholes.kind(scope, known.substring(0, end));
      chain.add(new Segment(path, kind, isLast ? call : null));
    }
    return List.copyOf(chain);
  }

  /// Puts the steps between two calls into what the paths of these have in common.
  private static List<List<Segment>> extended(List<List<Segment>> chains) {
    List<List<Segment>> extended = new ArrayList<>(chains);
    int from = 0;
    while (from < chains.size()) {
      int to = from + 1;
      while (to < chains.size() && chains.get(to) == chains.get(from)) {
        to++;
      }
      if (from > 0 && to < chains.size()) {
        List<Segment> common = common(chains.get(from - 1), chains.get(to));
        if (common.size() > chains.get(from).size()
            && common(common, chains.get(from)).size() == chains.get(from).size()) {
          extended.subList(from, to).replaceAll(_ -> common);
        }
      }
      from = to;
    }
    return extended;
  }

  private static List<Segment> common(List<Segment> a, List<Segment> b) {
    int length = 0;
    while (length < Math.min(a.size(), b.size()) && a.get(length).isSame(b.get(length))) {
      length++;
    }
    return a.subList(0, length);
  }

  /// Leaves the parts that are not wanted any more and enters those that are new.
  private Part enter(List<Segment> wanted) {
    int kept = common(chain, wanted).size();
    open.subList(kept, open.size()).clear();
    for (Segment segment : wanted.subList(kept, wanted.size())) {
      Part parent = open.isEmpty() ? whole : open.getLast();
      int call = calls.merge(segment.path(), 1, Integer::sum);
      open.add(new Part(parent, segment.path(), segment.kind(), call));
    }
    chain = wanted;
    return open.isEmpty() ? whole : open.getLast();
  }

  /// The outermost part around `part`.
  static Part whole(Part part) {
    Part at = part;
    while (at.parent() != null) {
      at = at.parent();
    }
    return at;
  }

  /// The innermost part that both are in.
  static Part common(Part a, Part b) {
    Part at = a;
    while (!b.isIn(at) && at.parent() != null) {
      at = at.parent();
    }
    return at;
  }
}
