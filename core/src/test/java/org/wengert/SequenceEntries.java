package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.s;

import java.util.ArrayList;
import java.util.List;
import org.wengert.tensor.Shape;

/// The catalogue's operations on sequences.
final class SequenceEntries {
  private SequenceEntries() {}

  static void list() {
    Batches packed = new Batches(3, 2, 2, 1);
    for (boolean reversed : new boolean[] {false, true}) {
      cell(new Unroll(Cell.LSTM, reversed, packed, true), 3, 2);
      cell(new Unroll(Cell.GRU, reversed, packed, true), 2, 3);
      cell(new Unroll(Cell.RNN_TANH, reversed, packed, true), 1, 2);
    }
    add(
        new Unroll(Cell.RNN_RELU, false, packed, true),
        List.of(operands(Cell.RNN_RELU, packed, true, 2, 2)),
        Domain.between(0.1, 0.4));
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_TANH)) {
      cell(new Unroll(cell, false, new Batches(1), false), 1, 1);
      cell(new Unroll(cell, true, Batches.equal(2, 2), false), 0, 2);
    }
    attention();
  }

  private static void cell(Unroll op, int features, int hidden) {
    List<Shape> operands = operands(op.cell(), op.batches(), op.biased(), features, hidden);
    List<Shape> wrong = new ArrayList<>(operands);
    wrong.set(0, s(op.batches().rows() + 1, features));
    add(op, List.of(operands), Domain.REAL)
        .refuses("rows " + wrong.getFirst() + " meet weights", wrong.toArray(new Shape[0]));
  }

  private static List<Shape> operands(
      Cell cell, Batches batches, boolean biased, int features, int hidden) {
    int gates = cell.gates() * hidden;
    List<Shape> operands = new ArrayList<>();
    operands.add(s(batches.rows(), features));
    operands.add(s(gates, features));
    operands.add(s(gates, hidden));
    for (int k = 0; k < cell.states(); k++) {
      operands.add(s(batches.samples(), hidden));
    }
    if (biased) {
      operands.add(s(gates));
      operands.add(s(gates));
    }
    return operands;
  }

  private static void attention() {
    add(
            new ScaledDotProductAttention(false, 0.7),
            List.of(
                List.of(s(3, 2), s(4, 2), s(4, 3)),
                List.of(s(2, 3, 2), s(4, 2), s(2, 4, 2)),
                List.of(s(2, 2), s(3, 2), s(3, 2), s(2, 3)),
                List.of(s(2, 1, 2, 2), s(3, 3, 2), s(3, 2), s(3)),
                List.of(s(1, 1), s(1, 1), s(1, 1)),
                List.of(s(0, 2), s(3, 2), s(3, 2)),
                List.of(s(2, 0), s(2, 0), s(2, 1))),
            Domain.REAL)
        .refuses("queries (3, 2) meet keys (3, 3)", s(3, 2), s(3, 3), s(3, 2))
        .refuses("keys (4, 2) meet values (3, 2)", s(3, 2), s(4, 2), s(3, 2));
    add(
        new ScaledDotProductAttention(true, -0.5),
        List.of(
            List.of(s(3, 2), s(3, 2), s(3, 2)),
            List.of(s(2, 2, 2), s(2, 4, 2), s(2, 4, 1)),
            List.of(s(4, 2), s(2, 2), s(2, 1), s(4, 2))),
        Domain.REAL);
  }
}
