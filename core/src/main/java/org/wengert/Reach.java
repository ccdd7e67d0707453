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
  private List<Step> steps = List.of();

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

  /// The paths from `y` to any of `xs` that use steps not older than `start` only.
  static Reach within(long start, Variable y, List<? extends Variable> xs) {
    Reach reach = new Reach(start);
    reach.mark(y, xs);
    return reach;
  }

  /// The variables older than `start` from which `y` was computed by steps that are: what a
  /// computation that began at `start` took from outside. In the order of creation.
  static List<Variable> outside(long start, Variable y) {
    Reach reach = new Reach(start);
    NodeSet seen = new NodeSet();
    List<Variable> found = new ArrayList<>();
    for (Step step : reach.candidates(y)) {
      for (Variable x : step.inputs()) {
        if (x.requiresGrad && number(x) < start && seen.add(number(x))) {
          found.add(x);
        }
      }
    }
    found.sort(Comparator.comparingLong(Reach::number));
    return found;
  }

  /// The steps behind `y`, operands before results.
  List<Step> ascending() {
    return steps;
  }

  /// Whether a gradient is needed at this variable.
  boolean contains(Variable x) {
    return onPath.contains(number(x));
  }

  /// Whether this node is not older than the floor: hooks of older ones are not called, and the
  /// walk does not go on behind them.
  boolean isInside(Variable x) {
    return number(x) >= floor;
  }

  /// First collects all candidates, then decides in ascending order of numbers, operands before
  /// results.
  private void mark(Variable y, List<? extends Variable> xs) {
    for (Variable x : xs) {
      onPath.add(number(x));
    }
    steps = candidates(y);
    steps.sort(Comparator.comparingLong(Step::number));
    for (Step step : steps) {
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
      if (open.pop() instanceof Step step && isInside(step) && seen.add(step.number())) {
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
