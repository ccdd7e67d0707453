package org.wengert;

import java.util.List;
import org.wengert.tensor.ShapeException;

/// One step of a recurrent network: the next state from the input's share of the gates and the
/// state before.
enum Cell {
  /// `h' = tanh(a)`, with `a = W x + b + U h + c`.
  RNN_TANH(1, 1, 1) {
    @Override
    List<Variable> next(Variable a, Variable u, List<Variable> state) {
      return List.of(a.add(u).tanh());
    }

    @Override
    String formula(String a, String u) {
      return "tanh(" + a + " + " + u + ")";
    }

    @Override
    String sums() {
      return "(1 - y²)";
    }
  },
  /// `h' = max(a, 0)`.
  RNN_RELU(1, 1, 1) {
    @Override
    List<Variable> next(Variable a, Variable u, List<Variable> state) {
      return List.of(a.add(u).relu());
    }

    @Override
    String formula(String a, String u) {
      return "relu(" + a + " + " + u + ")";
    }

    @Override
    String sums() {
      return "(1 if y > 0, else 0)";
    }
  },
  /// `h' = (1 - z) n + z h` with `n = tanh(Wn x + bn + r (Un h + cn))`: the gate `r` forgets, `z`
  /// keeps.
  GRU(3, 2, 1) {
    @Override
    List<Variable> next(Variable a, Variable u, List<Variable> state) {
      Variable r = gate("r", part(a, 0).add(part(u, 0)).sigmoid());
      Variable z = gate("z", part(a, 1).add(part(u, 1)).sigmoid());
      Variable n = gate("n", part(a, 2).add(r.mul(part(u, 2))).tanh());
      return List.of(z.rsub(1.0).mul(n).add(z.mul(state.getFirst())));
    }

    @Override
    String formula(String a, String u) {
      return "(1 - z) n + z x₄, (r, z) = σ("
          + (a + " + " + u + "), n = tanh(" + a + " + r (" + u + "))");
    }

    @Override
    String sums() {
      return sums("");
    }

    /// With what the share of the hidden state in the last gate is multiplied by.
    private String sums(String factor) {
      return "(∂y/∂r r (1 - r), (x₄ - n) z (1 - z), " + factor + "(1 - z) (1 - n²))";
    }

    @Override
    String derivative(int input) {
      String shared = sums("r ");
      return switch (input) {
        case 2 -> shared + " x₄";
        case 3 -> "z + " + shared + " x₃";
        case 5 -> shared;
        default -> super.derivative(input);
      };
    }
  },
  /// `c' = f c + i g`, `h' = o tanh(c')`: what is remembered is added, so gradients do not vanish.
  LSTM(4, 4, 2) {
    @Override
    List<Variable> next(Variable a, Variable u, List<Variable> state) {
      Variable gates = a.add(u);
      Variable i = gate("i", part(gates, 0).sigmoid());
      Variable f = gate("f", part(gates, 1).sigmoid());
      Variable g = gate("g", part(gates, 2).tanh());
      Variable o = gate("o", part(gates, 3).sigmoid());
      Variable c = f.mul(state.get(1)).add(i.mul(g));
      return List.of(o.mul(c.tanh()), c);
    }

    @Override
    String formula(String a, String u) {
      return "(o tanh(c), c), c = f x₅ + i g, (i, f, o) = σ("
          + (a + " + " + u + "), g = tanh(" + a + " + " + u + ")");
    }

    @Override
    String sums() {
      return "(∂y/∂c g i (1 - i), ∂y/∂c x₅ f (1 - f), ∂y/∂c i (1 - g²), tanh(c) o (1 - o))";
    }

    @Override
    String derivative(int input) {
      return input == 4 ? "∂y/∂c f" : super.derivative(input);
    }
  };

  private final int gates;
  private final int joined;
  private final int states;

  Cell(int gates, int joined, int states) {
    this.gates = gates;
    this.joined = joined;
    this.states = states;
  }

  /// The next state, first of all the hidden one.
  ///
  /// @param a `W x + b`, the gates one behind the other
  /// @param u `U h + c`
  abstract List<Variable> next(Variable a, Variable u, List<Variable> state);

  /// The next state as a student writes it, in operands as those of [Unroll]; of gates side by side
  /// each has its own rows of the weights.
  ///
  /// @param a `W x + b`
  /// @param u `U h + c`
  abstract String formula(String a, String u);

  /// The derivatives of the next state with respect to the sums of the gates.
  abstract String sums();

  /// The next state as a student writes it.
  String formula(boolean biased) {
    int bias = 4 + states;
    return formula(
        "x₁ x₂ᵀ" + (biased ? " + x" + (char) ('₀' + bias) : ""),
        "x₄ x₃ᵀ" + (biased ? " + x" + (char) ('₁' + bias) : ""));
  }

  /// The derivative of one step with respect to an operand.
  String derivative(int input) {
    return switch (input) {
      case 0 -> sums() + " x₂";
      case 1 -> sums() + " x₁";
      case 2 -> sums() + " x₄";
      case 3 -> sums() + " x₃";
      default -> sums();
    };
  }

  /// A gate has its name where gates are looked at.
  private static Variable gate(String name, Variable gate) {
    return FusedRule.isComposed() ? gate.named(name) : gate;
  }

  /// The number of gates.
  int gates() {
    return gates;
  }

  /// The number of gates, from the first on, to which the shares of input and hidden state are just
  /// added.
  int joined() {
    return joined;
  }

  /// Whether there is one more gate, which does something else to the hidden share.
  boolean shares() {
    return joined < gates;
  }

  /// The number of variables in a state.
  int states() {
    return states;
  }

  Variable part(Variable gates, int index) {
    int size = gates.size(-1) / this.gates;
    return gates.slice(-1, index * size, (index + 1) * size);
  }

  /// `W x + b` for any number of rows.
  Variable fromInput(Variable x, CellWeights w) {
    Variable a = x.matMul(w.input().mT());
    return w.inputBias() == null ? a : a.add(w.inputBias());
  }

  /// One step.
  List<Variable> step(Variable a, List<Variable> state, CellWeights w) {
    Variable u = state.getFirst().matMul(w.hidden().mT());
    return next(a, w.hiddenBias() == null ? u : u.add(w.hiddenBias()), state);
  }

  /// Checks one step's operands.
  ///
  /// @param hidden the size of the hidden state
  void require(String attempt, Variable x, int hidden, CellWeights w) {
    boolean fits =
        w.input().rank() == 2
            && w.hidden().rank() == 2
            && w.input().size(1) == x.size(-1)
            && w.input().size(0) == gates * hidden
            && w.hidden().size(0) == gates * hidden
            && w.hidden().size(1) == hidden;
    if (!fits) {
      throw (ShapeException)
          new ShapeException(
                  x.size(-1) + " features and " + hidden + " hidden elements meet weights")
              .hint(
                  "the weights are ("
                      + (gates * hidden)
                      + ", features) for the input and ("
                      + (gates * hidden)
                      + ", "
                      + hidden
                      + ") for the hidden state")
              .during(attempt)
              .operand("input", x.name(), x.shape().toString())
              .operand("input weight", w.input().name(), w.input().shape().toString())
              .operand("hidden weight", w.hidden().name(), w.hidden().shape().toString());
    }
  }
}
