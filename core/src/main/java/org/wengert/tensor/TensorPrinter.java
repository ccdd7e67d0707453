package org.wengert.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Prints a tensor as NumPy and PyTorch do: four decimals where that is enough, aligned, long axes
/// shortened to their first and last three elements, rows broken at 80 columns. Where that leaves
/// more elements than four long axes have, the outermost axes show their first index only; PyTorch
/// prints them all.
///
/// Numbers of at least 1e8, below 1e-4 or of which the largest exceeds the smallest a thousandfold
/// stand in scientific notation. Whole numbers have one decimal and only their size matters, since
/// they lose nothing.
final class TensorPrinter {
  private static final int FULL = 1000;
  private static final int EDGE = 3;
  private static final int MOST = (2 * EDGE) * (2 * EDGE) * (2 * EDGE) * (2 * EDGE);
  private static final int COLUMNS = 80;
  private static final int INDENT = "tensor(".length();

  private final Tensor x;
  private final List<int[]> shown = new ArrayList<>();
  private final String format;
  private final int width;

  private TensorPrinter(Tensor x) {
    this.x = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      shown.add(shown(x.size(axis), x.count() > FULL));
    }
    shortenOutermost();
    List<int[]> indices = new ArrayList<>();
    collect(new int[x.rank()], 0, indices);
    this.format = format(indices.stream().mapToDouble(x::at).toArray());
    this.width = indices.stream().mapToInt(index -> element(index).length()).max().orElse(0);
  }

  static String print(Tensor x) {
    String numbers = x.count() == 0 ? "[]" : new TensorPrinter(x).print();
    String type = x.dtype().name().toLowerCase(Locale.ROOT);
    return "tensor(" + numbers + ", shape=" + x.shape() + ", dtype=" + type + ")";
  }

  /// The indices of an axis that are printed; -1 stands for the dots.
  private static int[] shown(int size, boolean shorten) {
    if (!shorten || size <= 2 * EDGE) {
      return IntStream.range(0, size).toArray();
    }
    int[] indices = new int[2 * EDGE + 1];
    for (int i = 0; i < EDGE; i++) {
      indices[i] = i;
      indices[EDGE + 1 + i] = size - EDGE + i;
    }
    indices[EDGE] = -1;
    return indices;
  }

  private void shortenOutermost() {
    long count = x.count() > FULL ? 1 : 0;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      count = Math.min(MOST + 1, count * Math.min(x.size(axis), 2 * EDGE));
      if (count > MOST && x.size(axis) > 1) {
        shown.set(axis, new int[] {0, -1});
      }
    }
  }

  private void collect(int[] index, int axis, List<int[]> to) {
    if (axis == index.length) {
      to.add(index.clone());
      return;
    }
    for (int i : shown.get(axis)) {
      if (i >= 0) {
        index[axis] = i;
        collect(index, axis + 1, to);
      }
    }
  }

  private static String format(double[] values) {
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    boolean whole = true;
    for (double value : values) {
      double size = Math.abs(value);
      if (Double.isFinite(value) && value != 0) {
        largest = Math.max(largest, size);
        smallest = Math.min(smallest, size);
        whole &= value == Math.rint(value);
      }
    }
    boolean wide = !whole && largest / smallest > 1000;
    boolean tiny = largest > 0 && smallest < 1e-4;
    return largest >= 1e8 || tiny || wide ? "%.4e" : whole ? "%.1f" : "%.4f";
  }

  private String print() {
    StringBuilder text = new StringBuilder();
    append(text, new int[x.rank()], 0);
    return text.toString();
  }

  private void append(StringBuilder text, int[] index, int axis) {
    if (axis == index.length) {
      String element = element(index);
      text.repeat(' ', width - element.length()).append(element);
      return;
    }
    int below = index.length - axis - 1;
    String indent = " ".repeat(INDENT + axis + 1);
    String broken = "," + "\n".repeat(Math.max(below, 1)) + indent;
    int perLine = below > 0 ? 1 : Math.max(1, (COLUMNS - INDENT - axis) / (width + 2));
    text.append('[');
    int printed = 0;
    for (int i : shown.get(axis)) {
      text.append(printed == 0 ? "" : printed % perLine == 0 ? broken : ", ");
      printed++;
      if (i < 0) {
        text.append("...");
      } else {
        index[axis] = i;
        append(text, index, axis + 1);
      }
    }
    text.append(']');
  }

  private String element(int[] index) {
    return switch (x.dtype()) {
      case BOOL -> Boolean.toString(x.longAt(index) != 0);
      case UINT8, INT32, INT64 -> Long.toString(x.longAt(index));
      case FLOAT32, FLOAT64 -> {
        double value = x.at(index);
        yield Double.isFinite(value)
            ? String.format(Locale.ROOT, format, value)
            : Double.toString(value).replace("Infinity", "inf").replace("NaN", "nan");
      }
    };
  }
}
