package org.wengert.train.plot;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.History;

/// Lines, points and bands over one pair of axes; those of a [History] are ready made. Numbers that
/// are not finite leave gaps, and on a logarithmic axis those that are not positive do.
///
/// ```java
/// Curves.of(history).save(Path.of("history.png"));
/// Curves.of("sine").points("data", x, y).spread("mean", at, mean, deviation, 2).save(file);
/// ```
public final class Curves implements Plot {
  private final Axes axes;
  private final List<Layer> layers;

  Curves(Axes axes, List<Layer> layers) {
    this.axes = axes;
    this.layers = List.copyOf(layers);
  }

  /// How a layer is drawn.
  enum Style {
    LINE,
    FAINT,
    POINTS,
    DOTTED_LINE,
    BAND
  }

  /// Points that belong together.
  ///
  /// @param others the upper ends of a band, otherwise the same as `ys`
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Layer(Style style, String name, double[] xs, double[] ys, double[] others, int colour) {}

  /// What is around the curves.
  record Axes(
      String title, String x, String y, int width, int height, boolean logarithmic, Box box) {
    private static final int LEAST_WIDTH = 200;
    private static final int LEAST_HEIGHT = 100;
    private static final int MOST = 20_000;

    Axes {
      if (width < LEAST_WIDTH || height < LEAST_HEIGHT || Math.max(width, height) > MOST) {
        throw new OptionException("curves in %d × %d pixels".formatted(width, height))
            .hint("give %d × %d to %d × %3$d".formatted(LEAST_WIDTH, LEAST_HEIGHT, MOST));
      }
      if (logarithmic && (box.bottom <= 0 || box.top <= 0)) {
        throw new OptionException("a logarithmic axis from %s to %s".formatted(box.bottom, box.top))
            .hint("let it begin above 0");
      }
    }

    Axes titles(String newX, String newY) {
      return new Axes(title, newX, newY, width, height, logarithmic, box);
    }

    Axes decades() {
      return new Axes(title, x, y, width, height, true, box);
    }

    Axes size(int newWidth, int newHeight) {
      return new Axes(title, x, y, newWidth, newHeight, logarithmic, box);
    }

    Axes box(Box newBox) {
      return new Axes(title, x, y, width, height, logarithmic, newBox);
    }

    /// What they show, of a logarithmic axis the decimal logarithms.
    Box ends() {
      return logarithmic
          ? new Box(box.left, box.right, Math.log10(box.bottom), Math.log10(box.top))
          : box;
    }
  }

  /// What the axes show; `NaN` where the data decide.
  record Box(double left, double right, double bottom, double top) {
    static final Box OPEN = new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    Box {
      check("left", left, "right", right);
      check("bottom", bottom, "top", top);
    }

    private static void check(String first, double low, String second, double high) {
      if (low >= high || Double.isInfinite(low) || Double.isInfinite(high)) {
        throw new OptionException("%s is %s, %s is %s".formatted(first, low, second, high))
            .hint("give a smaller number first, or NaN to let the data decide");
      }
    }
  }

  /// Axes with nothing in them yet, 900 × 540 pixels.
  public static Curves of(String title) {
    return new Curves(new Axes(title, "", "", 900, 540, false, Box.OPEN), List.of());
  }

  /// A fit: the loss of each step and its running mean, the validation loss, and below them the
  /// metrics of each epoch, if there are any.
  public static Plot of(History history) {
    return of(history, "");
  }

  /// A fit with a title above it.
  public static Plot of(History history, String title) {
    return HistoryCurves.of(history, title);
  }

  /// The learning rate of each step of a fit.
  public static Curves learningRate(History history) {
    return HistoryCurves.learningRate(history);
  }

  /// These and a line through the points.
  ///
  /// @throws OptionException if there are not as many `y` as `x`
  public Curves line(String name, double[] x, double[] y) {
    return with(Style.LINE, name, x, y, y, nextColour());
  }

  /// These and a line through `(1, y₁)`, `(2, y₂)`, ..., such as the losses of steps or epochs.
  public Curves line(String name, List<Double> y) {
    double[] ys = y.stream().mapToDouble(Double::doubleValue).toArray();
    return line(name, IntStream.rangeClosed(1, ys.length).asDoubleStream().toArray(), ys);
  }

  /// These and a line with a dot at each of its points.
  public Curves dottedLine(String name, double[] x, double[] y) {
    return with(Style.DOTTED_LINE, name, x, y, y, nextColour());
  }

  /// These and points without a line.
  public Curves points(String name, double[] x, double[] y) {
    return with(Style.POINTS, name, x, y, y, nextColour());
  }

  /// These and a band from `low` to `high`, such as a mean ± two deviations, in the colour of what
  /// was added last, so that a line and its uncertainty are seen to belong together.
  public Curves band(String name, double[] x, double[] low, double[] high) {
    int colour = layers.isEmpty() ? 0 : layers.getLast().colour();
    return with(Style.BAND, name, x, low, high, colour);
  }

  /// These and a line that is hard to see for its ups and downs, faintly, and over it its running
  /// mean, through `(1, y₁)`, `(2, y₂)`, ....
  public Curves noisyLine(String name, List<Double> y) {
    double[] ys = y.stream().mapToDouble(Double::doubleValue).toArray();
    return noisyLine(name, IntStream.rangeClosed(1, ys.length).asDoubleStream().toArray(), ys);
  }

  /// These and a line that is hard to see for its ups and downs, faintly, and over it its running
  /// mean over about a fiftieth of it, which forgets exponentially.
  public Curves noisyLine(String name, double[] x, double[] y) {
    double[] means = Points.runningMean(y);
    return with(Style.FAINT, "", x, y, y, nextColour()).line(name, x, means);
  }

  private int nextColour() {
    return 1
        + layers.stream()
            .filter(l -> l.style() != Style.FAINT)
            .mapToInt(Layer::colour)
            .max()
            .orElse(-1);
  }

  private Curves with(
      Style style, String name, double[] x, double[] y, double[] others, int colour) {
    check(name, x, y, others);
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(style, name, x.clone(), y.clone(), others.clone(), colour));
    return new Curves(axes, more);
  }

  private static void check(String name, double[] x, double[] y, double[] others) {
    if (x.length != y.length || x.length != others.length) {
      int wrong = x.length != y.length ? y.length : others.length;
      throw new OptionException("curve '%s' has %d x and %d y".formatted(name, x.length, wrong))
          .hint("give as many of one as of the other");
    }
  }

  /// These and a mean with a band of so many deviations on each side of it, in one colour, such as
  /// what an ensemble says and how sure it is of it. The points may be in any order.
  ///
  /// @param x where, `(n)` or `(n, 1)`
  /// @param mean as many numbers
  /// @param deviation as many numbers
  /// @throws OptionException if there are not as many of one as of the others
  public Curves spread(String name, Tensor x, Tensor mean, Tensor deviation, double deviations) {
    double[] xs = x.toDoubleArray();
    double[] means = mean.toDoubleArray();
    double[] wide = deviation.toDoubleArray();
    check(name, xs, means, wide);
    int[] order =
        IntStream.range(0, xs.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> xs[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] at = at(order, i -> xs[i]);
    return line(name, at, at(order, i -> means[i]))
        .band(
            "± " + Pen.number(deviations) + (deviations == 1 ? " deviation" : " deviations"),
            at,
            at(order, i -> means[i] - deviations * wide[i]),
            at(order, i -> means[i] + deviations * wide[i]));
  }

  private static double[] at(int[] order, IntToDoubleFunction number) {
    return IntStream.of(order).mapToDouble(number).toArray();
  }

  /// These with names of the axes.
  public Curves axes(String x, String y) {
    return new Curves(axes.titles(x, y), layers);
  }

  /// These with a logarithmic `y` axis.
  ///
  /// @throws OptionException if the range begins at 0 or below
  public Curves logarithmic() {
    return new Curves(axes.decades(), layers);
  }

  /// These in a picture of so many pixels.
  ///
  /// @throws OptionException if there is no room for curves, or more than 20,000 in a row
  public Curves size(int width, int height) {
    return new Curves(axes.size(width, height), layers);
  }

  /// These from `left` to `right` and from `bottom` to `top`; `NaN` lets the data decide.
  ///
  /// @throws OptionException if an end is not before the other, or a logarithmic axis begins at 0
  public Curves range(double left, double right, double bottom, double top) {
    return new Curves(axes.box(new Box(left, right, bottom, top)), layers);
  }

  Axes axes() {
    return axes;
  }

  List<Layer> layers() {
    return layers;
  }

  @Override
  public String title() {
    return axes.title;
  }

  @Override
  public int width() {
    return axes.width;
  }

  @Override
  public int height() {
    return axes.height;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Pen.clear(graphics, width(), height());
    Chart.of(this).paint(graphics);
  }
}
