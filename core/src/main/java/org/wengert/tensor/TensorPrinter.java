package org.wengert.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints a tensor as NumPy and PyTorch do: four decimals where that is enough, aligned, long axes
/// shortened to their first and last three elements.
final class TensorPrinter {
  private static final int FULL = 1000;
  private static final int EDGE = 3;

  private final Tensor x;
  private final boolean shorten;
  private final String format;
  private int width;

  private TensorPrinter(Tensor x) {
    this.x = x;
    this.shorten = x.count() > FULL;
    this.format = format(x);
  }

  static String print(Tensor x) {
    String numbers = x.count() == 0 ? "[]" : new TensorPrinter(x).print();
    String type = x.dtype().name().toLowerCase(Locale.ROOT);
    return "tensor(" + numbers + ", shape=" + x.shape() + ", dtype=" + type + ")";
  }

  private static String format(Tensor x) {
    if (!x.dtype().isFloating()) {
      return "%d";
    }
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    boolean whole = true;
    double[] values = x.toDoubleArray();
    for (double value : values) {
      double size = Math.abs(value);
      if (Double.isFinite(value) && value != 0) {
        largest = Math.max(largest, size);
        smallest = Math.min(smallest, size);
        whole &= value == Math.rint(value);
      }
    }
    if (largest >= 1e8 || largest > 0 && (smallest < 1e-4 || largest / smallest >= 1e8)) {
      return "%.4e";
    }
    return whole ? "%.1f" : "%.4f";
  }

  private String print() {
    List<int[]> shown = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      shown.add(shown(x.size(axis)));
    }
    int[] index = new int[x.rank()];
    measure(shown, index, 0);
    StringBuilder text = new StringBuilder();
    append(text, shown, index, 0);
    return text.toString();
  }

  /// The indices of an axis that are printed; -1 stands for the dots.
  private int[] shown(int size) {
    if (!shorten || size <= 2 * EDGE) {
      return java.util.stream.IntStream.range(0, size).toArray();
    }
    int[] indices = new int[2 * EDGE + 1];
    for (int i = 0; i < EDGE; i++) {
      indices[i] = i;
      indices[EDGE + 1 + i] = size - EDGE + i;
    }
    indices[EDGE] = -1;
    return indices;
  }

  private void measure(List<int[]> shown, int[] index, int axis) {
    if (axis == index.length) {
      width = Math.max(width, element(index).length());
      return;
    }
    for (int i : shown.get(axis)) {
      if (i >= 0) {
        index[axis] = i;
        measure(shown, index, axis + 1);
      }
    }
  }

  private void append(StringBuilder text, List<int[]> shown, int[] index, int axis) {
    if (axis == index.length) {
      text.repeat(' ', width - element(index).length()).append(element(index));
      return;
    }
    int below = index.length - axis - 1;
    String separator = below == 0 ? ", " : "," + "\n".repeat(below) + " ".repeat(axis + 8);
    text.append('[');
    int printed = 0;
    for (int i : shown.get(axis)) {
      text.append(printed++ == 0 ? "" : separator);
      if (i < 0) {
        text.append("...");
      } else {
        index[axis] = i;
        append(text, shown, index, axis + 1);
      }
    }
    text.append(']');
  }

  private String element(int[] index) {
    return switch (x.dtype()) {
      case BOOL -> Boolean.toString(x.longAt(index) != 0);
      case INT32, INT64 -> Long.toString(x.longAt(index));
      case FLOAT32, FLOAT64 -> {
        double value = x.at(index);
        yield Double.isFinite(value)
            ? String.format(Locale.ROOT, format, value)
            : Double.toString(value).replace("Infinity", "inf").replace("NaN", "nan");
      }
    };
  }
}
