package org.wengert.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.wengert.examples.drawing.Svg;

/// A training run drawn as SVG text: the loss on a logarithmic axis, and below it the accuracy.
///
/// Losses fall by orders of magnitude, which a linear axis would press into its bottom line. Losses
/// that are not finite are left out; the axes always are.
final class LossCurve {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 600;
  private static final int LEFT = 88;
  private static final int RIGHT = 830;
  private static final int MOST_POINTS = 1_500;
  private static final String TRAIN = "#0072B2";
  private static final String TEST = "#D55E00";
  private static final String ACCURACY = "#00795A";

  private final TrainingHistory history;
  private final List<Double> smooth;
  private final int steps;
  private final Svg svg = new Svg(WIDTH, HEIGHT);
  private final String title;

  private LossCurve(TrainingHistory history, String title) {
    this.history = history;
    this.title = title;
    this.smooth = smoothed(history.stepLosses());
    int last = history.epochs().stream().mapToInt(TrainingHistory.Epoch::step).max().orElse(1);
    this.steps = Math.max(Math.max(last, history.stepLosses().size()), 1);
  }

  /// A vertical axis: where a value belongs, between the pixels `top` and `bottom`.
  private record Axis(int top, int bottom, double low, double high, boolean logarithmic) {
    double place(double value) {
      double share =
          logarithmic
              ? Math.log10(Math.max(value, 1e-300) / low) / Math.log10(high / low)
              : (value - low) / (high - low);
      return bottom - Math.clamp(share, -0.5, 1.5) * (bottom - top);
    }
  }

  /// A drawing of this run.
  static Svg of(TrainingHistory history, String title) {
    return new LossCurve(history, title).drawn();
  }

  private Svg drawn() {
    svg.text(LEFT, 30, "start", "font-size='19' font-weight='bold'", title);
    Axis loss = lossAxis();
    Axis accuracy = accuracyAxis();
    frame(loss, "loss", lossTicks(loss));
    frame(accuracy, "test accuracy", accuracyTicks(accuracy));
    stepTicks(accuracy.bottom());
    legend();
    drawLosses(loss);
    drawAccuracies(accuracy);
    return svg;
  }

  /// A running mean over about a fiftieth of the run, which forgets exponentially.
  private static List<Double> smoothed(List<Double> values) {
    double keep = 1 - 2 / (values.size() / 50.0 + 2);
    double sum = 0;
    double weight = 0;
    List<Double> means = new ArrayList<>();
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum = keep * sum + (1 - keep) * value;
        weight = keep * weight + (1 - keep);
      }
      means.add(sum / weight);
    }
    return means;
  }

  private Axis lossAxis() {
    double[] shown =
        DoubleStream.concat(
                smooth.stream().mapToDouble(Double::doubleValue),
                history.epochs().stream().mapToDouble(TrainingHistory.Epoch::testLoss))
            .filter(value -> value > 1e-30 && value < 1e30)
            .toArray();
    double low = DoubleStream.of(shown).min().orElse(0.1) / 3;
    double high = DoubleStream.of(shown).max().orElse(1) * 1.4;
    return new Axis(78, 350, low, high, true);
  }

  /// 1, 2, 5, 10, ... within the axis, or powers of ten only where that would be crowded.
  private static List<Double> lossTicks(Axis axis) {
    double decades = Math.log10(axis.high() / axis.low());
    int skip = Math.max(1, (int) (decades / 8));
    int first = (int) Math.floor(Math.log10(axis.low()));
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= first + decades + 1; power += skip) {
      for (int digit : decades > 3.5 ? new int[] {1} : new int[] {1, 2, 5}) {
        double tick = Double.parseDouble(digit + "e" + power);
        if (tick >= axis.low() && tick <= axis.high()) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private Axis accuracyAxis() {
    double lowest =
        history.epochs().stream()
            .mapToDouble(TrainingHistory.Epoch::testAccuracy)
            .filter(Double::isFinite)
            .min()
            .orElse(0);
    double step = accuracyStep(1 - lowest);
    double low = 1 - step * Math.max(2, Math.ceil((1 - lowest) / step));
    return new Axis(402, 540, Math.max(low, 0), 1, false);
  }

  private static double accuracyStep(double range) {
    double[] steps = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2};
    return DoubleStream.of(steps).filter(step -> range <= 4 * step).findFirst().orElse(0.25);
  }

  private static List<Double> accuracyTicks(Axis axis) {
    double step = accuracyStep(1 - axis.low());
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; 1 - i * step >= axis.low() - 1e-9; i++) {
      ticks.add(1 - i * step);
    }
    return ticks;
  }

  private void frame(Axis axis, String name, List<Double> ticks) {
    for (double tick : ticks) {
      double y = axis.place(tick);
      svg.add("<path d='M%d %.1fH%d' stroke='#e2e2e2'/>", LEFT, y, RIGHT);
      svg.text(
          LEFT - 8,
          y + 4,
          "end",
          "",
          axis.logarithmic() ? number(tick) : percent(tick).replace(".0", ""));
    }
    svg.add(
        "<path d='M%d %dV%dH%d' fill='none' stroke='#888'/>",
        LEFT, axis.top(), axis.bottom(), RIGHT);
    double middle = (axis.top() + axis.bottom()) / 2.0;
    String turned = String.format(Locale.ROOT, "transform='rotate(-90 22 %.1f)'", middle);
    svg.text(22, middle, "middle", turned, name);
  }

  private void stepTicks(int bottom) {
    double raw = steps / 8.0;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double factor = raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10;
    int stride = (int) Math.max(1, Math.round(power * factor));
    for (int i = 0; i <= steps / stride; i++) {
      int step = i * stride;
      svg.add("<path d='M%.1f %dv5' stroke='#888'/>", x(step), bottom);
      svg.text(x(step), bottom + 19, "middle", "", "" + step);
    }
    svg.text((LEFT + RIGHT) / 2.0, bottom + 42, "middle", "", "training step");
  }

  private void legend() {
    int y = 56;
    svg.add("<path d='M%d %dh26' stroke='%s' stroke-opacity='0.3'/>", LEFT, y - 4, TRAIN);
    svg.text(LEFT + 34, y, "start", "", "training loss, each step");
    svg.add("<path d='M%d %dh26' stroke='%s' stroke-width='2'/>", LEFT + 218, y - 4, TRAIN);
    svg.text(LEFT + 252, y, "start", "", "training loss, smoothed");
    svg.add("<path d='M%d %dh26' stroke='%s' stroke-width='2'/>", LEFT + 436, y - 4, TEST);
    svg.dot(LEFT + 449, y - 4, TEST);
    svg.text(LEFT + 470, y, "start", "", "test loss, each epoch");
  }

  private void drawLosses(Axis axis) {
    svg.add(
        "<clipPath id='plot'><rect x='%d' y='%d' width='%d' height='%d'/></clipPath>",
        LEFT, axis.top(), RIGHT - LEFT, axis.bottom() - axis.top());
    curve(axis, history.stepLosses(), TRAIN, "stroke-opacity='0.3'");
    curve(axis, smooth, TRAIN, "stroke-width='2'");
    epochs(axis, TEST, history.epochs().stream().map(epoch -> epoch.testLoss()).toList());
  }

  private void curve(Axis axis, List<Double> values, String colour, String style) {
    int stride = Math.ceilDiv(Math.max(values.size(), 1), MOST_POINTS);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.size(); i += stride) {
      point(path, x(i + 1), axis, values.get(i));
    }
    svg.add(
        "<path d='%s' fill='none' stroke='%s' %s clip-path='url(#plot)'/>", path, colour, style);
  }

  private void drawAccuracies(Axis axis) {
    List<TrainingHistory.Epoch> epochs = history.epochs();
    epochs(axis, ACCURACY, epochs.stream().map(epoch -> epoch.testAccuracy()).toList());
    int stride = Math.ceilDiv(Math.max(epochs.size(), 1), 10);
    for (int i = epochs.size() - 1; i >= 0; i -= stride) { // the last one is always labelled
      double accuracy = epochs.get(i).testAccuracy();
      if (Double.isFinite(accuracy)) {
        String style = "fill='%s' font-size='12'".formatted(ACCURACY);
        double y = axis.place(accuracy);
        double below = y < axis.top() + 16 ? y + 19 : y - 9;
        svg.text(x(epochs.get(i).step()), below, "end", style, percent(accuracy));
      }
    }
  }

  private void epochs(Axis axis, String colour, List<Double> values) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      point(path, x(history.epochs().get(i).step()), axis, values.get(i));
    }
    svg.add("<path d='%s' fill='none' stroke='%s' stroke-width='2'/>", path, colour);
    for (int i = 0; i < values.size(); i++) {
      if (Double.isFinite(values.get(i))) {
        svg.dot(x(history.epochs().get(i).step()), axis.place(values.get(i)), colour);
      }
    }
  }

  private static void point(StringBuilder path, double x, Axis axis, double value) {
    if (Double.isFinite(value)) {
      String command = path.isEmpty() ? "M" : "L";
      path.append(command).append(String.format(Locale.ROOT, "%.1f %.1f", x, axis.place(value)));
    }
  }

  private double x(double step) {
    return LEFT + step / steps * (RIGHT - LEFT);
  }

  private static String number(double value) {
    boolean plain = value >= 0.001 && value < 100_000;
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.0e", value)
        .replaceFirst("(?<=\\.\\d{0,9})0+$", "")
        .replaceFirst("\\.$", "");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
