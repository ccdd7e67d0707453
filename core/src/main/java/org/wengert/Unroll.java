package org.wengert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Element;
import org.wengert.backend.Matrix;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A recurrent cell taken through all steps of a packed sequence: one operation for a layer and a
/// direction, because a step is so small that recording it costs as much as computing it. The
/// input's share of all gates is one matrix product, a step is one more and one loop over the
/// gates, and the gradients of the weights are one product over all steps.
///
/// Operands are the input `(rows, features)`, the weights for input and hidden state (see
/// [CellWeights]), the state before, `(samples, hidden)` for each of its variables, and, if it is
/// `biased`, both biases. The result has the hidden state for each row of the input and, below
/// these, for an LSTM what each sample remembers in the end.
///
/// @param reversed whether it goes from the last step to the first
record Unroll(Cell cell, boolean reversed, Batches batches, boolean biased) implements Op.Fused {
  @Override
  public String formula() {
    return batches.steps() == 1 ? cell.formula(biased) : label() + "(…)";
  }

  @Override
  public String derivative(int input) {
    if (batches.steps() == 1) {
      return cell.derivative(input);
    }
    return "Σ ∂y/∂h(t) ∂h(t)/∂x" + (char) ('₁' + input);
  }

  private static final int APART = 32; // keeps rows of a power of two from sharing cache sets

  /// What the operands are.
  record Operands(
      Tensor x,
      Tensor input,
      Tensor hidden,
      Tensor h,
      Tensor c,
      @Nullable Tensor bias,
      @Nullable Tensor hiddenBias) {
    /// Whether the hidden state before the first step is 0, as it is by default.
    boolean isBlank() {
      for (int i = 0; i < h.count(); i++) {
        if (h.storage().at(h.offset() + i) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /// The cell's way through a sequence.
  ///
  /// @param state what it starts from
  static Variable of(
      Cell cell,
      boolean reversed,
      Batches batches,
      Variable x,
      List<Variable> state,
      CellWeights w) {
    boolean biased = w.inputBias() != null || w.hiddenBias() != null;
    List<Variable> xs = new ArrayList<>(List.of(x, w.input(), w.hidden()));
    xs.addAll(state);
    if (biased) {
      xs.add(bias(w.inputBias(), w));
      xs.add(bias(w.hiddenBias(), w));
    }
    return new Unroll(cell, reversed, batches, biased).apply(xs.toArray(Variable[]::new));
  }

  private static Variable bias(@Nullable Variable bias, CellWeights w) {
    Shape shape = Shape.of(w.hidden().size(0));
    return bias == null
        ? Variable.constant(Tensor.zeros(shape, w.hidden().dtype()))
        : bias.expand(shape);
  }

  @Override
  public String label() {
    return Labels.camelCase(cell);
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.get(0);
    Shape u = xs.get(2);
    int hidden = u.size(-1);
    Shape state = Shape.of(batches.samples(), hidden);
    boolean fits =
        x.rank() == 2
            && x.size(0) == batches.rows()
            && u.equals(Shape.of(cell.gates() * hidden, hidden))
            && xs.get(1).equals(Shape.of(cell.gates() * hidden, x.size(1)));
    for (int k = 0; k < cell.states(); k++) {
      fits &= xs.get(3 + k).equals(state);
    }
    if (!fits) {
      throw new ShapeException("rows " + x + " meet weights " + xs.get(1) + " and " + u)
          .hint("there are " + batches.rows() + " rows, and states of shape " + state);
    }
    return Shape.of(batches.rows() + (cell.states() - 1) * batches.samples(), hidden);
  }

  @Override
  public long multiplyAdds(List<Shape> xs, Shape y) {
    return (long) batches.rows() * (xs.get(1).count() + xs.get(2).count());
  }

  /// The operands in the type of the result.
  Operands operands(List<Tensor> xs) {
    DType type = type(xs);
    int last = 3 + cell.states();
    Tensor h = xs.get(3).to(type).contiguous();
    return new Operands(
        xs.get(0).to(type),
        xs.get(1).to(type),
        xs.get(2).to(type),
        h,
        cell.states() == 1 ? h : xs.get(4).to(type).contiguous(),
        biased ? xs.get(last).to(type) : null,
        biased ? xs.get(last + 1).to(type) : null);
  }

  private static DType type(List<Tensor> xs) {
    DType type = xs.getFirst().dtype();
    for (Tensor x : xs) {
      type = DType.promote(type, x.dtype());
    }
    return type.toFloating();
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape shape) {
    Operands o = operands(xs);
    DType type = o.x.dtype();
    int hidden = o.h.size(1);
    Shape rows = Shape.of(batches.rows(), hidden);
    Shape none = Shape.of(0, hidden);
    CellWalk walk =
        new CellWalk(
            cell,
            reversed,
            batches,
            sums(kernels, o),
            Tensor.empty(cell.shares() ? rows : none, type),
            Tensor.empty(shape, type),
            Tensor.empty(cell.states() == 1 ? none : rows, type),
            o.h,
            o.c,
            o.isBlank());
    Matrix across = across(o.hidden);
    walk.forEachGroup((from, to) -> forwards(kernels, walk, across, o.hiddenBias, from, to));
    if (cell.states() == 2) {
      rememberLast(walk);
    }
    return new Computed(walk.y(), walk.gates(), walk.share(), walk.memory());
  }

  /// The hidden weights with the gates side by side. For many steps they are copied, to rows that
  /// lie apart so far that the cache can hold those of some columns.
  private Matrix across(Tensor weights) {
    Tensor columns = weights.permute(1, 0);
    if (batches.steps() <= 2) {
      return Matrix.of(columns);
    }
    int gates = columns.size(1);
    Tensor apart = Tensor.empty(Shape.of(columns.size(0), gates + APART), weights.dtype());
    Tensor copy = apart.slice(1, 0, gates, 1);
    Elements.copy(columns, copy);
    return Matrix.of(copy);
  }

  /// `W x + b`, and what is known of the hidden share: its bias.
  private Tensor sums(Backend kernels, Operands o) {
    int joined = cell.joined() * o.h.size(1);
    Tensor sums = Tensor.empty(Shape.of(batches.rows(), o.input.size(0)), o.x.dtype());
    Matrix start = null;
    if (o.bias != null && o.hiddenBias != null) {
      Tensor both = o.bias.copy();
      kernels.accumulate(both.slice(0, 0, joined, 1), o.hiddenBias.slice(0, 0, joined, 1));
      start = Matrix.repeated(both, batches.rows());
    }
    kernels.multiply(Matrix.of(o.x), Matrix.of(o.input).transposed(), start, Matrix.of(sums));
    return sums;
  }

  private void forwards(
      Backend kernels, CellWalk walk, Matrix across, @Nullable Tensor bias, int from, int to) {
    int hidden = walk.hidden();
    int joined = cell.joined() * hidden;
    CellRows loop = new CellRows(kernels, CellLoop.forward(cell), Element.of(walk.y().dtype()));
    Matrix sums = Matrix.of(walk.gates()).columns(0, joined);
    Matrix shares = Matrix.of(walk.share());
    for (int i = 0; i < batches.steps(); i++) {
      walk.forEachPart(
          walk.step(i),
          from,
          to,
          (row, count, before, memory, at) -> {
            int inner = walk.isBlank(before) ? 0 : hidden;
            Matrix h = Matrix.rowMajor(before, at * hidden, count, hidden).columns(0, inner);
            Matrix weights = across.rows(0, inner);
            Matrix sum = sums.rows(row, count);
            if (inner > 0) {
              kernels.multiply(h, weights.columns(0, joined), sum, sum);
            }
            if (cell.shares()) {
              Matrix start =
                  bias == null
                      ? null
                      : Matrix.repeated(bias.slice(0, joined, joined + hidden, 1), count);
              kernels.multiply(h, weights.columns(joined, hidden), start, shares.rows(row, count));
            }
            walk.place(loop, row, before, memory, at);
            loop.run(count, hidden);
          });
    }
  }

  /// Puts what each sample remembers after its last step below the outputs.
  private void rememberLast(CellWalk walk) {
    int hidden = walk.hidden();
    int done = 0;
    for (int t = reversed ? 0 : batches.steps() - 1; t >= 0; t--) {
      int count = batches.size(t) - done;
      int to = (batches.rows() + done) * hidden;
      int from = (batches.start(t) + done) * hidden;
      Elements.copy(walk.memory().storage(), from, 1, walk.y().storage(), to, 1, count * hidden);
      done += count;
    }
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    return new UnrollGradients(this, kernels, past).all();
  }

  @Override
  public Variable compose(List<Variable> xs) {
    CellWeights w =
        biased
            ? new CellWeights(xs.get(1), xs.get(2), xs.get(xs.size() - 2), xs.getLast())
            : new CellWeights(xs.get(1), xs.get(2));
    List<Variable> state = xs.subList(3, 3 + cell.states());
    Variable sums = cell.fromInput(xs.getFirst(), w);
    List<Variable> outputs = new ArrayList<>();
    List<Variable> last =
        reversed ? backwards(sums, state, w, outputs) : forwards(sums, state, w, outputs);
    outputs.addAll(last.subList(1, last.size()));
    return F.cat(outputs, 0);
  }

  /// From the first step to the last. Sequences that end drop out of the state.
  private List<Variable> forwards(
      Variable sums, List<Variable> initial, CellWeights w, List<Variable> outputs) {
    List<List<Variable>> ended = new ArrayList<>();
    List<Variable> state = initial;
    for (int t = 0; t < batches.steps(); t++) {
      int alive = state.getFirst().size(0);
      if (batches.size(t) < alive) {
        ended.addFirst(rows(state, batches.size(t), alive));
        state = rows(state, 0, batches.size(t));
      }
      state = cell.step(sums.slice(0, batches.start(t), batches.start(t + 1)), state, w);
      outputs.add(state.getFirst());
    }
    ended.addFirst(state);
    return joined(ended);
  }

  /// From the last step to the first. Sequences that begin join the state.
  private List<Variable> backwards(
      Variable sums, List<Variable> initial, CellWeights w, List<Variable> outputs) {
    int alive = batches.size(batches.steps() - 1);
    List<Variable> state = rows(initial, 0, alive);
    for (int t = batches.steps() - 1; t >= 0; t--) {
      if (batches.size(t) > alive) {
        state = joined(List.of(state, rows(initial, alive, batches.size(t))));
        alive = batches.size(t);
      }
      state = cell.step(sums.slice(0, batches.start(t), batches.start(t + 1)), state, w);
      outputs.add(state.getFirst());
    }
    Collections.reverse(outputs);
    return state;
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
}
