package org.wengert.train.plot;

import java.awt.Graphics2D;
import java.util.DoubleSummaryStatistics;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.wengert.Autograd;
import org.wengert.Variable;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What a model of two inputs answers everywhere: regions in the colours of the classes, paler
/// where it is less sure, the boundary between them, and the points that it learned from.
///
/// An output `(n)` or `(n, 1)` is the logit of class 1: the boundary is where it is 0. An output
/// `(n, classes)` holds logits, of which the largest wins.
///
/// ```java
/// DecisionBoundary.of("two moons", model, points, labels).save(Path.of("moons.png"));
/// ```
public final class DecisionBoundary implements Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 660;

  private final Curves points;
  private final Regions regions;

  private DecisionBoundary(Curves points, Regions regions) {
    this.points = points;
    this.regions = regions;
  }

  /// A model's regions, around and below points. The model is asked in evaluation mode and is left
  /// as it was; nothing is recorded.
  ///
  /// @param points `(n, 2)`
  /// @param labels classes, `(n)` or `(n, 1)`: 0, 1, ...; or -1 and 1
  /// @throws ShapeException if points, labels or outputs have other shapes
  /// @throws OptionException if a label is of a class that the model has not
  public static DecisionBoundary of(String title, Module model, Tensor points, Tensor labels) {
    DType type =
        model.parameters().stream().map(p -> p.value().dtype()).findFirst().orElse(DType.FLOAT32);
    boolean training = model.isTraining();
    model.eval();
    try {
      UnaryOperator<Tensor> answers =
          at -> Autograd.noGrad(() -> model.forward(Variable.constant(at.to(type))).value());
      return of(title, answers, points, labels);
    } finally {
      model.train(training);
    }
  }

  /// The regions of anything that answers for many points, `(n, 2)`, at once.
  ///
  /// @param points `(n, 2)`
  /// @param labels classes, `(n)` or `(n, 1)`: 0, 1, ...; or -1 and 1
  /// @throws ShapeException if points, labels or answers have other shapes
  /// @throws OptionException if a label is of a class that the model has not
  public static DecisionBoundary of(
      String title, UnaryOperator<Tensor> model, Tensor points, Tensor labels) {
    if (points.rank() != 2 || points.size(1) != 2 || labels.count() != points.size(0)) {
      throw new ShapeException(
              "points of shape %s with labels of shape %s"
                  .formatted(points.shape(), labels.shape()))
          .hint("give points (n, 2) and a label for each");
    }
    double[] xs = points.slice(1, 0, 1, 1).toDoubleArray();
    double[] ys = points.slice(1, 1, 2, 1).toDoubleArray();
    Curves.Box box = around(xs, ys);
    Regions regions = Regions.of(model, box);
    Curves curves =
        Curves.of(title)
            .size(WIDTH, HEIGHT)
            .range(box.left(), box.right(), box.bottom(), box.top());
    double[] classes = labels.toDoubleArray();
    check(classes, regions.classes());
    for (int c = 0; c < regions.classes(); c++) {
      int number = c;
      int[] members =
          IntStream.range(0, xs.length).filter(i -> Math.max(0, classes[i]) == number).toArray();
      curves =
          curves.points(
              "class " + c,
              IntStream.of(members).mapToDouble(i -> xs[i]).toArray(),
              IntStream.of(members).mapToDouble(i -> ys[i]).toArray());
    }
    return new DecisionBoundary(curves, regions);
  }

  private static void check(double[] labels, int classes) {
    boolean signs = classes == 2 && DoubleStream.of(labels).allMatch(l -> Math.abs(l) == 1);
    for (double label : labels) {
      boolean known = label == Math.rint(label) && label >= 0 && label < classes;
      if (!known && !signs) {
        throw new OptionException(
                "label %s for a model of %d classes".formatted(Pen.number(label), classes))
            .hint("give 0 to %d, or -1 and 1 if there are two".formatted(classes - 1));
      }
    }
  }

  private static Curves.Box around(double[] xs, double[] ys) {
    double[] x = ends(xs);
    double[] y = ends(ys);
    return new Curves.Box(x[0], x[1], y[0], y[1]);
  }

  /// The ends of an axis, which leaves a margin around the points.
  private static double[] ends(double[] values) {
    DoubleSummaryStatistics finite =
        DoubleStream.of(values).filter(Double::isFinite).summaryStatistics();
    if (finite.getCount() == 0) {
      return new double[] {-1, 1};
    }
    double width = finite.getMax() - finite.getMin();
    double margin = width > 0 ? 0.08 * width : 1;
    return new double[] {finite.getMin() - margin, finite.getMax() + margin};
  }

  /// This in a picture of so many pixels; 640 × 660 if nothing else is said.
  public DecisionBoundary size(int width, int height) {
    return new DecisionBoundary(points.size(width, height), regions);
  }

  @Override
  public String title() {
    return points.title();
  }

  @Override
  public int width() {
    return points.width();
  }

  @Override
  public int height() {
    return points.height();
  }

  @Override
  public void paint(Graphics2D graphics) {
    Pen.clear(graphics, width(), height());
    Chart.of(points).paint(graphics, regions.image());
  }
}
