package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// A network of cells, layer by layer, that goes through a packed sequence. Immutable.
final class Recurring {
  private final String attempt;
  private final Cell cell;
  private final List<CellWeights> weights;
  private final int directions;
  private final Batches batches;

  /// @param attempt the function, for messages
  Recurring(String attempt, Cell cell, List<CellWeights> weights, int directions, Batches batches) {
    this.attempt = attempt;
    this.cell = cell;
    this.weights = List.copyOf(weights);
    this.directions = directions;
    this.batches = batches;
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
        Variable whole = Unroll.of(cell, direction == 1, batches, y, state, w);
        last.add(last(whole, direction));
        outputs.add(cell.states() == 1 ? whole : whole.slice(0, 0, batches.rows()));
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
    int samples = batches.samples();
    for (Variable state : initial) {
      boolean fits =
          state.rank() == 3
              && state.size(0) == weights.size()
              && state.size(1) == samples
              && state.shape().equals(initial.getFirst().shape());
      if (!fits || weights.isEmpty() || weights.size() % directions != 0 || batches.steps() == 0) {
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

  /// The hidden states and what an LSTM remembers in the end.
  private List<Variable> last(Variable whole, int direction) {
    List<Variable> last = new ArrayList<>();
    last.add(direction == 1 ? whole.slice(0, 0, batches.samples()) : lastRows(whole));
    if (cell.states() == 2) {
      last.add(whole.slice(0, batches.rows(), whole.size(0)));
    }
    return last;
  }

  /// The rows of each sample's last step.
  private Variable lastRows(Variable y) {
    List<Variable> parts = new ArrayList<>();
    int done = 0;
    for (int t = batches.steps() - 1; t >= 0; t--) {
      if (batches.size(t) > done) {
        parts.add(y.slice(0, batches.start(t) + done, batches.start(t + 1)));
        done = batches.size(t);
      }
    }
    return parts.size() == 1 ? parts.getFirst() : F.cat(parts, 0);
  }

  /// A sequence of shape `(steps, samples, features)`, or samples first, as rows.
  static Variable rows(Variable x, RecurrentOptions options) {
    Variable stepsFirst = options.batchFirst() ? x.transpose(0, 1) : x;
    return stepsFirst.reshape(Shape.of(x.size(0) * x.size(1), x.size(2)));
  }
}
