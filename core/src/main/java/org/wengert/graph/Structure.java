package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what kind of matrix a Jacobian is, from its numbers and the axes of its rows and columns.
final class Structure {
  private final double[] numbers;
  private final int[] rowSizes;
  private final int[] columnSizes;
  private final int rows;
  private final int columns;
  private final double tolerance;

  /// Two axes between which a Jacobian is the identity.
  ///
  /// @param row the axis of the result
  /// @param column the axis of the operand
  /// @param size of both
  /// @param side `I ⊗ W` if both come first, `W ⊗ I` if both come last or between
  record Pair(int row, int column, int size, Side side) {
    /// Which side of the Kronecker product is the identity.
    enum Side {
      LEFT,
      RIGHT
    }

    static Pair of(int row, int column, int[] rowSizes, int... columnSizes) {
      boolean isFirst = row == 0 && column == 0;
      boolean isOnly = row == rowSizes.length - 1 && column == columnSizes.length - 1;
      Side side = isFirst && !isOnly ? Side.LEFT : Side.RIGHT;
      return new Pair(row, column, rowSizes[row], side);
    }
  }

  Structure(double[] numbers, int[] rowSizes, int[] columnSizes, double precision) {
    this.numbers = numbers;
    this.rowSizes = rowSizes;
    this.columnSizes = columnSizes;
    this.rows = count(rowSizes);
    this.columns = count(columnSizes);
    this.tolerance = precision * Arrays.stream(numbers).map(Math::abs).max().orElse(0);
  }

  static int count(int... sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  /// The structure in words.
  String words() {
    if (tolerance == 0) {
      return "zero";
    }
    if (!Double.isFinite(tolerance)) {
      return "not finite";
    }
    if (rows == columns && rows > 1 && isZeroOffDiagonal()) {
      double first = numbers[0];
      boolean isConstant = true;
      for (int i = 0; i < rows; i++) {
        isConstant &= isSame(numbers[i * columns + i], first);
      }
      return isConstant ? scaled(first, "identity") : "diagonal";
    }
    String taken = taken();
    if (!taken.isEmpty()) {
      return taken;
    }
    if (rows == 1 || columns == 1) {
      return rows == 1 ? "row" : "column";
    }
    String product = product();
    return product.isEmpty() ? rest() : product;
  }

  private boolean isSame(double a, double b) {
    return Math.abs(a - b) <= tolerance;
  }

  private boolean isZeroOffDiagonal() {
    for (int i = 0; i < numbers.length; i++) {
      if (i / columns != i % columns && !isSame(numbers[i], 0)) {
        return false;
      }
    }
    return true;
  }

  static String scaled(double factor, String what) {
    return factor == 1 ? what : Numbers.factor(factor) + " · " + what;
  }

  /// What consists of zeros and one other number: values are taken over, repeated or added up.
  private String taken() {
    double one = Arrays.stream(numbers).filter(x -> !isSame(x, 0)).findFirst().orElse(0);
    int[] inRow = new int[rows];
    int[] inColumn = new int[columns];
    for (int i = 0; i < numbers.length; i++) {
      if (isSame(numbers[i], one)) {
        inRow[i / columns]++;
        inColumn[i % columns]++;
      } else if (!isSame(numbers[i], 0)) {
        return "";
      }
    }
    String words = taken(inRow, inColumn);
    return words.isEmpty() ? "" : scaled(isSame(one, 1) ? 1 : one, words);
  }

  /// What a matrix of zeros and ones does, by the number of ones in each row and column.
  static String taken(int[] inRow, int... inColumn) {
    boolean isOneInRow = Arrays.stream(inRow).allMatch(n -> n == 1);
    boolean isOneInColumn = Arrays.stream(inColumn).allMatch(n -> n == 1);
    boolean isOnceAtMost = Arrays.stream(inColumn).allMatch(n -> n <= 1);
    if (isOneInRow && isOneInColumn) {
      return inRow.length == 1 ? "identity" : "permutation";
    }
    if (isOneInRow) {
      boolean isEven = Arrays.stream(inColumn).allMatch(n -> n == inColumn[0]);
      return isOnceAtMost
          ? "selection"
          : isEven ? "broadcast, each " + inColumn[0] + " times" : "selection with repeats";
    }
    if (isOneInColumn) {
      boolean isEven = Arrays.stream(inRow).allMatch(n -> n == inRow[0]);
      boolean isOnce = Arrays.stream(inRow).allMatch(n -> n <= 1);
      return isOnce
          ? "placement among zeros"
          : isEven ? "broadcast-sum of " + inRow[0] + " each" : "sum of groups";
    }
    boolean isOnce = isOnceAtMost && Arrays.stream(inRow).allMatch(n -> n <= 1);
    return isOnce ? "selection and placement among zeros" : "";
  }

  /// Kronecker products with an identity: `I₃ ⊗ W`.
  private String product() {
    List<Pair> pairs = new ArrayList<>();
    Structure inner = this;
    for (Pair pair = inner.pair(); pair != null; pair = inner.pair()) {
      pairs.add(pair);
      inner = inner.without(pair);
    }
    if (pairs.isEmpty()) {
      return "";
    }
    return product(pairs, inner.rows + " × " + inner.columns);
  }

  static String product(List<Pair> pairs, String size) {
    StringBuilder left = new StringBuilder();
    StringBuilder right = new StringBuilder();
    for (Pair pair : pairs) {
      if (pair.side == Pair.Side.LEFT) {
        left.append("I").append(pair.size).append(" ⊗ ");
      } else {
        right.insert(0, " ⊗ I" + pair.size);
      }
    }
    return left + "W" + right + ", W of " + size;
  }

  private @Nullable Pair pair() {
    for (int row = 0; row < rowSizes.length; row++) {
      for (int column = 0; column < columnSizes.length; column++) {
        boolean isLike = rowSizes[row] == columnSizes[column] && rowSizes[row] > 1;
        if (isLike && isIdentity(row, column, true)) {
          return Pair.of(row, column, rowSizes, columnSizes);
        }
      }
    }
    return null;
  }

  /// Whether elements with different places on two axes have nothing to do with each other, and, if
  /// asked, all others do not depend on the place.
  private boolean isIdentity(int rowAxis, int columnAxis, boolean isConstant) {
    int rowStride = stride(rowSizes, rowAxis);
    int columnStride = stride(columnSizes, columnAxis);
    int size = rowSizes[rowAxis];
    for (int row = 0; row < rows; row++) {
      int place = row / rowStride % size;
      for (int column = 0; column < columns; column++) {
        int other = column / columnStride % size;
        double number = numbers[row * columns + column];
        if (place != other && !isSame(number, 0)) {
          return false;
        }
        int first = (row - place * rowStride) * columns + column - other * columnStride;
        if (isConstant && place == other && !isSame(number, numbers[first])) {
          return false;
        }
      }
    }
    return true;
  }

  private static int stride(int[] sizes, int axis) {
    return count(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
  }

  /// The matrix `W` of `W ⊗ I`.
  private Structure without(Pair pair) {
    int rowStride = stride(rowSizes, pair.row);
    int columnStride = stride(columnSizes, pair.column);
    double[] inner = new double[rows / pair.size * (columns / pair.size)];
    int at = 0;
    for (int i = 0; i < numbers.length; i++) {
      boolean isFirst =
          i / columns / rowStride % pair.size == 0 && i % columns / columnStride % pair.size == 0;
      if (isFirst) {
        inner[at++] = numbers[i];
      }
    }
    return new Structure(
        inner, without(rowSizes, pair.row), without(columnSizes, pair.column), 1e-9);
  }

  static int[] without(int[] sizes, int axis) {
    int[] less = new int[sizes.length - 1];
    for (int i = 0; i < less.length; i++) {
      less[i] = sizes[i < axis ? i : i + 1];
    }
    return less;
  }

  private String rest() {
    for (int row = 0; row < rowSizes.length; row++) {
      for (int column = 0; column < columnSizes.length; column++) {
        int size = rowSizes[row];
        if (size == columnSizes[column] && size > 1 && isIdentity(row, column, false)) {
          return size + " blocks of " + rows / size + " × " + columns / size + " on the diagonal";
        }
      }
    }
    if (isRankOne()) {
      return "rank one";
    }
    long others = Arrays.stream(numbers).filter(x -> !isSame(x, 0)).count();
    return others * 2 >= numbers.length ? "dense" : "sparse, " + others + " numbers";
  }

  private boolean isRankOne() {
    int pivot = 0;
    for (int i = 0; i < numbers.length; i++) {
      pivot = Math.abs(numbers[i]) > Math.abs(numbers[pivot]) ? i : pivot;
    }
    int row = pivot / columns;
    int column = pivot % columns;
    for (int i = 0; i < numbers.length; i++) {
      double product = numbers[row * columns + i % columns] / numbers[pivot];
      if (!isSame(numbers[i], product * numbers[i / columns * columns + column])) {
        return false;
      }
    }
    return true;
  }
}
