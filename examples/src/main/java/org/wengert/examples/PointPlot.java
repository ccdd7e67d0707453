package org.wengert.examples;

import java.util.ArrayList;
import java.util.List;
import org.wengert.tensor.Tensor;
import org.wengert.train.plot.Curves;
import org.wengert.train.plot.Plot;

/// Clouds of points side by side, each over the same true ones. Holds state: the clouds so far.
final class PointPlot {
  private static final int SIDE = 420;

  private final Tensor truth;
  private final double reach;
  private final List<Plot> clouds = new ArrayList<>();

  /// No clouds yet.
  ///
  /// @param truth true points, `(count, 2)`
  /// @param reach how far from the origin there is something to see
  PointPlot(Tensor truth, double reach) {
    this.truth = truth;
    this.reach = reach;
  }

  /// Adds a cloud to the right of the others.
  void add(Tensor points, String caption) {
    Curves empty = Curves.of(caption).size(SIDE, SIDE + 20).range(-reach, reach, -reach, reach);
    clouds.add(cloud(cloud(empty, "true", truth), "made", points));
  }

  private static Curves cloud(Curves curves, String name, Tensor points) {
    double[] xs = points.slice(1, 0, 1, 1).toDoubleArray();
    return curves.points(name, xs, points.slice(1, 1, 2, 1).toDoubleArray());
  }

  /// All clouds.
  Plot plot() {
    return Plot.grid(clouds.size(), clouds);
  }
}
