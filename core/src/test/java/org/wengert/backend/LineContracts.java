package org.wengert.backend;

import java.util.function.Function;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels that fold, scan, sort or normalise along axes.
record LineContracts(BackendContractTest table) {
  /// A kernel that goes along an axis.
  private interface Along {
    Function<Backend, Object> draw(Draw draw, Tensor x, int axis);
  }

  void list() {
    folds();
    scans();
    sorts();
    softmaxes();
    norms();
  }

  private static Agreement.Contract along(boolean empty, Along along) {
    return d -> {
      Shape shape = d.shape(1, 4);
      int axis = d.axis(shape);
      Shape drawn = empty || shape.size(axis) > 0 ? shape : shape.with(axis, 1);
      return along.draw(d, d.tensor(drawn), axis);
    };
  }

  private void folds() {
    table.any(
        "reduce",
        d -> {
          Tensor x = d.tensor(d.shape(0, 5));
          Shape to = d.narrower(x.shape());
          Reduction how = x.count() == 0 ? Reduction.SUM : d.anyOf(Reduction.values());
          return k -> k.reduce(how, x, to);
        });
    table.any("argMax", along(false, (d, x, axis) -> k -> k.argMax(x, axis)));
    table.any("argMin", along(false, (d, x, axis) -> k -> k.argMin(x, axis)));
    table.floating(
        "logSumExp",
        d -> {
          Tensor x = d.tensor(d.shape(0, 4));
          Shape to = d.narrower(x.shape());
          return k -> k.logSumExp(x, to);
        });
  }

  private void scans() {
    table.any(
        "cumSum",
        along(
            true,
            (d, x, axis) -> {
              boolean reversed = d.flip();
              return k -> k.cumSum(x, axis, reversed);
            }));
    table.floating(
        "recurrence",
        along(
            true,
            (d, a, axis) -> {
              Tensor b = d.tensor(a.shape());
              boolean reversed = d.flip();
              boolean[] starts = new boolean[a.size(axis)];
              for (int i = 0; i < starts.length; i++) {
                starts[i] = i == (reversed ? starts.length - 1 : 0) || d.below(9) == 0;
              }
              return k -> k.recurrence(a, b, axis, reversed, Tensor.of(starts));
            }));
    table.floating("logCumSumExp", along(true, (d, x, axis) -> k -> k.logCumSumExp(x, axis)));
    table.any(
        "cumulativeArgMax",
        along(
            true,
            (d, x, axis) -> {
              boolean least = d.flip();
              return k -> k.cumulativeArgMax(x, axis, least);
            }));
  }

  private void sorts() {
    table.any(
        "argSort",
        along(
            true,
            (d, x, axis) -> {
              boolean descending = d.flip();
              return k -> k.argSort(x, axis, descending);
            }));
    table.floating(
        "searchSorted",
        d -> {
          Tensor x = d.tensor(d.shape(1, 3));
          int last = x.rank() - 1;
          ScalarBackend plain = new ScalarBackend();
          Tensor sorted = plain.gather(x, last, plain.argSort(x, last, false));
          Tensor values = d.tensor(x.shape().with(last, d.size(0, 65)));
          boolean right = d.flip();
          return k -> k.searchSorted(sorted, values, right);
        });
  }

  private void softmaxes() {
    table.any("softmax", along(true, (d, x, axis) -> k -> k.softmax(x, axis)));
    table.any("logSoftmax", along(true, (d, x, axis) -> k -> k.logSoftmax(x, axis)));
    table.floating(
        "softmaxGradient",
        along(
            true,
            (d, gy, axis) -> {
              Tensor y = d.tensor(gy.shape());
              return k -> k.softmaxGradient(gy, y, axis);
            }));
    table.floating(
        "logSoftmaxGradient",
        along(
            true,
            (d, gy, axis) -> {
              Tensor y = d.tensor(gy.shape());
              return k -> k.logSoftmaxGradient(gy, y, axis);
            }));
    table.floating(
        "crossEntropy",
        d -> {
          Shape x = logits(d);
          Tensor logits = d.tensor(x);
          Tensor target = d.indices(Shape.of(x.size(0)), x.size(1));
          return k -> k.crossEntropy(logits, target).losses();
        });
    table.floating(
        "crossEntropyGradient",
        d -> {
          Shape x = logits(d);
          Tensor logits = d.tensor(x);
          Tensor gy = d.tensor(Shape.of(x.size(0)));
          Tensor target = d.indices(gy.shape(), x.size(1));
          return k -> {
            Backend.RowLosses rows = k.crossEntropy(logits, target);
            return k.crossEntropyGradient(gy, logits, target, rows.max(), rows.sum());
          };
        });
  }

  private void norms() {
    table.floating(
        "normalizeRows",
        d -> {
          Tensor x = d.tensor(filled(d, 2));
          Tensor weight = d.flip() ? d.tensor(Shape.of(x.size(1))) : null;
          Tensor bias = d.flip() ? d.tensor(Shape.of(x.size(1))) : null;
          boolean centered = d.flip();
          return k -> k.normalizeRows(x, weight, bias, 1e-5, centered);
        });
    table.floating(
        "normalizeRowsGradients",
        d -> {
          Tensor x = d.tensor(filled(d, 2));
          Tensor gy = d.flip() ? d.tensor(x.shape()) : d.tensor(Shape.SCALAR).expand(x.shape());
          Tensor weight = d.flip() ? d.tensor(Shape.of(x.size(1))) : null;
          boolean centered = d.flip();
          boolean slopes = d.flip();
          return k -> {
            Backend.Normalization past = k.normalizeRows(x, weight, null, 1e-5, centered);
            return k.normalizeRowsGradients(gy, x, weight, past, 1e-5, centered, slopes);
          };
        });
    table.floating(
        "normalizePlanes",
        d -> {
          Tensor x = d.tensor(filled(d, 3));
          Tensor weight = d.flip() ? d.tensor(Shape.of(x.size(1))) : null;
          Tensor bias = d.flip() ? d.tensor(Shape.of(x.size(1))) : null;
          int groups = d.anyOf(0, 1, x.size(1));
          return k -> k.normalizePlanes(x, weight, bias, groups, 1e-5);
        });
    table.floating(
        "normalizePlanesGradients",
        d -> {
          Tensor x = d.tensor(filled(d, 3));
          Tensor gy = d.tensor(x.shape());
          Tensor weight = d.flip() ? d.tensor(Shape.of(x.size(1))) : null;
          int groups = d.anyOf(0, 1, x.size(1));
          return k -> {
            Backend.Normalization past = k.normalizePlanes(x, weight, null, groups, 1e-5);
            return k.normalizePlanesGradients(gy, x, weight, past, groups, 1e-5);
          };
        });
  }

  /// A drawn shape without its zeros.
  private static Shape filled(Draw d, int rank) {
    Shape x = d.shape(rank, rank);
    for (int axis = 0; axis < rank; axis++) {
      x = x.with(axis, Math.max(1, x.size(axis)));
    }
    return x;
  }

  private static Shape logits(Draw d) {
    Shape shape = d.shape(2, 2);
    return shape.size(1) == 0 ? shape.with(1, 1) : shape;
  }
}
