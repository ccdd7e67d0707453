package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;

/// What happens to each element of a cell's state in one step, as one loop: forwards from the sums
/// to the gates and the next state, backwards from the gradients of the state to those of the sums.
///
/// @param kernel computes the outputs from the inputs
/// @param arrays how many arrays the kernel has, outputs first
/// @param places which of them each slot is, by its number: one that is read and written is two
record CellLoop(Kernel kernel, int arrays, List<int[]> places) {
  /// The rows that a loop reads and writes.
  enum Slot {
    /// The sums of the gates, and then the gates.
    GATE_0,
    GATE_1,
    GATE_2,
    GATE_3,
    /// The hidden share of a gate that is not just added.
    SHARE,
    /// The hidden state.
    HIDDEN,
    HIDDEN_BEFORE,
    /// What an LSTM remembers.
    MEMORY,
    MEMORY_BEFORE,
    /// The gradients of the sums.
    SUM_0,
    SUM_1,
    SUM_2,
    SUM_3,
    SUM_SHARE,
    /// The gradient of the output.
    OUTPUT_GRADIENT,
    /// The gradients that come from the step behind.
    HIDDEN_GRADIENT,
    MEMORY_GRADIENT
  }

  private static final Slot[] GATES = {Slot.GATE_0, Slot.GATE_1, Slot.GATE_2, Slot.GATE_3};
  private static final Slot[] SUMS = {Slot.SUM_0, Slot.SUM_1, Slot.SUM_2, Slot.SUM_3};

  /// The place of a gate.
  static Slot gate(int k) {
    return GATES[k];
  }

  /// The place of the gradient of a gate's sum.
  static Slot sum(int k) {
    return SUMS[k];
  }

  /// Which arrays a slot is; none if the loop does not have it.
  int[] arraysOf(Slot slot) {
    return places.get(slot.ordinal());
  }

  static CellLoop forward(Cell cell) {
    return switch (cell) {
      case RNN_TANH -> Loops.TANH;
      case RNN_RELU -> Loops.RELU;
      case GRU -> Loops.GRU;
      case LSTM -> Loops.LSTM;
    };
  }

  static CellLoop backward(Cell cell) {
    return switch (cell) {
      case RNN_TANH -> Loops.TANH_BACK;
      case RNN_RELU -> Loops.RELU_BACK;
      case GRU -> Loops.GRU_BACK;
      case LSTM -> Loops.LSTM_BACK;
    };
  }

  /// A loop in the making: inputs are numbered as they are asked for.
  private static final class Draft {
    private final List<Slot> inputs = new ArrayList<>();
    private final List<Slot> outputs = new ArrayList<>();
    private final List<Expr> values = new ArrayList<>();

    Expr in(Slot slot) {
      inputs.add(slot);
      return Expr.input(inputs.size() - 1);
    }

    Draft out(Slot slot, Expr value) {
      outputs.add(slot);
      values.add(value);
      return this;
    }

    CellLoop done() {
      List<Slot> slots = new ArrayList<>(outputs);
      slots.addAll(inputs);
      List<int[]> places = new ArrayList<>();
      for (Slot slot : Slot.values()) {
        places.add(IntStream.range(0, slots.size()).filter(k -> slots.get(k) == slot).toArray());
      }
      Kernel kernel = Kernel.of(values.toArray(Expr[]::new));
      return new CellLoop(kernel, slots.size(), List.copyOf(places));
    }
  }

  /// Made when they are first wanted.
  private static final class Loops {
    static final CellLoop TANH = plain(Fn.TANH::of);
    static final CellLoop RELU = plain(x -> x.max(0));
    static final CellLoop TANH_BACK = plainBack((h, d) -> d.mul(h.square().rsub(1)));
    static final CellLoop RELU_BACK = plainBack((h, d) -> h.le(0).select(0, d));
    static final CellLoop GRU = gru();
    static final CellLoop GRU_BACK = gruBack();
    static final CellLoop LSTM = lstm();
    static final CellLoop LSTM_BACK = lstmBack();

    private interface One {
      Expr of(Expr x);
    }

    private interface Two {
      Expr of(Expr h, Expr gradient);
    }

    private static CellLoop plain(One f) {
      Draft loop = new Draft();
      return loop.out(Slot.HIDDEN, f.of(loop.in(Slot.GATE_0))).done();
    }

    private static CellLoop plainBack(Two f) {
      Draft loop = new Draft();
      Expr h = loop.in(Slot.HIDDEN);
      return loop.out(Slot.SUM_0, f.of(h, gradient(loop))).done();
    }

    private static Expr gradient(Draft loop) {
      return loop.in(Slot.OUTPUT_GRADIENT).add(loop.in(Slot.HIDDEN_GRADIENT));
    }

    private static CellLoop gru() {
      Draft loop = new Draft();
      Expr r = Fn.SIGMOID.of(loop.in(Slot.GATE_0));
      Expr z = Fn.SIGMOID.of(loop.in(Slot.GATE_1));
      Expr n = Fn.TANH.of(r.fma(loop.in(Slot.SHARE), loop.in(Slot.GATE_2)));
      Expr h = z.rsub(1).fma(n, z.mul(loop.in(Slot.HIDDEN_BEFORE)));
      return loop.out(Slot.GATE_0, r)
          .out(Slot.GATE_1, z)
          .out(Slot.GATE_2, n)
          .out(Slot.HIDDEN, h)
          .done();
    }

    private static CellLoop gruBack() {
      Draft loop = new Draft();
      Expr r = loop.in(Slot.GATE_0);
      Expr z = loop.in(Slot.GATE_1);
      Expr n = loop.in(Slot.GATE_2);
      Expr share = loop.in(Slot.SHARE);
      Expr before = loop.in(Slot.HIDDEN_BEFORE);
      Expr d = gradient(loop);
      Expr dn = d.mul(z.rsub(1)).mul(n.square().rsub(1));
      return loop.out(Slot.SUM_0, dn.mul(share).mul(r.mul(r.rsub(1))))
          .out(Slot.SUM_1, d.mul(before.sub(n)).mul(z.mul(z.rsub(1))))
          .out(Slot.SUM_2, dn)
          .out(Slot.SUM_SHARE, dn.mul(r))
          .out(Slot.HIDDEN_GRADIENT, d.mul(z))
          .done();
    }

    private static CellLoop lstm() {
      Draft loop = new Draft();
      Expr i = Fn.SIGMOID.of(loop.in(Slot.GATE_0));
      Expr f = Fn.SIGMOID.of(loop.in(Slot.GATE_1));
      Expr g = Fn.TANH.of(loop.in(Slot.GATE_2));
      Expr o = Fn.SIGMOID.of(loop.in(Slot.GATE_3));
      Expr c = f.fma(loop.in(Slot.MEMORY_BEFORE), i.mul(g));
      return loop.out(Slot.GATE_0, i)
          .out(Slot.GATE_1, f)
          .out(Slot.GATE_2, g)
          .out(Slot.GATE_3, o)
          .out(Slot.MEMORY, c)
          .out(Slot.HIDDEN, o.mul(Fn.TANH.of(c)))
          .done();
    }

    private static CellLoop lstmBack() {
      Draft loop = new Draft();
      Expr i = loop.in(Slot.GATE_0);
      Expr f = loop.in(Slot.GATE_1);
      Expr g = loop.in(Slot.GATE_2);
      Expr o = loop.in(Slot.GATE_3);
      Expr shown = Fn.TANH.of(loop.in(Slot.MEMORY));
      Expr d = gradient(loop);
      Expr back = loop.in(Slot.MEMORY_GRADIENT);
      Expr dc = d.mul(o).fma(shown.square().rsub(1), back);
      Expr before = loop.in(Slot.MEMORY_BEFORE);
      return loop.out(Slot.SUM_0, dc.mul(g).mul(i.mul(i.rsub(1))))
          .out(Slot.SUM_1, dc.mul(before).mul(f.mul(f.rsub(1))))
          .out(Slot.SUM_2, dc.mul(i).mul(g.square().rsub(1)))
          .out(Slot.SUM_3, d.mul(shown).mul(o.mul(o.rsub(1))))
          .out(Slot.MEMORY_GRADIENT, dc.mul(f))
          .done();
    }
  }
}
