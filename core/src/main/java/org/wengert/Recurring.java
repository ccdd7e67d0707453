package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// A cell that goes through a packed sequence: the samples of step 0, then those of step 1, and so
/// on, the longest sequences first, so that those of a step are the first of the step before. A
/// sequence of equal lengths is the special case of equal batches. Immutable.
final class Recurring {
  private final String attempt;
  private final Cell cell;
  private final List<CellWeights> weights;
  private final int directions;
  private final int[] batches;

  /// @param attempt the function, for messages
  /// @param batches how many samples each step has, never more than the step before
  Recurring(String attempt, Cell cell, List<CellWeights> weights, int directions, int[] batches) {
    this.attempt = attempt;
    this.cell = cell;
    this.weights = List.copyOf(weights);
    this.directions = directions;
    this.batches = batches.clone();
  }

  /// The outputs of all steps, and the states after the last, one for each variable of a state.
  record Result(Variable output, List<Variable> states) {}

  /// Goes through all layers.
  ///
  /// @param x of shape `(rows, features)`
  /// @param initial of shape `(layers · directions, samples, hidden)`, for each variable of a state
  Result run(Variable x, List<Variable> initial) {
    requireStates(x, initial);
    Variable y = x;
    List<List<Variable>> last = new ArrayList<>();
    for (int layer = 0; layer < weights.size() / directions; layer++) {
      List<Variable> outputs = new ArrayList<>();
      for (int direction = 0; direction < directions; direction++) {
        int index = layer * directions + direction;
        List<Variable> state = initial.stream().map(s -> s.select(0, index)).toList();
        CellWeights w = weights.get(index);
        cell.require(attempt, y, state.getFirst().size(-1), w);
        Variable a = cell.fromInput(y, w);
        outputs.add(direction == 0 ? forwards(a, state, w, last) : backwards(a, state, w, last));
      }
      y = outputs.size() == 1 ? outputs.getFirst() : F.cat(outputs, -1);
    }
    List<Variable> states = new ArrayList<>();
    for (int k = 0; k < cell.states(); k++) {
      int part = k;
      states.add(F.stack(last.stream().map(state -> state.get(part)).toList(), 0));
    }
    return new Result(y, states);
  }

  private void requireStates(Variable x, List<Variable> initial) {
    int samples = batches.length == 0 ? 0 : batches[0];
    for (Variable state : initial) {
      boolean fits =
          state.rank() == 3
              && state.size(0) == weights.size()
              && state.size(1) == samples
              && state.shape().equals(initial.getFirst().shape());
      if (!fits || weights.isEmpty() || weights.size() % directions != 0 || batches.length == 0) {
        throw (ShapeException)
            new ShapeException(
                    weights.size() + " cells for " + samples + " samples meet another state")
                .hint(
                    "give weights for each layer and direction, one or more steps, and states of"
                        + " shape (layers * directions, samples, hidden)")
                .during(attempt)
                .operand("input", x.name(), x.shape().toString())
                .operand("state", state.name(), state.shape().toString());
      }
    }
  }

  /// From the first step to the last. Sequences that end drop out of the state.
  private Variable forwards(
      Variable a, List<Variable> initial, CellWeights w, List<List<Variable>> last) {
    List<Variable> outputs = new ArrayList<>();
    List<List<Variable>> ended = new ArrayList<>();
    List<Variable> state = initial;
    int from = 0;
    for (int batch : batches) {
      if (batch < state.getFirst().size(0)) {
        ended.addFirst(rows(state, batch, state.getFirst().size(0)));
        state = rows(state, 0, batch);
      }
      state = cell.step(a.slice(0, from, from + batch), state, w);
      outputs.add(state.getFirst());
      from += batch;
    }
    ended.addFirst(state);
    last.add(joined(ended));
    return F.cat(outputs, 0);
  }

  /// From the last step to the first. Sequences that begin join the state.
  private Variable backwards(
      Variable a, List<Variable> initial, CellWeights w, List<List<Variable>> last) {
    List<Variable> outputs = new ArrayList<>();
    int end = Arrays.stream(batches).sum();
    int alive = batches[batches.length - 1];
    List<Variable> state = rows(initial, 0, alive);
    for (int t = batches.length - 1; t >= 0; t--) {
      if (batches[t] > alive) {
        state = joined(List.of(state, rows(initial, alive, batches[t])));
        alive = batches[t];
      }
      state = cell.step(a.slice(0, end - alive, end), state, w);
      outputs.add(state.getFirst());
      end -= alive;
    }
    last.add(state);
    Collections.reverse(outputs);
    return F.cat(outputs, 0);
  }

  private static List<Variable> rows(List<Variable> state, int from, int to) {
    return from == 0 && to == state.getFirst().size(0)
        ? state
        : state.stream().map(s -> s.slice(0, from, to)).toList();
  }

  private static List<Variable> joined(List<List<Variable>> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Variable> joined = new ArrayList<>();
    for (int k = 0; k < parts.getFirst().size(); k++) {
      int part = k;
      joined.add(F.cat(parts.stream().map(state -> state.get(part)).toList(), 0));
    }
    return joined;
  }

  /// A sequence of shape `(steps, samples, features)`, or samples first, as rows.
  static Variable rows(Variable x, RecurrentOptions options) {
    Variable stepsFirst = options.batchFirst() ? x.transpose(0, 1) : x;
    return stepsFirst.reshape(Shape.of(x.size(0) * x.size(1), x.size(2)));
  }
}
