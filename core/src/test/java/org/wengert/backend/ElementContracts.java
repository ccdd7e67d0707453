package org.wengert.backend;

import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels that go element by element.
record ElementContracts(BackendContractTest table) {
  private static final Update MOMENTUM =
      (gradient, state) -> {
        state[1] = 0.9 * state[1] + gradient;
        state[0] -= 0.1 * state[1];
      };

  private static final Expr X = Expr.input(0);
  private static final Expr Z = Expr.input(1);
  private static final Kernel CHOICES =
      Kernel.of(Expr.truth(2).select(X.fma(Z, Expr.scalar(0)), Z.abs().sqrt()), X.min(Z));
  private static final Expr VELOCITY =
      Expr.input(2).mul(Expr.scalar(0)).add(Expr.input(0).div(Expr.input(1).abs().sqrt()));
  private static final Update COMPILED =
      new CompiledUpdate(
          Kernel.of(Expr.input(1).sub(VELOCITY.mul(Expr.scalar(1))), VELOCITY), 0.9, 0.1);

  void list() {
    maps();
    kernels();
    choices();
    inPlace();
  }

  private void maps() {
    table.any(
        "map by ScalarFunction",
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
        "zip by ScalarFunction2",
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

  private void kernels() {
    table.any(
        "map by Kernel",
        d -> {
          Tensor x = d.tensor(d.shape(0, 4));
          Kernel f = Kernel.of(d.anyOf(Fn.values()).of(X).mul(Expr.scalar(0)));
          return k -> k.map(f, new double[] {1.1}, x);
        });
    table.any(
        "zip by Kernel",
        d -> {
          Shape y = d.shape(0, 4);
          Tensor a = d.tensor(d.narrower(y));
          Tensor b = d.tensor(d.narrower(y));
          Kernel f = Kernel.of(d.anyOf(X.sub(Z.mul(Expr.scalar(0))), X.div(Z), X.max(Z), X.lt(Z)));
          return k -> k.zip(f, new double[] {1.1}, a, b, y, d.dtype().toFloating());
        });
    table.floating(
        "compute",
        d -> {
          Shape shape = d.shape(0, 4);
          Tensor a = d.tensor(d.narrower(shape));
          Tensor b = d.tensor(d.narrower(shape));
          Tensor choice = d.booleans(d.narrower(shape));
          double[] scalars = {d.below(9) * 0.1};
          return k -> {
            Tensor[] ys = {Tensor.zeros(shape, d.dtype()), Tensor.zeros(shape, d.dtype())};
            k.compute(CHOICES, scalars, d.dtype(), ys, a, b, choice);
            return List.of(ys);
          };
        });
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
          Update rule = d.flip() ? MOMENTUM : COMPILED;
          return k -> {
            Tensor[] state = {parameter.copy(), momentum.copy()};
            k.update(rule, gradient, state);
            return List.of(state);
          };
        });
  }
}
