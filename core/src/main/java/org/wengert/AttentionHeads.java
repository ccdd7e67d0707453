package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Matrix;
import org.wengert.backend.Workers;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Attention, head by head: each is a few products of small matrices, and threads share the heads.
/// Queries are taken some at a time, so that their scores stay in the cache, and of a causal mask
/// nothing but the last tile is computed in vain.
///
/// @param q of shape `(.., queries, d)`
/// @param k of shape `(.., keys, d)`
/// @param v of shape `(.., keys, e)`
/// @param mask of shape `(.., queries, keys)`, `BOOL` or numbers to add; rows without gaps
/// @param causal whether query `i` sees keys up to `i` only
/// @param scale what the scores are multiplied with
record AttentionHeads(
    Backend kernels,
    Tensor q,
    Tensor k,
    Tensor v,
    @Nullable Tensor mask,
    boolean causal,
    double scale) {
  private static final int TILE = 64; // queries that are taken at a time
  private static final long GRAIN = 1 << 17; // multiplications that are worth a helper's while

  int queries() {
    return q.size(-2);
  }

  int keys() {
    return k.size(-2);
  }

  private int count() {
    int count = 1;
    for (int axis = 0; axis < q.rank() - 2; axis++) {
      count *= q.size(axis);
    }
    return count;
  }

  /// Fills `y` and gives what [#backward] wants: for each query the largest score and one over the
  /// sum of the exponentials.
  Tensor forward(Tensor y) {
    Tensor norms = Tensor.empty(Shape.of(count(), queries(), 2), y.dtype());
    forEach(
        1,
        (head, tile) -> {
          Matrix rows = of(q, head);
          Matrix to = of(y, head);
          for (int from = 0; from < queries(); from += TILE) {
            tile.cover(head, from, Math.min(TILE, queries() - from));
            tile.scores(rows, of(k, head));
            tile.normalize(norms);
            kernels.multiply(tile.scores(), of(v, head).rows(0, tile.keys()), null, tile.rows(to));
          }
        });
    return norms;
  }

  /// The gradients of queries, keys and values, and of the mask, null where none is wanted.
  List<@Nullable Tensor> backward(Tensor gy, Tensor norms, boolean[] wanted) {
    Tensor dq = like(q, q.shape());
    Tensor dk = like(k, k.shape());
    Tensor dv = like(v, v.shape());
    boolean masking = wanted.length > 3 && wanted[3];
    Tensor dMask = masking ? Tensor.zeros(Shape.of(count(), queries(), keys()), q.dtype()) : null;
    Tensor g = gy.to(q.dtype());
    forEach(2, (head, tile) -> backward(head, tile, g, norms, dq, dk, dv, dMask));
    List<@Nullable Tensor> all = new ArrayList<>();
    all.add(wanted[0] ? dq : null);
    all.add(wanted[1] ? dk : null);
    all.add(wanted[2] ? dv : null);
    if (mask != null) {
      all.add(dMask == null ? null : dMask.reshape(mask.shape()));
    }
    return all;
  }

  private void backward(
      int head,
      AttentionTile tile,
      Tensor gy,
      Tensor norms,
      Tensor dq,
      Tensor dk,
      Tensor dv,
      @Nullable Tensor dMask) {
    Matrix toKeys = of(dk, head);
    Matrix toValues = of(dv, head);
    int last = queries() == 0 ? 0 : (queries() - 1) / TILE * TILE;
    int reached = 0;
    for (int from = last; from >= 0; from -= TILE) { // the last queries see the most keys
      boolean first = from == last;
      tile.cover(head, from, Math.min(TILE, queries() - from));
      int seen = tile.keys();
      Matrix g = tile.rows(of(gy, head));
      tile.scores(of(q, head), of(k, head));
      kernels.multiply(g, of(v, head).rows(0, seen).transposed(), null, tile.gradients());
      tile.differentiate(norms, dMask);
      Matrix ds = tile.gradients();
      add(tile.scores().transposed(), g, first, toValues.rows(0, seen));
      add(ds.transposed(), tile.rows(of(q, head)), first, toKeys.rows(0, seen));
      kernels.multiply(ds, of(k, head).rows(0, seen), null, tile.rows(of(dq, head)));
      reached = Math.max(reached, seen);
    }
    AttentionTile.clear(toKeys, reached);
    AttentionTile.clear(toValues, reached);
  }

  /// Adds a product to a sum, or begins it.
  private void add(Matrix a, Matrix b, boolean first, Matrix sum) {
    kernels.multiply(a, b, first ? null : sum, sum);
  }

  /// Something to do for a head.
  @FunctionalInterface
  private interface Work {
    void on(int head, AttentionTile tile);
  }

  private void forEach(int buffers, Work work) {
    long products = (long) queries() * keys() * (q.size(-1) + v.size(-1));
    int together = (int) Math.max(1, GRAIN / Math.max(1, products));
    int heads = count();
    Workers.forEach(
        Math.ceilDiv(heads, together),
        chunk -> {
          int rows = Math.min(TILE, queries());
          AttentionTile tile = new AttentionTile(this, rows * keys(), buffers);
          int end = Math.min(heads, (chunk + 1) * together);
          for (int head = chunk * together; head < end; head++) {
            work.on(head, tile);
          }
        });
  }

  /// A head's matrix.
  static Matrix of(Tensor x, int head) {
    int at = x.offset();
    int rest = head;
    for (int axis = x.rank() - 3; axis >= 0; axis--) {
      at += rest % x.size(axis) * x.stride(axis);
      rest /= x.size(axis);
    }
    return new Matrix(x.storage(), at, x.size(-2), x.size(-1), x.stride(-2), x.stride(-1));
  }

  /// A tensor of another shape whose axes lie in memory in the order of those of `x`: so that heads
  /// that were cut out of rows are rows again at no cost. Its last axis has no gaps.
  Tensor like(Tensor x, Shape shape) {
    int last = x.rank() - 1;
    int[] axes = new int[last + 1];
    axes[last] = last;
    boolean repeats = false;
    for (int axis = 0; axis < last; axis++) {
      int place = axis;
      for (; place > 0 && x.stride(axes[place - 1]) < x.stride(axis); place--) {
        axes[place] = axes[place - 1];
      }
      axes[place] = axis;
      repeats |= x.stride(axis) == 0 && x.size(axis) != 1;
    }
    return repeats || x.count() == 0 ? Tensor.empty(shape, x.dtype()) : inOrder(axes, x, shape);
  }

  private static Tensor inOrder(int[] axes, Tensor x, Shape shape) {
    int[] inverse = new int[axes.length];
    int[] sizes = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[axes[i]] = i;
      sizes[i] = shape.size(axes[i]);
    }
    return Tensor.empty(Shape.of(sizes), x.dtype()).permute(inverse);
  }

  /// Where a row of the mask begins.
  static int row(Tensor mask, int head, int query) {
    Matrix matrix = of(mask, head);
    return matrix.at() + query * matrix.rowStride();
  }

  /// The storage of a mask that hides.
  static boolean[] truths(Tensor mask) {
    return ((Storage.Bools) mask.storage()).array();
  }
}
