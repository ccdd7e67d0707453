package org.wengert.train.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.function.UnaryOperator;
import org.wengert.tensor.DType;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A model's answers on a grid of points, from the upper left to the lower right.
///
/// @param classes how many there are
/// @param winners the class at each point; -1 where the answer is not a number
/// @param sureness from 0 at a boundary to 1
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Regions(int classes, int[] winners, double[] sureness) {
  private static final int SIDE = 280;
  private static final int ROWS_AT_ONCE = 20;
  private static final Color UNKNOWN = new Color(0xB8, 0xB8, 0xB8);
  private static final Color BOUNDARY = new Color(0x30, 0x30, 0x30);

  static Regions of(UnaryOperator<Tensor> model, Curves.Box box) {
    int[] winners = new int[SIDE * SIDE];
    double[] sureness = new double[SIDE * SIDE];
    int classes = 2;
    for (int row = 0; row < SIDE; row += ROWS_AT_ONCE) {
      Tensor answers = model.apply(grid(box, row));
      int count = ROWS_AT_ONCE * SIDE;
      if (answers.rank() < 1 || answers.rank() > 2 || answers.size(0) != count) {
        throw new ShapeException(
                "a model answers %d points (n, 2) with a tensor of shape %s"
                    .formatted(count, answers.shape()))
            .hint("let it give (n), (n, 1) or (n, classes)");
      }
      int columns = answers.count() / count;
      classes = Math.max(2, columns);
      double[] numbers = answers.toDoubleArray();
      for (int i = 0; i < count; i++) {
        decide(numbers, i, columns, row * SIDE + i, winners, sureness);
      }
    }
    return new Regions(classes, winners, sureness);
  }

  private static Tensor grid(Curves.Box box, int firstRow) {
    double[] points = new double[ROWS_AT_ONCE * SIDE * 2];
    for (int i = 0; i < ROWS_AT_ONCE * SIDE; i++) {
      double across = (i % SIDE + 0.5) / SIDE;
      double down = (firstRow + i / SIDE + 0.5) / SIDE;
      points[2 * i] = box.left() + across * (box.right() - box.left());
      points[2 * i + 1] = box.top() - down * (box.top() - box.bottom());
    }
    return Tensor.of(points).reshape(ROWS_AT_ONCE * SIDE, 2).to(DType.FLOAT32);
  }

  /// The largest logit wins; how sure that is comes from its softmax, or sigmoid.
  private static void decide(
      double[] numbers, int row, int columns, int place, int[] winners, double[] sureness) {
    int best = 0;
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      best = numbers[row * columns + c] > numbers[row * columns + best] ? c : best;
    }
    double top = numbers[row * columns + best];
    for (int c = 0; c < columns; c++) {
      double logit = numbers[row * columns + c];
      sum += logit == top ? 1 : StrictMath.exp(logit - top); // also where both are infinite
    }
    int classes = Math.max(2, columns);
    double share = columns == 1 ? 1 / (1 + StrictMath.exp(-Math.abs(top))) : 1 / sum;
    int winner = columns == 1 ? (top > 0 ? 1 : 0) : best;
    winners[place] = Double.isNaN(share) ? -1 : winner;
    sureness[place] = (share - 1.0 / classes) / (1 - 1.0 / classes);
  }

  BufferedImage image() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int place = 0; place < winners.length; place++) {
      int x = place % SIDE;
      int y = place / SIDE;
      boolean boundary =
          x + 1 < SIDE && winners[place + 1] != winners[place]
              || y + 1 < SIDE && winners[place + SIDE] != winners[place];
      image.setRGB(x, y, (boundary ? BOUNDARY : colour(place)).getRGB());
    }
    return image;
  }

  private Color colour(int place) {
    if (winners[place] < 0) {
      return UNKNOWN;
    }
    return Pen.mix(Color.WHITE, Pen.colour(winners[place]), 0.12 + 0.38 * sureness[place]);
  }
}
