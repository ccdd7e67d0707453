package org.wengert;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Element;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Folds;
import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.backend.Matrix;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The scores of some queries of one head with all keys that they see. Holds state: buffers, which
/// serve one head after the other.
final class AttentionTile {
  private static final Expr SCORE = Expr.input(0).mul(Expr.scalar(0));
  private static final Expr EXP = Fn.EXP_OF_NEGATIVE.of(SCORE.sub(Expr.scalar(1)));
  private static final Expr WEIGHT = EXP.mul(Expr.scalar(2));
  private static final Kernel ADD_MASK = Kernel.of(SCORE.add(Expr.input(1)));
  private static final Kernel HIDE =
      Kernel.of(Expr.truth(1).select(SCORE, Double.NEGATIVE_INFINITY));
  private static final Kernel EXPONENTIAL = Kernel.of(EXP);
  private static final Kernel SCALE = Kernel.of(SCORE);
  private static final Kernel WEIGHTS = Kernel.of(WEIGHT, WEIGHT.mul(Expr.input(1)));
  private static final Kernel SLOPES =
      Kernel.of(Expr.input(0).sub(Expr.input(1).mul(Expr.scalar(0))));

  private final AttentionHeads heads;
  private final Folds folds;
  private final Storage scores;
  private final Storage gradients;
  private final double factor;
  private final Loops loops;
  private int head;
  private int from;
  private int count;
  private int keys;

  /// The loops for one type of numbers.
  private record Loops(
      Loop addMask, Loop hide, Loop exponential, Loop scale, Loop weights, Loop slopes) {}

  AttentionTile(AttentionHeads heads, int size, int buffers) {
    this.heads = heads;
    DType type = heads.q().dtype();
    Element element = Element.of(type);
    folds = heads.kernels().folds();
    scores = Storage.allocate(type, size);
    gradients = Storage.allocate(type, buffers == 1 ? 0 : size);
    factor = heads.mask() == null ? heads.scale() : 1;
    loops =
        new Loops(
            loop(ADD_MASK, element),
            loop(HIDE, element),
            loop(EXPONENTIAL, element),
            loop(SCALE, element),
            loop(WEIGHTS, element),
            loop(SLOPES, element));
  }

  private Loop loop(Kernel kernel, Element element) {
    return kernel.loop(heads.kernels().loops(), element, 0);
  }

  /// Goes to some queries of a head.
  void cover(int head, int from, int count) {
    this.head = head;
    this.from = from;
    this.count = count;
    keys = heads.causal() ? Math.min(heads.keys(), from + count) : heads.keys();
  }

  /// The number of keys, from the first on, that one of the queries sees.
  int keys() {
    return keys;
  }

  Matrix scores() {
    return Matrix.rowMajor(scores, 0, count, keys);
  }

  Matrix gradients() {
    return Matrix.rowMajor(gradients, 0, count, keys);
  }

  /// The rows of these queries.
  Matrix rows(Matrix x) {
    return x.rows(from, count);
  }

  /// Computes the scores: not scaled yet if there is no mask.
  void scores(Matrix q, Matrix k) {
    heads.kernels().multiply(rows(q), k.rows(0, keys).transposed(), null, scores());
    Tensor mask = heads.mask();
    if (mask != null) {
      boolean hides = mask.dtype() == DType.BOOL;
      Object with = hides ? AttentionHeads.truths(mask) : array(mask.storage());
      Object[] arrays = {array(scores), array(scores), with};
      double[] scalars = {heads.scale()};
      for (int i = 0; i < count; i++) {
        int[] at = {i * keys, i * keys, AttentionHeads.row(mask, head, from + i)};
        (hides ? loops.hide : loops.addMask).run(keys, arrays, at, scalars);
      }
    }
  }

  private int visible(int i) {
    return heads.causal() ? Math.min(keys, from + i + 1) : keys;
  }

  /// As many keys as fill whole vectors: some more than one of the queries sees.
  private int wide(int visible) {
    return Math.min(keys, Math.ceilDiv(visible, Folds.LANES) * Folds.LANES);
  }

  /// Makes weights of the scores and keeps by what: the largest score and one over the sum.
  void normalize(Tensor norms) {
    Object array = array(scores);
    Object[] arrays = {array, array};
    int[] at = new int[2];
    double[] shift = {factor, 0};
    double[] scale = {0};
    double hidden = factor < 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    Storage kept = norms.storage();
    for (int i = 0; i < count; i++) {
      int row = i * keys;
      int visible = visible(i);
      int wide = wide(visible);
      Arrays.fill(at, row);
      Elements.fill(scores, row + visible, wide - visible, hidden);
      double max = largest(row, wide);
      boolean blind = max == Double.NEGATIVE_INFINITY && seesNothing(i, visible);
      shift[1] = blind ? 0 : max;
      if (blind) {
        Elements.fill(scores, row, visible, 0);
        scale[0] = 0;
      } else {
        loops.exponential.run(wide, arrays, at, shift);
        scale[0] = rounded(1 / sum(scores, row, wide));
        loops.scale.run(wide, arrays, at, scale);
      }
      Elements.fill(scores, row + visible, keys - visible, 0);
      kept.put(norm(i), shift[1]);
      kept.put(norm(i) + 1, scale[0]);
    }
  }

  /// Where the largest score and the share of a query are kept.
  private int norm(int i) {
    return 2 * (head * heads.queries() + from + i);
  }

  /// From the scores and the gradients of the weights to the weights and the gradients of the
  /// scores.
  void differentiate(Tensor norms, @Nullable Tensor dMask) {
    Object p = array(scores);
    Object g = array(gradients);
    Object[] weighted = {p, g, p, g};
    Object[] sloped = {g, g, p};
    int[] at = new int[4];
    double[] scalars = {factor, 0, 0};
    double[] mean = {0};
    Storage kept = norms.storage();
    for (int i = 0; i < count; i++) {
      int row = i * keys;
      int visible = visible(i);
      int wide = wide(visible);
      scalars[1] = kept.at(norm(i));
      scalars[2] = kept.at(norm(i) + 1);
      Arrays.fill(at, row);
      loops.weights.run(wide, weighted, at, scalars);
      Elements.fill(scores, row + visible, keys - visible, 0);
      Elements.fill(gradients, row + visible, keys - visible, 0);
      mean[0] = sum(gradients, row, wide);
      loops.slopes.run(wide, sloped, at, mean);
      Elements.fill(gradients, row + visible, wide - visible, 0);
      if (dMask != null) {
        int to = (head * heads.queries() + from + i) * heads.keys();
        Elements.copy(gradients, row, 1, dMask.storage(), to, 1, visible);
      }
    }
    scalars[0] = heads.scale();
    loops.scale.run(count * keys, new Object[] {g, g}, new int[2], scalars);
  }

  private double largest(int row, int visible) {
    int sign = factor < 0 ? -1 : 1;
    double extreme =
        scores instanceof Storage.Floats s
            ? folds.extreme(s.array(), row, visible, sign)
            : folds.extreme(((Storage.Doubles) scores).array(), row, visible, sign);
    return rounded(extreme * factor);
  }

  private double sum(Storage x, int row, int visible) {
    return x instanceof Storage.Floats s
        ? folds.sum(s.array(), row, visible)
        : folds.sum(((Storage.Doubles) x).array(), row, visible);
  }

  /// In the type of the scores.
  private double rounded(double x) {
    return scores instanceof Storage.Floats ? (float) x : x;
  }

  /// Whether the mask hides every key from a query.
  private boolean seesNothing(int i, int visible) {
    Tensor mask = heads.mask();
    if (mask == null || mask.dtype() != DType.BOOL || visible == 0) {
      return false;
    }
    boolean[] truths = AttentionHeads.truths(mask);
    int row = AttentionHeads.row(mask, head, from + i);
    for (int j = 0; j < visible; j++) {
      if (truths[row + j]) {
        return false;
      }
    }
    return true;
  }

  /// Zeros in the rows from `from` on.
  static void clear(Matrix x, int from) {
    for (int row = from; row < x.rows(); row++) {
      Elements.fill(x.storage(), x.at() + row * x.rowStride(), x.columns(), 0);
    }
  }

  private static Object array(Storage storage) {
    return storage instanceof Storage.Floats s ? s.array() : ((Storage.Doubles) storage).array();
  }
}
