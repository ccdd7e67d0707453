package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.check.Diagnosis;
import org.wengert.check.Diagnosis.Kind;
import org.wengert.check.RuleDoctor;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The library's own rules under examination, and the same with mistakes.
class CatalogueDiagnosisTest {
  /// A row of a table with its rule changed.
  private record Mutated(Op.Pointwise row, UnaryOperator<Variable> mistake)
      implements Op.Pointwise {
    @Override
    public double value(double x) {
      return row.value(x);
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      return mistake.apply(row.backward(gy, x, y));
    }
  }

  private record Mutated2(Op.Pointwise2 row, UnaryOperator<Variable> mistake, boolean isSwapped)
      implements Op.Pointwise2 {
    @Override
    public double value(double a, double b) {
      return row.value(a, b);
    }

    @Override
    public Variable left(Variable gy, Variable a, Variable b, Variable y) {
      return mistake.apply(isSwapped ? row.left(gy, b, a, y) : row.left(gy, a, b, y));
    }

    @Override
    public Variable right(Variable gy, Variable a, Variable b, Variable y) {
      return row.right(gy, a, b, y);
    }
  }

  @Test
  void allRulesOfTheCatalogueAreRight() {
    List<String> wrong = new ArrayList<>();
    int examined = 0;
    for (OpCatalogue.Entry entry : OpCatalogue.entries()) {
      List<Tensor> example = example(entry);
      if (!entry.op().isDifferentiable() || example.isEmpty()) {
        continue;
      }
      Diagnosis found = RuleDoctor.examine(entry.op(), example.toArray(new Tensor[0]));
      examined += found.isRight() ? 1 : 0;
      if (!found.isRight() && found.kind() != Kind.UNTESTED) {
        wrong.add(entry + ": " + found);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(examined > 100, examined + " operations examined");
  }

  /// The first small operands of the catalogue.
  private static List<Tensor> example(OpCatalogue.Entry entry) {
    for (List<Shape> shapes : entry.shapes()) {
      int count = shapes.stream().mapToInt(Shape::count).sum();
      if (shapes.stream().allMatch(shape -> shape.count() > 0) && count > 1 && count <= 12) {
        return entry.sample(shapes, new Rng(7));
      }
    }
    return List.of();
  }

  @Test
  void mutatedRowsOfOneNumberAreNamed() {
    List<String> missed = new ArrayList<>();
    for (Elementary row :
        List.of(
            Elementary.TANH,
            Elementary.SIGMOID,
            Elementary.EXP,
            Elementary.LOG,
            Elementary.SQRT,
            Elementary.SIN,
            Elementary.SQUARE,
            Elementary.RECIPROCAL,
            Elementary.RELU,
            Elementary.ERF)) {
      check(missed, row, Kind.WRONG_SIGN, new Mutated(row, Variable::neg));
      check(missed, row, Kind.CONSTANT_FACTOR, new Mutated(row, gradient -> gradient.mul(2)));
    }
    assertEquals(List.of(), missed);
  }

  @Test
  void mutatedRowsOfTwoNumbersAreNamed() {
    List<String> missed = new ArrayList<>();
    for (Arithmetic row :
        List.of(
            Arithmetic.ADD,
            Arithmetic.SUB,
            Arithmetic.MUL,
            Arithmetic.DIV,
            Arithmetic.POW,
            Arithmetic.ATAN2,
            Arithmetic.HYPOT,
            Arithmetic.LOG_ADD_EXP)) {
      check(missed, row, Kind.WRONG_SIGN, new Mutated2(row, Variable::neg, false));
      check(missed, row, Kind.CONSTANT_FACTOR, new Mutated2(row, g -> g.mul(2), false));
      if (row != Arithmetic.ADD && row != Arithmetic.SUB) {
        check(missed, row, Kind.WRONG_OPERAND, new Mutated2(row, g -> g, true));
      }
    }
    assertEquals(List.of(), missed);
  }

  private static void check(List<String> missed, Op row, Kind kind, Op mutated) {
    Diagnosis found = RuleDoctor.examine(mutated);
    if (found.kind() != kind) {
      missed.add(row.label() + " as " + kind + ": " + found);
    }
  }
}
