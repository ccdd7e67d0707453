package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
  private List<Segment> chain = List.of();

  /// One name of a path, and the call that gave it; null if the call is not known.
  private record Segment(String path, String kind, Scope.@Nullable Call call) {
    boolean isSame(Segment other) {
      return path.equals(other.path) && call == other.call;
    }
  }

  private Parts() {}

  /// The part of each step.
  ///
  /// @param steps in the order of creation
  static List<Part> of(List<Step> steps) {
    List<List<Segment>> chains = extended(chains(steps));
    Parts parts = new Parts();
    List<Part> found = new ArrayList<>(steps.size());
    for (List<Segment> wanted : chains) {
      found.add(parts.enter(wanted));
    }
    return found;
  }

  /// The calls around each step, as paths.
  private static List<List<Segment>> chains(List<Step> steps) {
    List<Scope.Call> all = new ArrayList<>();
    for (Step step : steps) {
      all.addAll(step.calls().reversed());
    }
    all.sort(
        Comparator.comparingLong(Scope.Call::start)
            .thenComparing(Comparator.comparingLong(Scope.Call::end).reversed()));
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
          around.push(call);
          paths.push(below(paths.element(), call));
        }
      }
      leave(around, paths, step.number() - 1);
      chains.add(paths.element());
    }
    return chains;
  }

  private static void leave(Deque<Scope.Call> around, Deque<List<Segment>> paths, long now) {
    while (!around.isEmpty() && around.element().end() <= now) {
      around.pop();
      paths.pop();
    }
  }

  /// The path of a call inside others: what it knows of itself, unless that begins with theirs.
  private static List<Segment> below(List<Segment> outer, Scope.Call call) {
    Scope scope = call.scope();
    String known = scope.scopePath().isEmpty() ? scope.scopeKind() : scope.scopePath();
    String path = outer.isEmpty() ? "" : outer.getLast().path();
    if (known.equals(path)) {
      return outer;
    }
    String rest =
        !path.isEmpty() && known.startsWith(path + ".")
            ? known.substring(path.length() + 1)
            : known;
    List<Segment> chain = new ArrayList<>(outer);
    List<String> names = Arrays.asList(rest.split("\\."));
    for (int i = 0; i < names.size(); i++) {
      path = path.isEmpty() ? names.get(i) : path + "." + names.get(i);
      boolean isLast = i == names.size() - 1;
      chain.add(new Segment(path, isLast ? scope.scopeKind() : "", isLast ? call : null));
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
