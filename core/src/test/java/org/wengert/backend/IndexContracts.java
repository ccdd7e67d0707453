package org.wengert.backend;

import java.util.ArrayList;
import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels that move elements to and from places.
record IndexContracts(BackendContractTest table) {
  void list() {
    byIndex();
    byPlace();
  }

  /// A shape no larger than `x` but along `axis`, where it may be longer.
  private static Shape picked(Draw d, Shape x, int axis) {
    int[] sizes = x.toArray();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] == 0 || d.flip() ? sizes[i] : 1 + d.below(sizes[i]);
    }
    sizes[axis] = x.size(axis) == 0 ? 0 : d.size(0, d.isLarge() ? x.size(axis) : 65);
    return Shape.of(sizes);
  }

  private void byIndex() {
    table.any(
        "gather",
        d -> {
          Tensor x = d.tensor(d.shape(1, 4));
          int axis = d.axis(x.shape());
          Tensor index = d.indices(picked(d, x.shape(), axis), x.size(axis));
          return k -> k.gather(x, axis, index);
        });
    table.any(
        "scatterAdd",
        d -> {
          Shape to = d.shape(1, 4);
          int axis = d.axis(to);
          Tensor index = d.indices(picked(d, to, axis), to.size(axis));
          Tensor x = d.tensor(index.shape());
          return k -> k.scatterAdd(x, axis, index, to);
        });
    table.any(
        "scatterFold",
        d -> {
          Tensor x = d.tensor(d.shape(1, 4));
          int axis = d.axis(x.shape());
          Tensor index = d.indices(picked(d, x.shape(), axis), x.size(axis));
          Tensor source = d.tensor(index.shape());
          Reduction how = d.anyOf(Reduction.values());
          boolean includeSelf = d.flip();
          return k -> k.scatterFold(how, x, axis, index, source, includeSelf);
        });
    table.any(
        "nonzero",
        d -> {
          Tensor x = d.tensor(d.shape(0, 4));
          return k -> k.nonzero(x);
        });
  }

  private void byPlace() {
    table.any(
        "embed",
        d -> {
          Tensor x = d.tensor(d.shape(1, 4));
          int axis = d.axis(x.shape());
          int from = d.below(3);
          int step = 1 + d.below(3);
          Shape to = x.shape().with(axis, from + x.size(axis) * step + d.below(2));
          return k -> k.embed(x, axis, from, step, to);
        });
    table.any(
        "cat",
        d -> {
          Shape shape = d.shape(1, 4);
          int axis = d.axis(shape);
          List<Tensor> parts = new ArrayList<>();
          int total = 0;
          for (int part = d.below(4); part >= 0; part--) {
            int size = d.isLarge() ? shape.size(axis) : d.size(0, 33);
            parts.add(d.tensor(shape.with(axis, size), d.anyOf(d.dtype(), DType.FLOAT32)));
            total += size;
          }
          Shape y = shape.with(axis, total);
          return k -> k.cat(parts, axis, y, d.dtype());
        });
  }
}
