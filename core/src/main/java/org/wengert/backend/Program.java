package org.wengert.backend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Expr.Kind;

/// Expressions as a list of instructions, each naming the places of its operands: every value is
/// computed once, however often trees share or repeat it. Two functions of the same structure have
/// equal programs.
///
/// Immutable and thread-safe.
public final class Program {
  /// One value.
  ///
  /// @param op how it is computed
  /// @param kind what it is
  /// @param a the place of the first operand, or -1
  /// @param b the place of the second operand, or -1
  /// @param c the place of the third operand, or -1
  /// @param payload the constant, or number, that belongs to `op`
  public record Instruction(Primitive op, Kind kind, int a, int b, int c, long payload) {}

  private final List<Instruction> instructions;
  private final List<Integer> outputs;
  private final @Nullable Element element;

  private Program(
      List<Instruction> instructions, List<Integer> outputs, @Nullable Element element) {
    this.instructions = instructions;
    this.outputs = outputs;
    this.element = element;
  }

  /// The program of some outputs. With an element, named functions are replaced by what computes
  /// them in its width.
  public static Program of(List<Expr> outputs, @Nullable Element element) {
    return new Builder(element).build(outputs);
  }

  /// The values, operands before what uses them.
  public List<Instruction> instructions() {
    return instructions;
  }

  /// The places of the results.
  public List<Integer> outputs() {
    return outputs;
  }

  /// The width it was made for.
  public Element element() {
    if (element == null) {
      throw new IllegalStateException("this program has no width yet");
    }
    return element;
  }

  /// The kind of an output.
  public Kind outputKind(int k) {
    return instructions.get(outputs.get(k)).kind();
  }

  /// How many inputs there are: one more than the highest that is read.
  public int inputs() {
    return count(Primitive.INPUT, Primitive.HELD);
  }

  /// How many scalars there are.
  public int scalars() {
    return count(Primitive.SCALAR, Primitive.SCALAR);
  }

  private int count(Primitive one, Primitive other) {
    long count = 0;
    for (Instruction i : instructions) {
      if (i.op() == one || i.op() == other) {
        count = Math.max(count, i.payload() + 1);
      }
    }
    return (int) count;
  }

  /// The kind of an input; `REAL` if it is not read.
  public Kind inputKind(int input) {
    for (Instruction i : instructions) {
      if ((i.op() == Primitive.INPUT || i.op() == Primitive.HELD) && i.payload() == input) {
        return i.kind();
      }
    }
    return Kind.REAL;
  }

  /// Whether it has functions that are called element by element.
  public boolean hasCalls() {
    return instructions.stream().anyMatch(i -> i.op() == Primitive.CALL);
  }

  /// The same program, with those inputs whose bits are set in `held` the same for a whole run.
  Program holding(int held) {
    List<Instruction> all = new ArrayList<>(instructions);
    all.replaceAll(
        i ->
            i.op() == Primitive.INPUT && (held >> i.payload() & 1) == 1
                ? new Instruction(Primitive.HELD, i.kind(), -1, -1, -1, i.payload())
                : i);
    return new Program(all, outputs, element);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Program p
        && instructions.equals(p.instructions)
        && outputs.equals(p.outputs)
        && element == p.element;
  }

  @Override
  public int hashCode() {
    int hash = outputs.hashCode();
    for (Instruction i : instructions) {
      hash = 31 * hash + i.op().ordinal();
      hash = 31 * hash + Arrays.hashCode(new long[] {i.a(), i.b(), i.c(), i.payload()});
    }
    return hash;
  }

  /// Numbers the values of trees.
  private static final class Builder {
    private final @Nullable Element element;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Instruction, Integer> places = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Expr> expansions = new IdentityHashMap<>();

    Builder(@Nullable Element element) {
      this.element = element;
    }

    Program build(List<Expr> outputs) {
      List<Integer> results = new ArrayList<>();
      for (Expr output : outputs) {
        results.add(number(output));
      }
      return new Program(List.copyOf(instructions), List.copyOf(results), element);
    }

    /// Walks with a stack of its own: an expression is done when all its operands are.
    private int number(Expr root) {
      Deque<Expr> waiting = new ArrayDeque<>();
      waiting.push(root);
      while (!waiting.isEmpty()) {
        Expr top = waiting.peek();
        boolean ready = true;
        for (Expr need : needs(top)) {
          if (!numbers.containsKey(need)) {
            waiting.push(need);
            ready = false;
          }
        }
        if (ready) {
          waiting.pop();
          numbers.computeIfAbsent(top, this::place);
        }
      }
      return place(numbers, root);
    }

    private List<Expr> needs(Expr e) {
      Expr expansion = expansion(e);
      return expansion == null ? e.args() : List.of(expansion);
    }

    private @Nullable Expr expansion(Expr e) {
      if (e.op() != Primitive.CALL || element == null) {
        return null;
      }
      Expr known = expansions.get(e);
      if (known == null) {
        known = Fn.values()[(int) e.payload()].expand(element, e.args().getFirst());
        if (known != null) {
          expansions.put(e, known);
        }
      }
      return known;
    }

    private int place(Expr e) {
      Expr expansion = expansion(e);
      if (expansion != null) {
        return place(numbers, expansion);
      }
      int[] args = {-1, -1, -1};
      for (int k = 0; k < e.args().size(); k++) {
        args[k] = place(numbers, e.args().get(k));
      }
      Instruction value = new Instruction(e.op(), e.kind(), args[0], args[1], args[2], e.payload());
      if (element != null) {
        KernelRules.width(element, value);
      }
      Integer known = places.get(value);
      if (known != null) {
        return known;
      }
      instructions.add(value);
      places.put(value, instructions.size() - 1);
      return instructions.size() - 1;
    }

    private static int place(IdentityHashMap<Expr, Integer> numbers, Expr e) {
      Integer place = numbers.get(e);
      if (place == null) {
        throw new IllegalStateException("operands come first");
      }
      return place;
    }
  }
}
