package org.wengert.tensor;

/// The loop of [Elements] on `float` that turns a tile of a matrix.
final class FloatTurn {
  private FloatTurn() {}

  /// Writes columns, each of which lies side by side, as rows; four at a time, since what is read
  /// then lies side by side too.
  static void run(
      float[] from, int a, int aStep, float[] to, int b, int bRow, int rows, int columns) {
    int row = 0;
    for (; row <= rows - 4; row += 4) {
      int first = b + row * bRow;
      int second = first + bRow;
      int third = second + bRow;
      int fourth = third + bRow;
      for (int i = 0, at = a + row; i < columns; i++, at += aStep) {
        to[first + i] = from[at];
        to[second + i] = from[at + 1];
        to[third + i] = from[at + 2];
        to[fourth + i] = from[at + 3];
      }
    }
    for (; row < rows; row++) {
      Elements.copy(from, a + row, aStep, to, b + row * bRow, 1, columns);
    }
  }
}
