package org.wengert.graph;

import java.util.Arrays;
import java.util.List;
import org.wengert.Op;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Finds out what the Jacobian of a link is, by walking along it: all numbers if they are not too
/// many, else random [RandomProbe]s.
final class Probe {
  private static final int MOST_NUMBERS = 65_536;

  private final Walk walk;
  private final Link link;
  private final Vertex of;
  private final Vertex by;

  private Probe(Walk walk, Link link, Vertex of, Vertex by) {
    this.walk = walk;
    this.link = link;
    this.of = of;
    this.by = by;
  }

  static LocalJacobian of(Walk walk, Link link, Vertex of, Vertex by) {
    return new Probe(walk, link, of, by).jacobian();
  }

  private LocalJacobian jacobian() {
    int rows = of.value().count();
    int columns = by.value().count();
    boolean isThin = rows == 1 || columns == 1;
    if (!isThin && (long) rows * columns > MOST_NUMBERS) {
      return isElementwise() ? diagonal() : new RandomProbe(walk, link, of, by).jacobian();
    }
    double[] numbers = matrix();
    Tensor matrix = Tensor.of(numbers).reshape(rows, columns);
    String words =
        new Structure(numbers, of.shape().toArray(), by.shape().toArray(), precision(of)).words();
    boolean isShort = numbers.length <= MOST_NUMBERS;
    return new LocalJacobian(
        of.shape(), by.shape(), words, Numbers.norm(matrix), true, isShort ? matrix : null);
  }

  /// What is elementwise has all its numbers in one walk.
  private LocalJacobian diagonal() {
    Tensor numbers = walk.back(List.of(link), ones(of.value()));
    double[] diagonal = numbers.toDoubleArray();
    boolean isConstant = Arrays.stream(diagonal).allMatch(x -> x == diagonal[0]);
    String words =
        !Culprits.isFinite(numbers)
            ? "not finite"
            : !isConstant
                ? "diagonal"
                : diagonal[0] == 0 ? "zero" : Structure.scaled(diagonal[0], "identity");
    double norm = Numbers.norm(numbers);
    return new LocalJacobian(of.shape(), by.shape(), words, norm, true, null);
  }

  static double precision(Vertex of) {
    return of.dtype() == DType.FLOAT64 ? 1e-11 : 1e-5;
  }

  /// Row by row from the result's side, or column by column from the operand's: what is fewer.
  private double[] matrix() {
    int rows = of.value().count();
    int columns = by.value().count();
    double[] numbers = new double[rows * columns];
    if (isElementwise()) {
      double[] diagonal = walk.back(List.of(link), ones(of.value())).toDoubleArray();
      for (int i = 0; i < rows; i++) {
        numbers[i * columns + i] = diagonal[i];
      }
      return numbers;
    }
    for (int row = 0; row < rows && rows <= columns; row++) {
      double[] back = walk.back(List.of(link), unit(of.value(), row)).toDoubleArray();
      System.arraycopy(back, 0, numbers, row * columns, columns);
    }
    for (int column = 0; column < columns && columns < rows; column++) {
      double[] forth = walk.forth(link, unit(by.value(), column)).toDoubleArray();
      for (int row = 0; row < rows; row++) {
        numbers[row * columns + column] = forth[row];
      }
    }
    return numbers;
  }

  /// Whether each element of the result depends on the same one of the operand alone. Pulling units
  /// back would find that too, but multiply zeros by infinite derivatives.
  private boolean isElementwise() {
    Shape shape = of.shape();
    for (Edge edge : link.edges()) {
      Variable result = walk.variable(edge.to());
      boolean isPointwise =
          result instanceof Step step
              && (step.op() instanceof Op.Pointwise || step.op() instanceof Op.Pointwise2);
      if (!isPointwise || !result.shape().equals(shape)) {
        return false;
      }
    }
    return by.shape().equals(shape);
  }

  private static Tensor ones(Tensor like) {
    return Tensor.full(like.shape(), 1, like.dtype());
  }

  static Tensor unit(Tensor like, int element) {
    double[] numbers = new double[like.count()];
    numbers[element] = 1;
    return Tensor.of(numbers).reshape(like.shape()).to(like.dtype());
  }
}
