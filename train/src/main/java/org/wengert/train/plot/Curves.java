package org.wengert.train.plot;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;
import org.wengert.train.History;

/// Lines, points and bands over one pair of axes; those of a [History] are ready made. Numbers that
/// are not finite leave gaps, and on a logarithmic axis those that are not positive do.
///
/// ```java
/// Curves.of(history).save(Path.of("history.png"));
/// Curves.of("sine").points("data", x, y).line("mean", x, mean).band("±2σ", x, low,
/// high).save(file);
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
  record Layer(Style style, String name, double[] xs, double[] ys, double[] others, int colour) {}

  /// What is around the curves.
  record Axes(
      String title, String x, String y, int width, int height, boolean logarithmic, Box box) {}

  /// What the axes show; `NaN` where the data decide.
  record Box(double left, double right, double bottom, double top) {
    static final Box OPEN = new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
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
    if (x.length != y.length || x.length != others.length) {
      throw new OptionException(
              "curve '%s' has %d x and %d y"
                  .formatted(name, x.length, Math.min(y.length, others.length)))
          .hint("give as many of one as of the other");
    }
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(style, name, x.clone(), y.clone(), others.clone(), colour));
    return new Curves(axes, more);
  }

  /// These with names of the axes.
  public Curves axes(String x, String y) {
    return new Curves(
        new Axes(axes.title, x, y, axes.width, axes.height, axes.logarithmic, axes.box), layers);
  }

  /// These with a logarithmic `y` axis.
  public Curves logarithmic() {
    return new Curves(
        new Axes(axes.title, axes.x, axes.y, axes.width, axes.height, true, axes.box), layers);
  }

  /// These in a picture of so many pixels.
  public Curves size(int width, int height) {
    return new Curves(
        new Axes(axes.title, axes.x, axes.y, width, height, axes.logarithmic, axes.box), layers);
  }

  /// These from `left` to `right` and from `bottom` to `top`; `NaN` lets the data decide.
  public Curves range(double left, double right, double bottom, double top) {
    Box box = new Box(left, right, bottom, top);
    return new Curves(
        new Axes(axes.title, axes.x, axes.y, axes.width, axes.height, axes.logarithmic, box),
        layers);
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
    Chart.paint(Chart.of(this), graphics);
  }
}
