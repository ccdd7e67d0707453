package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Draw;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Calls of the fused operations on sequences.
final class SequenceContracts {
  private SequenceContracts() {}

  static FusedContracts.Call unroll(Draw d) {
    Cell cell = d.anyOf(Cell.values());
    int[] sizes = new int[1 + d.below(4)];
    Arrays.setAll(sizes, t -> d.isLarge() ? 17 + d.below(80) : d.size(1, 20));
    Arrays.sort(sizes);
    for (int i = 0, j = sizes.length - 1; i < j; i++, j--) {
      int size = sizes[i];
      sizes[i] = sizes[j];
      sizes[j] = size;
    }
    Batches batches = new Batches(sizes);
    int hidden = d.isLarge() ? 60 + d.below(10) : d.size(0, 20);
    int features = d.size(0, 20);
    boolean biased = d.flip();
    List<Tensor> operands = new ArrayList<>();
    operands.add(d.tensor(Shape.of(batches.rows(), features)));
    operands.add(d.tensor(Shape.of(cell.gates() * hidden, features)));
    operands.add(d.tensor(Shape.of(cell.gates() * hidden, hidden)));
    boolean blank = d.flip(); // a state of zeros takes no part in the first products
    for (int k = 0; k < cell.states(); k++) {
      Shape state = Shape.of(batches.samples(), hidden);
      operands.add(blank ? Tensor.zeros(state, d.dtype()) : d.tensor(state));
    }
    for (int k = 0; biased && k < 2; k++) {
      operands.add(d.tensor(Shape.of(cell.gates() * hidden)));
    }
    return new FusedContracts.Call(new Unroll(cell, d.flip(), batches, biased), operands);
  }

  static FusedContracts.Call attention(Draw d) {
    int queries = d.isLarge() ? 60 + d.below(90) : d.size(0, 33);
    int keys = d.isLarge() ? 60 + d.below(90) : d.size(0, 33);
    int size = d.size(0, 17);
    Shape lead = d.flip() ? Shape.of(2) : Shape.of(d.below(3), 1 + d.below(3));
    List<Tensor> operands = new ArrayList<>();
    operands.add(d.tensor(with(lead, queries, size)));
    operands.add(d.tensor(with(d.flip() ? lead : Shape.SCALAR, keys, size)));
    operands.add(d.tensor(with(lead, keys, d.size(0, 17))));
    if (d.flip()) {
      Shape mask = d.narrower(with(lead, queries, keys));
      operands.add(d.flip() ? d.booleans(mask) : d.tensor(mask, d.anyOf(DType.FLOAT32, d.dtype())));
    }
    boolean causal = d.flip();
    return new FusedContracts.Call(
        new ScaledDotProductAttention(causal, d.anyOf(1.0, 0.3, -2.0)), operands);
  }

  private static Shape with(Shape lead, int rows, int columns) {
    return lead.insert(lead.rank(), rows).insert(lead.rank() + 1, columns);
  }
}
