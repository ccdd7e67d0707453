package org.wengert.backend;

import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels that go element by element.
record ElementContracts(BackendContractTest table) {
  private static final Update MOMENTUM =
      (gradient, state) -> {
        state[1] = 0.9 * state[1] + gradient;
        state[0] -= 0.1 * state[1];
      };

  void list() {
    maps();
    loops();
    choices();
    inPlace();
  }

  private void maps() {
    table.any(
        "map",
        d -> {
          Tensor x = d.tensor(d.shape(0, 4));
          return k -> k.map(v -> 1 / (v + 5), x);
        });
    table.whole(
        "mapLongs",
        d -> {
          Tensor x = d.tensor(d.shape(0, 4));
          return k -> k.mapLongs(v -> 3 * v - 1, x);
        });
    table.any(
        "zip",
        d -> {
          Shape y = d.shape(0, 4);
          Tensor a = d.tensor(d.narrower(y));
          Tensor b = d.tensor(d.narrower(y));
          DType compute = d.dtype().toFloating();
          return k -> k.zip((l, r) -> l - 2 * r, a, b, y, compute);
        });
    table.whole(
        "zipLongs",
        d -> {
          Shape y = d.shape(0, 4);
          Tensor a = d.tensor(d.narrower(y));
          Tensor b = d.tensor(d.narrower(y));
          return k -> k.zipLongs((l, r) -> l - 2 * r, a, b, y, d.dtype());
        });
  }

  /// A compiler gives no numbers, but its loops do.
  private void loops() {
    table.floating(
        "loops",
        d -> {
          Tensor x = d.dense(d.shape(0, 2));
          Kernel kernel = Kernel.of(d.anyOf(Fn.values()).of(Expr.input(0)));
          Element element = d.dtype() == DType.FLOAT32 ? Element.FLOAT : Element.DOUBLE;
          return k -> {
            Tensor y = Tensor.empty(x.shape(), x.dtype());
            Object[] arrays = {array(y), array(x)};
            kernel.loop(k.loops(), element, 0).run(x.count(), arrays, new int[2], new double[0]);
            return y;
          };
        });
  }

  private static Object array(Tensor x) {
    return x.storage() instanceof Storage.Floats floats
        ? floats.array()
        : ((Storage.Doubles) x.storage()).array();
  }

  private void choices() {
    table.any(
        "compare",
        d -> {
          Shape y = d.shape(0, 4);
          Tensor a = d.tensor(d.narrower(y));
          Tensor b = d.tensor(d.narrower(y));
          return k -> k.compare(ScalarBackendProperties.Larger.THAN, a, b, y);
        });
    table.any(
        "where",
        d -> {
          Shape y = d.shape(0, 4);
          Tensor condition = d.booleans(d.narrower(y));
          Tensor a = d.tensor(d.narrower(y));
          Tensor b = d.tensor(d.narrower(y), d.flip() ? d.dtype() : DType.FLOAT32);
          return k -> k.where(condition, a, b, y);
        });
  }

  private void inPlace() {
    table.floating(
        "accumulate",
        d -> {
          Shape stored = d.shape(0, 4);
          Tensor before = d.dense(stored);
          int[] order = d.order(stored.rank());
          Tensor addend = d.tensor(before.permute(order).shape());
          return k -> {
            Tensor sum = before.copy().permute(order);
            k.accumulate(sum, addend);
            return sum;
          };
        });
    table.floating(
        "update",
        d -> {
          Shape shape = d.shape(0, 4);
          Tensor gradient = d.tensor(shape);
          Tensor parameter = d.dense(shape);
          Tensor momentum = d.dense(shape);
          return k -> {
            Tensor[] state = {parameter.copy(), momentum.copy()};
            k.update(MOMENTUM, gradient, state);
            return List.of(state);
          };
        });
  }
}
