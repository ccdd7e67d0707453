package org.wengert.backend.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;

/// The plane of a convolution of stride 1 over three axes, with its padding, row by row in one
/// line: then every tap of the kernel is a fixed distance ahead of the element of the result that
/// it counts for, and a tile of the result may run on from one row into the next. What it computes
/// in the padding is left out when the result is stored.
///
/// Immutable.
final class PaddedPlane {
  private static final Window ONE = Window.sliding(1, 1, 1, 1, 0, 1);

  private final Track depth;
  private final Track height;
  private final Track width;
  private final int rows;
  private final int columns;
  private final int[] taps;
  private final int[] phases;
  private final int[] distances;
  private final List<int[]> parts = new ArrayList<>();

  private PaddedPlane(Track depth, Track height, Track width, int kernelRows, int kernelColumns) {
    this.depth = depth;
    this.height = height;
    this.width = width;
    this.rows = height.padded();
    this.columns = width.padded();
    int count = depth.taps().length * height.taps().length * width.taps().length;
    this.taps = new int[count];
    this.phases = new int[count];
    this.distances = new int[count];
    int next = 0;
    for (int d = 0; d < depth.taps().length; d++) {
      for (int h = 0; h < height.taps().length; h++) {
        for (int w = 0; w < width.taps().length; w++) {
          int row = depth.taps()[d] * kernelRows + height.taps()[h];
          taps[next] = row * kernelColumns + width.taps()[w];
          phases[next] = part(depth.phases()[d], height.phases()[h], width.phases()[w]);
          distances[next++] =
              (depth.shifts()[d] * rows + height.shifts()[h]) * columns + width.shifts()[w];
        }
      }
    }
  }

  /// The number of a phase of the plane among those that a tap sees.
  private int part(int... phase) {
    for (int i = 0; i < parts.size(); i++) {
      if (Arrays.equals(parts.get(i), phase)) {
        return i;
      }
    }
    parts.add(phase);
    return parts.size() - 1;
  }

  /// One window for each of the three axes, of which a convolution may use the last ones only.
  static List<Window> threeAxes(List<Window> windows) {
    List<Window> three = new ArrayList<>(windows);
    while (three.size() < 3) {
      three.addFirst(ONE);
    }
    return three;
  }

  /// The plane that leads from the operand to the windows.
  static PaddedPlane forward(List<Window> windows) {
    List<Window> three = threeAxes(windows);
    return new PaddedPlane(
        Track.forward(three.get(0)),
        Track.forward(three.get(1)),
        Track.forward(three.get(2)),
        three.get(1).kernel(),
        three.get(2).kernel());
  }

  /// The planes that lead from the windows back: each computes other elements.
  static List<PaddedPlane> backward(List<Window> windows) {
    List<Window> three = threeAxes(windows);
    List<PaddedPlane> planes = new ArrayList<>();
    for (Track depth : Track.backward(three.get(0))) {
      for (Track height : Track.backward(three.get(1))) {
        for (Track width : Track.backward(three.get(2))) {
          int kernelRows = three.get(1).kernel();
          planes.add(new PaddedPlane(depth, height, width, kernelRows, three.get(2).kernel()));
        }
      }
    }
    return planes;
  }

  /// The product of the sizes of the last axes.
  static int area(Shape shape, int axes) {
    int area = 1;
    for (int axis = shape.rank() - axes; axis < shape.rank(); axis++) {
      area *= shape.size(axis);
    }
    return area;
  }

  /// Which elements of the kernel take part, each with its phase and distance.
  int[] taps() {
    return taps;
  }

  /// Where tap `i` looks in a packed channel whose phases are `length` long.
  int place(int i, int length) {
    return phases[i] * length + distances[i];
  }

  /// The number of phases of a channel.
  int phaseCount() {
    return parts.size();
  }

  /// How many places of the line, from its start, hold all elements of the result.
  int length() {
    int row = (depth.outputs() - 1) * rows + height.outputs() - 1;
    return row * columns + width.outputs();
  }

  /// How far the farthest tap looks ahead.
  int reach() {
    int most = 0;
    for (int distance : distances) {
      most = Math.max(most, distance);
    }
    return most;
  }

  /// The number of columns of the result.
  int resultColumns() {
    return width.outputs();
  }

  /// Where a row of the result begins in the line.
  int rowPlace(int row) {
    return (row / height.outputs() * rows + row % height.outputs()) * columns;
  }

  /// What brings `count` places of all phases of a channel, from `begin` on, into one line, padding
  /// as 0.
  ///
  /// @param length the distance in the line from phase to phase
  Runs packing(int begin, int count, int length) {
    Runs runs = new Runs(width.stride(), 1);
    for (int part = 0; part < parts.size(); part++) {
      int target = part * length - begin;
      for (int i = begin; i < begin + count; ) {
        int column = i % columns;
        int run = Math.min(columns - column, begin + count - i);
        packRow(runs, parts.get(part), i / columns, column, run, target + i);
        i += run;
      }
    }
    return runs;
  }

  private void packRow(Runs runs, int[] phase, int row, int column, int run, int target) {
    int d = row / rows * depth.stride() + phase[0] - depth.before();
    int h = row % rows * height.stride() + phase[1] - height.before();
    if (d < 0 || d >= depth.size() || h < 0 || h >= height.size()) {
      runs.zero(target, run);
      return;
    }
    int stride = width.stride();
    int lag = width.before() - phase[2];
    int first = Math.clamp(Math.ceilDiv(lag, stride) - column, 0, run);
    int last = Math.clamp(Math.ceilDiv(width.size() + lag, stride) - column, first, run);
    int source = (d * height.size() + h) * width.size() - lag;
    runs.zero(target, first);
    runs.move(source + (column + first) * stride, target + first, last - first);
    runs.zero(target + last, run - last);
  }

  /// What brings `count` places of the line, from `begin` on, to where they belong in a channel of
  /// the result, as far as they are elements of it.
  ///
  /// @param sizes of the axes of the result
  Runs storing(int begin, int count, int... sizes) {
    Runs runs = new Runs(1, width.step());
    for (int i = begin; i < begin + count; ) {
      int column = i % columns;
      int run = Math.min(columns - column, begin + count - i);
      int d = i / columns / rows;
      int h = i / columns % rows;
      if (d < depth.outputs() && h < height.outputs()) {
        int row =
            (depth.first() + d * depth.step()) * sizes[1] + height.first() + h * height.step();
        int place = row * sizes[2] + width.first() + column * width.step();
        runs.move(i - begin, place, Math.min(column + run, width.outputs()) - column);
      }
      i += run;
    }
    return runs;
  }
}
