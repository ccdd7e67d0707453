package org.wengert.train.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What is drawn of a layer: nothing that is not finite except as a gap, and not more points than
/// can be seen. On a logarithmic axis these are decimal logarithms.
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Points(double[] xs, double[] ys) {
  private static final int MOST = 1_600;
  private static final double LARGEST = 1e100; // charts compute differences and squares

  /// The points of a line with gaps; of a band its outlines, one for each stretch without a gap.
  /// None if there is nothing to be drawn.
  static List<Points> of(Curves.Layer layer, boolean logarithmic) {
    double[] xs = layer.xs();
    double[] ys = DoubleStream.of(layer.ys()).map(y -> drawn(y, logarithmic)).toArray();
    if (layer.style() == Curves.Style.BAND) {
      double[] tops = DoubleStream.of(layer.others()).map(y -> drawn(y, logarithmic)).toArray();
      return outlines(xs, ys, tops);
    }
    Points points = at(IntStream.range(0, xs.length).filter(i -> finite(xs[i])), xs, ys);
    if (DoubleStream.of(points.ys).allMatch(Double::isNaN)) {
      return List.of();
    }
    return List.of(layer.style() == Curves.Style.POINTS ? points.known() : points.thinned());
  }

  private static boolean finite(double value) {
    return Math.abs(value) < LARGEST;
  }

  private static double drawn(double y, boolean logarithmic) {
    if (!finite(y) || logarithmic && y < 1 / LARGEST) {
      return Double.NaN;
    }
    return logarithmic ? Math.log10(y) : y;
  }

  private static Points at(IntStream kept, double[] xs, double[] ys) {
    int[] indices = kept.toArray();
    return new Points(
        IntStream.of(indices).mapToDouble(i -> xs[i]).toArray(),
        IntStream.of(indices).mapToDouble(i -> ys[i]).toArray());
  }

  /// Where there is something to see.
  DoubleStream finiteXs() {
    return IntStream.range(0, xs.length).filter(i -> !Double.isNaN(ys[i])).mapToDouble(i -> xs[i]);
  }

  private Points known() {
    return at(IntStream.range(0, xs.length).filter(i -> !Double.isNaN(ys[i])), xs, ys);
  }

  private static List<Points> outlines(double[] xs, double[] lows, double[] highs) {
    List<Points> outlines = new ArrayList<>();
    int stretch = Math.ceilDiv(2 * xs.length, MOST);
    int from = 0;
    for (int i = 0; i <= xs.length; i++) {
      if (i == xs.length || !finite(xs[i]) || Double.isNaN(lows[i] + highs[i])) {
        if (i > from) {
          outlines.add(outline(from, i, stretch, xs, lows, highs));
        }
        from = i + 1;
      }
    }
    return outlines;
  }

  /// A polygon: along the lower ends, back along the upper ones. Of each stretch of a long band it
  /// has the lowest and the highest.
  private static Points outline(
      int from, int to, int stretch, double[] xs, double[] lows, double[] highs) {
    int pieces = Math.ceilDiv(to - from, stretch) + (stretch > 1 ? 1 : 0);
    double[] x = new double[2 * pieces];
    double[] y = new double[2 * pieces];
    for (int piece = 0; piece < pieces; piece++) {
      int first = Math.min(from + piece * stretch, to - 1);
      int last = Math.min(first + stretch, to);
      int back = 2 * pieces - 1 - piece;
      x[piece] = xs[first];
      x[back] = xs[first];
      y[piece] = IntStream.range(first, last).mapToDouble(i -> lows[i]).min().orElseThrow();
      y[back] = IntStream.range(first, last).mapToDouble(i -> highs[i]).max().orElseThrow();
    }
    return new Points(x, y);
  }

  /// Of each stretch of a long line its lowest and its highest point, so that no peak is lost.
  private Points thinned() {
    int stretch = 2 * Math.ceilDiv(xs.length, MOST);
    if (stretch <= 2) {
      return this;
    }
    IntStream kept =
        IntStream.iterate(0, from -> from < xs.length, from -> from + stretch)
            .flatMap(from -> extremes(from, Math.min(from + stretch, xs.length)));
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
