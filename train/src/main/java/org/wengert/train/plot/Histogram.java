package org.wengert.train.plot;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// How numbers are distributed: between their smallest and largest bins of equal width, more
/// of them for more numbers (`2 ∛n`), and how many numbers fall into each; the number on the left
/// is that of the tallest bin. Numbers that are not finite are counted in a remark, not drawn.
public final class Histogram implements Plot {
  private static final int MOST_BINS = 60;
  private static final int WIDTH = 460;
  private static final int HEIGHT = 300;
  private static final int LEFT = 20;
  private static final int TOP = 70;
  private static final int FLOOR = HEIGHT - 40;

  private final String title;
  private final double low;
  private final double high;
  private final long[] counts;
  private final String remark;

  private Histogram(String title, double low, double high, long[] counts, String remark) {
    this.title = title;
    this.low = low;
    this.high = high;
    this.counts = counts;
    this.remark = remark;
  }

  /// The distribution of these numbers.
  public static Histogram of(String title, double... values) {
    double[] finite = DoubleStream.of(values).filter(Double::isFinite).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(0);
    int bins = Math.clamp((long) Math.ceil(2 * Math.cbrt(finite.length)), 9, MOST_BINS);
    double width = high / bins - low / bins; // divided first: the difference may be infinite
    long[] counts = new long[bins];
    for (double value : finite) {
      int bin = width > 0 ? (int) (value / width - low / width) : bins / 2;
      counts[Math.min(bin, bins - 1)]++;
    }
    return new Histogram(title, low, high, counts, remark(finite, values.length - finite.length));
  }

  private static String remark(double[] finite, int others) {
    double mean = DoubleStream.of(finite).average().orElse(Double.NaN);
    double variance =
        DoubleStream.of(finite).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
    String moments =
        String.format(
            Locale.ROOT,
            "%,d: mean %.3g, deviation %.3g",
            finite.length,
            mean,
            Math.sqrt(variance));
    return others == 0 ? moments : moments + String.format(Locale.ROOT, ", %,d not finite", others);
  }

  /// A histogram for each parameter of a model, under its name.
  ///
  /// @throws OptionException if the model has no parameters
  public static Plot weights(Module model) {
    List<Histogram> all = new ArrayList<>();
    model
        .namedParameters()
        .forEach((name, parameter) -> all.add(of(name, parameter.value().toDoubleArray())));
    return Plot.grid(columns(all), all);
  }

  /// A histogram for each gradient of a model's parameters, under the parameter's name.
  ///
  /// @throws OptionException if no parameter has a gradient
  public static Plot gradients(Module model) {
    List<Histogram> all = new ArrayList<>();
    model
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              Tensor gradient = parameter.grad();
              if (gradient != null) {
                all.add(of("gradient of " + name, gradient.toDoubleArray()));
              }
            });
    return Plot.grid(columns(all), all);
  }

  private static int columns(List<Histogram> all) {
    return all.size() < 5 ? 2 : all.size() < 13 ? 3 : 4;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Pen.clear(graphics, WIDTH, HEIGHT);
    graphics.setColor(Pen.INK);
    graphics.setFont(Pen.TITLE);
    Pen.write(graphics, title, LEFT, 30, 0, WIDTH - 2.0 * LEFT);
    graphics.setFont(Pen.SMALL);
    graphics.setColor(Pen.GREY);
    Pen.write(graphics, remark, LEFT, 52, 0, WIDTH - 2.0 * LEFT);
    double most = Math.max(1, LongStream.of(counts).max().orElse(1));
    int bar = (WIDTH - 2 * LEFT) / counts.length;
    graphics.setColor(Pen.colour(0));
    for (int i = 0; i < counts.length; i++) {
      int tall =
          (int) Math.ceil(counts[i] / most * (FLOOR - TOP)); // no bin with something is empty
      graphics.fillRect(LEFT + i * bar, FLOOR - tall, bar - 1, tall);
    }
    paintAxis(graphics, bar);
    graphics.setColor(Pen.GREY);
    graphics.drawLine(LEFT, TOP, LEFT + 6, TOP);
    String top = String.format(Locale.ROOT, "%,d", (long) most);
    Pen.write(graphics, top, LEFT + 10, TOP + 5, 0, WIDTH);
  }

  private void paintAxis(Graphics2D graphics, int bar) {
    graphics.setColor(Pen.GREY);
    graphics.drawLine(LEFT, FLOOR, LEFT + counts.length * bar, FLOOR);
    if (low < 0 && high > 0) {
      int zero = LEFT + (int) Math.round(-low / (high - low) * counts.length * bar);
      graphics.drawLine(zero, TOP, zero, FLOOR);
    }
    graphics.setColor(Pen.INK);
    Pen.write(graphics, Pen.number(low), LEFT, FLOOR + 20, 0, 200);
    Pen.write(graphics, Pen.number(high), LEFT + counts.length * bar, FLOOR + 20, 1, 200);
  }
}
