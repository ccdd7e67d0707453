package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Folds;
import org.wengert.backend.Reduction;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Reductions over any axes, in an order that the shape alone decides.
///
/// Axes of size 1 are left out and neighbours that are both folded, or both kept, are merged. Then
/// the innermost folded axis goes, and so on outwards. If it is the last axis, each of its lines is
/// a stretch; it is cut into chunks, whose results are a shorter line to fold. If kept axes follow,
/// rows are folded into a row, in blocks whose results are fewer rows to fold.
final class ReduceKernel {
  private static final int CHUNK = 1 << 14;
  private static final int BLOCK = 64;
  private static final int TASK = 1 << 15; // numbers worth handing to a thread

  private final Folds folds;

  ReduceKernel(Folds folds) {
    this.folds = folds;
  }

  Tensor reduce(Reduction how, Tensor x, Shape to) {
    boolean floating = x.dtype().isFloating();
    Tensor from = floating ? x : x.to(DType.INT64);
    Tensor dense = from.isContiguous() ? from : from.copy();
    Storage folded = new Fold(how, folds).over(dense, segments(x.shape(), to));
    Tensor y = Tensor.over(folded, to);
    return floating || how == Reduction.SUM ? y : y.to(x.dtype());
  }

  /// The merged sizes from the inside outwards: folded, kept, folded, and so on; the first may be
  /// 1.
  private static int[] segments(Shape x, Shape to) {
    int[] segments = new int[x.rank() + 2];
    int last = 0;
    Arrays.fill(segments, 1);
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      int toAxis = axis - (x.rank() - to.rank());
      int size = x.size(axis);
      boolean folds = toAxis < 0 || to.size(toAxis) != size;
      if (size != 1) {
        last += folds == (last % 2 == 0) ? 0 : 1;
        segments[last] *= size;
      }
    }
    return Arrays.copyOf(segments, last + 1);
  }

  /// One reduction on its way.
  private record Fold(Reduction how, Folds folds) {
    Storage over(Tensor x, int... segments) {
      Storage data = x.storage();
      int at = x.offset();
      int inner = 1; // kept
      boolean fresh = false;
      for (int s = 0; s < segments.length; s++) {
        int size = segments[s];
        if (s % 2 == 1) {
          inner *= size;
        } else if (size != 1) {
          int outer = product(segments, s + 1);
          data = inner == 1 ? lines(data, at, outer, size) : rows(data, at, outer, size, inner);
          at = 0;
          fresh = true;
        }
      }
      return fresh ? data : data.copyOfRange(at, at + x.count());
    }

    private static int product(int[] segments, int from) {
      int product = 1;
      for (int s = from; s < segments.length; s++) {
        product *= segments[s];
      }
      return product;
    }

    /// Folds `count` lines of `size` numbers each.
    private Storage lines(Storage x, int from, int count, int size) {
      int chunks = Math.ceilDiv(size, CHUNK);
      if (chunks > 1) {
        Storage parts = Storage.allocate(x.dtype(), count * chunks);
        Workers.forEach(count * chunks, part -> chunk(x, from, size, parts, part));
        return lines(parts, 0, count, chunks);
      }
      Storage y = Storage.allocate(x.dtype(), count);
      int each = Math.max(1, TASK / Math.max(size, 1));
      if (count <= each) {
        lines(x, from, size, y, 0, count);
      } else {
        Workers.forEach(
            Math.ceilDiv(count, each),
            task ->
                lines(
                    x,
                    from,
                    size,
                    y,
                    task * each,
                    task * each + Math.min(each, count - task * each)));
      }
      return y;
    }

    private void chunk(Storage x, int from, int size, Storage parts, int part) {
      int chunks = Math.ceilDiv(size, CHUNK);
      int start = part % chunks * CHUNK;
      line(x, from + part / chunks * size + start, Math.min(CHUNK, size - start), parts, part);
    }

    private void lines(Storage x, int from, int size, Storage y, int first, int end) {
      for (int i = first; i < end; i++) {
        line(x, from + i * size, size, y, i);
      }
    }

    private void line(Storage x, int from, int size, Storage y, int at) {
      switch (x) {
        case Storage.Floats f ->
            ((Storage.Floats) y).array()[at] = folds.fold(how, f.array(), from, size);
        case Storage.Doubles d ->
            ((Storage.Doubles) y).array()[at] = folds.fold(how, d.array(), from, size);
        default -> y.put(at, LongFolds.fold(how, ((Storage.Longs) x).array(), from, size));
      }
    }

    /// Folds `outer` times `size` rows of `inner` numbers each into one row.
    private Storage rows(Storage x, int from, int outer, int size, int inner) {
      int blocks = Math.max(1, Math.ceilDiv(size, BLOCK));
      Storage y = Storage.allocate(x.dtype(), outer * blocks * inner);
      Blocks rows = new Blocks(this, x, from, size, inner, blocks, y);
      int tasks = outer * blocks * rows.cuts();
      int each = Math.max(1, TASK / Math.max(1, rows.height() * Math.min(inner, rows.width())));
      if (tasks <= each) {
        rows.run(0, tasks);
      } else {
        Workers.forEach(
            Math.ceilDiv(tasks, each),
            task -> rows.run(task * each, task * each + Math.min(each, tasks - task * each)));
      }
      return blocks == 1 ? y : rows(y, 0, outer, blocks, inner);
    }
  }

  /// The folding of blocks of rows, cut into columns, too: where they are cut changes no bit.
  private record Blocks(
      Fold fold, Storage x, int from, int size, int inner, int blocks, Storage y) {
    int height() {
      return Math.min(size, BLOCK);
    }

    int width() {
      return Math.max(64, TASK / Math.max(height(), 1));
    }

    int cuts() {
      return Math.ceilDiv(inner, width());
    }

    void run(int first, int end) {
      int cuts = cuts();
      for (int i = first; i < end; i++) {
        int target = i / cuts;
        int row = target % blocks * BLOCK;
        int column = i % cuts * width();
        int place = from + (target / blocks * size + row) * inner + column;
        int count = Math.min(width(), inner - column);
        run(place, Math.min(BLOCK, size - row), target * inner + column, count);
      }
    }

    private void run(int place, int rows, int at, int count) {
      Reduction how = fold.how;
      Folds folds = fold.folds;
      switch (x) {
        case Storage.Floats f -> {
          float[] to = ((Storage.Floats) y).array();
          folds.foldRows(how, f.array(), place, inner, rows, to, at, count);
        }
        case Storage.Doubles d -> {
          double[] to = ((Storage.Doubles) y).array();
          folds.foldRows(how, d.array(), place, inner, rows, to, at, count);
        }
        default -> {
          long[] to = ((Storage.Longs) y).array();
          LongFolds.foldRows(how, ((Storage.Longs) x).array(), place, inner, rows, to, at, count);
        }
      }
    }
  }
}
