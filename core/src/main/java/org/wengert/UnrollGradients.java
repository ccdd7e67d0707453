package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.CellLoop.Slot;
import org.wengert.backend.Backend;
import org.wengert.backend.Element;
import org.wengert.backend.Matrix;
import org.wengert.backend.Reduction;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The way back through the steps of an [Unroll]: the gradients of all sums, from which those of
/// the weights follow at once.
final class UnrollGradients {
  private final Unroll op;
  private final Backend kernels;
  private final boolean[] wanted;
  private final Unroll.Operands operands;
  private final CellWalk walk;
  private final int hidden;
  private final int joined;
  private final Tensor gy;
  private final Tensor sums;
  private final Tensor shares;
  private final Tensor first;
  private final Tensor memory;

  UnrollGradients(Unroll op, Backend kernels, Op.Fused.Past past) {
    this.op = op;
    this.kernels = kernels;
    wanted = past.wanted();
    operands = op.operands(past.xs());
    DType type = past.y().dtype();
    Tensor[] saved = past.saved();
    walk =
        new CellWalk(
            op.cell(),
            op.reversed(),
            op.batches(),
            saved[0],
            saved[1],
            past.y(),
            saved[2],
            operands.h(),
            operands.c(),
            operands.isBlank());
    hidden = walk.hidden();
    joined = op.cell().joined() * hidden;
    gy = past.gy().to(type).contiguous();
    sums = Tensor.empty(saved[0].shape(), type);
    shares = Tensor.empty(saved[1].shape(), type);
    first = Tensor.zeros(operands.h().shape(), type);
    int rows = op.batches().rows();
    memory = gy.slice(0, rows, gy.size(0), 1).copy();
  }

  /// The gradients of the operands, null where none is wanted.
  List<@Nullable Tensor> all() {
    Matrix weight = Matrix.of(operands.hidden());
    walk.forEachGroup((from, to) -> back(weight, from, to));
    List<@Nullable Tensor> all = new ArrayList<>();
    all.add(wanted[0] ? product(Matrix.of(sums), Matrix.of(operands.input())) : null);
    all.add(wanted[1] ? product(Matrix.of(sums).transposed(), Matrix.of(operands.x())) : null);
    all.add(wanted[2] ? hiddenWeight() : null);
    all.add(wanted[3] ? first : null);
    if (op.cell().states() == 2) {
      all.add(wanted[4] ? memory : null);
    }
    if (op.biased()) {
      int at = all.size();
      Tensor bias = wanted[at] || wanted[at + 1] ? sum(sums) : first;
      all.add(wanted[at] ? bias : null);
      all.add(wanted[at + 1] ? hiddenBias(bias) : null);
    }
    return all;
  }

  private void back(Matrix weight, int from, int to) {
    Batches batches = op.batches();
    CellLoop backward = CellLoop.backward(op.cell());
    CellRows loop = new CellRows(kernels, backward, Element.of(gy.dtype()));
    for (int i = batches.steps() - 1; i >= 0; i--) {
      int t = walk.step(i);
      int start = batches.start(t);
      walk.forEachPart(
          t,
          from,
          to,
          (row, count, before, remembered, at) -> {
            walk.place(loop, row, before, remembered, at);
            place(loop, row, row - start);
            loop.run(count, hidden);
          });
      int count = Math.min(to, batches.size(t)) - from;
      if (count > 0 && (i > 0 || wanted[3])) {
        toStepBefore(weight, start + from, Matrix.of(first).rows(from, count));
      }
    }
  }

  private void place(CellRows loop, int row, int sample) {
    int across = sums.size(1);
    for (int k = 0; k < op.cell().gates(); k++) {
      loop.place(CellLoop.sum(k), sums.storage(), row * across + k * hidden, across);
    }
    loop.place(Slot.SUM_SHARE, shares.storage(), row * hidden, hidden);
    loop.place(Slot.OUTPUT_GRADIENT, gy.storage(), row * hidden, hidden);
    loop.place(Slot.HIDDEN_GRADIENT, first.storage(), sample * hidden, hidden);
    loop.place(Slot.MEMORY_GRADIENT, memory.storage(), sample * hidden, hidden);
  }

  /// The gradient that goes to the hidden state before; a GRU also lets it pass by the gates.
  private void toStepBefore(Matrix weight, int row, Matrix to) {
    Matrix gradients = Matrix.of(sums).columns(0, joined).rows(row, to.rows());
    boolean passing = op.cell().shares();
    kernels.multiply(gradients, weight.rows(0, joined), passing ? to : null, to);
    if (passing) {
      Matrix more = Matrix.of(shares).rows(row, to.rows());
      kernels.multiply(more, weight.rows(joined, hidden), to, to);
    }
  }

  private Tensor product(Matrix a, Matrix b) {
    Tensor y = Tensor.empty(Shape.of(a.rows(), b.columns()), gy.dtype());
    kernels.multiply(a, b, null, Matrix.of(y));
    return y;
  }

  private Tensor sum(Tensor rows) {
    return kernels.reduce(Reduction.SUM, rows, Shape.of(rows.size(1)));
  }

  private Tensor hiddenBias(Tensor bias) {
    if (!op.cell().shares()) {
      return bias;
    }
    List<Tensor> parts = List.of(bias.slice(0, 0, joined, 1), sum(shares));
    return kernels.cat(parts, 0, bias.shape(), bias.dtype());
  }

  /// The sum over all rows of the gradient times the state before.
  private Tensor hiddenWeight() {
    Outer outer = new Outer();
    Batches batches = op.batches();
    for (int t = 0; t < batches.steps(); t++) {
      walk.forEachPart(
          t,
          0,
          batches.size(t),
          (row, count, before, memories, at) -> {
            if (!walk.isBlank(before)) {
              outer.add(row, count, before, at);
            }
          });
    }
    outer.finish();
    return outer.begun ? outer.sum : Tensor.zeros(outer.sum.shape(), gy.dtype());
  }

  /// A sum of outer products, in few long ones: rows that follow each other, as their states before
  /// do, are taken together.
  private final class Outer {
    final Tensor sum = Tensor.empty(operands.hidden().shape(), gy.dtype());
    boolean begun; // the sum holds something
    private Storage states = walk.y().storage();
    private int row;
    private int at;
    private int count;

    void add(int row, int count, Storage states, int at) {
      if (states == this.states && row == this.row + this.count && at == this.at + this.count) {
        this.count += count;
        return;
      }
      finish();
      this.states = states;
      this.row = row;
      this.at = at;
      this.count = count;
    }

    void finish() {
      if (count > 0) {
        Matrix h = Matrix.rowMajor(states, at * hidden, count, hidden);
        multiply(Matrix.of(sums).columns(0, joined), h, Matrix.of(sum).rows(0, joined));
        if (op.cell().shares()) {
          multiply(Matrix.of(shares), h, Matrix.of(sum).rows(joined, hidden));
        }
        begun = true;
      }
    }

    private void multiply(Matrix gradients, Matrix h, Matrix to) {
      kernels.multiply(gradients.rows(row, count).transposed(), h, begun ? to : null, to);
    }
  }
}
