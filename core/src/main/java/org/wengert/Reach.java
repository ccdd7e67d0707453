package org.wengert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The nodes that lie on a path from `y` back to one of some targets: those whose gradients a sweep
/// for the targets needs.
final class Reach {
  private final long floor;
  private final NodeSet onPath = new NodeSet();

  private Reach(long floor) {
    this.floor = floor;
  }

  /// All paths from `y` to any of `xs`.
  static Reach from(Variable y, List<? extends Variable> xs) {
    long oldest = Long.MAX_VALUE;
    for (Variable x : xs) {
      oldest = Math.min(oldest, number(x));
    }
    Reach reach = new Reach(oldest);
    reach.mark(y, xs);
    return reach;
  }

  /// The paths from `y` to `x` that use steps not older than `start` only.
  static Reach within(long start, Variable y, Variable x) {
    Reach reach = new Reach(start);
    reach.mark(y, List.of(x));
    return reach;
  }

  /// Whether a gradient is needed at this variable.
  boolean contains(Variable x) {
    return onPath.contains(number(x));
  }

  /// Whether the walk goes on behind this step.
  boolean expands(Step step) {
    return step.number() >= floor;
  }

  /// First collects all candidates, then decides in ascending order of numbers, operands before
  /// results.
  private void mark(Variable y, List<? extends Variable> xs) {
    for (Variable x : xs) {
      onPath.add(number(x));
    }
    List<Step> candidates = candidates(y);
    candidates.sort(Comparator.comparingLong(Step::number));
    for (Step step : candidates) {
      int inputs = step.inputCount();
      for (int i = 0; i < inputs; i++) {
        if (step.input(i).requiresGrad && onPath.contains(number(step.input(i)))) {
          onPath.add(step.number());
          break;
        }
      }
    }
  }

  private List<Step> candidates(Variable y) {
    List<Step> found = new ArrayList<>();
    NodeSet seen = new NodeSet();
    ArrayDeque<Variable> open = new ArrayDeque<>();
    open.push(y);
    while (!open.isEmpty()) {
      if (open.pop() instanceof Step step && expands(step) && seen.add(step.number())) {
        found.add(step);
        int inputs = step.inputCount();
        for (int i = 0; i < inputs; i++) {
          open.push(step.input(i));
        }
      }
    }
    return found;
  }

  private static long number(Variable x) {
    return x instanceof Node node ? node.number() : 0;
  }
}
