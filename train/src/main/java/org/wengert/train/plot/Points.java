package org.wengert.train.plot;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What is drawn of a layer: nothing that is not finite except as a gap, and not more points than
/// can be seen.
record Points(double[] xs, double[] ys) {
  private static final int MOST = 1_600;
  private static final double LARGEST = 1e100; // charts compute differences and squares

  static Points of(Curves.Layer layer, boolean logarithmic) {
    double[] xs = layer.xs();
    double[] ys = DoubleStream.of(layer.ys()).map(y -> drawn(y, logarithmic)).toArray();
    if (layer.style() == Curves.Style.BAND) {
      double[] tops = DoubleStream.of(layer.others()).map(y -> drawn(y, logarithmic)).toArray();
      return outline(xs, ys, tops);
    }
    int[] kept = IntStream.range(0, xs.length).filter(i -> finite(xs[i])).toArray();
    Points points = at(kept, xs, ys);
    if (DoubleStream.of(points.ys).allMatch(Double::isNaN)) {
      return at(new int[0], xs, ys);
    }
    return layer.style() == Curves.Style.POINTS ? points.known() : points.thinned();
  }

  private static boolean finite(double value) {
    return Math.abs(value) < LARGEST;
  }

  private static double drawn(double y, boolean logarithmic) {
    return finite(y) && !(logarithmic && y < 1e-100) ? y : Double.NaN;
  }

  private static Points at(int[] kept, double[] xs, double[] ys) {
    return new Points(
        IntStream.of(kept).mapToDouble(i -> xs[i]).toArray(),
        IntStream.of(kept).mapToDouble(i -> ys[i]).toArray());
  }

  private Points known() {
    return at(IntStream.range(0, xs.length).filter(i -> !Double.isNaN(ys[i])).toArray(), xs, ys);
  }

  /// A polygon: along the lower ends, back along the upper ones.
  private static Points outline(double[] xs, double[] lows, double[] highs) {
    int[] kept =
        IntStream.range(0, xs.length)
            .filter(i -> finite(xs[i]) && !Double.isNaN(lows[i] + highs[i]))
            .toArray();
    int[] back = IntStream.range(0, kept.length).map(i -> kept[kept.length - 1 - i]).toArray();
    Points low = at(kept, xs, lows);
    Points high = at(back, xs, highs);
    return new Points(
        DoubleStream.concat(DoubleStream.of(low.xs), DoubleStream.of(high.xs)).toArray(),
        DoubleStream.concat(DoubleStream.of(low.ys), DoubleStream.of(high.ys)).toArray());
  }

  /// Of each stretch of a long line its lowest and its highest point, so that no peak is lost.
  private Points thinned() {
    int stretch = 2 * Math.ceilDiv(xs.length, MOST);
    if (stretch <= 2) {
      return this;
    }
    int[] kept =
        IntStream.iterate(0, from -> from < xs.length, from -> from + stretch)
            .flatMap(from -> extremes(from, Math.min(from + stretch, xs.length)))
            .toArray();
    return at(kept, xs, ys);
  }

  private IntStream extremes(int from, int to) {
    int low = from;
    int high = from;
    for (int i = from + 1; i < to; i++) {
      low = ys[i] < ys[low] || Double.isNaN(ys[low]) ? i : low;
      high = ys[i] > ys[high] || Double.isNaN(ys[high]) ? i : high;
    }
    return IntStream.of(Math.min(low, high), Math.max(low, high)).distinct();
  }

  /// A running mean over about a fiftieth of all, which forgets exponentially.
  static double[] runningMean(double[] values) {
    double keep = 1 - 2 / (values.length / 50.0 + 2);
    double sum = 0;
    double weight = 0;
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        sum = keep * sum + (1 - keep) * values[i];
        weight = keep * weight + (1 - keep);
      }
      means[i] = sum / weight;
    }
    return means;
  }
}
