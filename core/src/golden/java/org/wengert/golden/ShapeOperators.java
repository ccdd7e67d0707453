package org.wengert.golden;

import java.util.ArrayList;
import java.util.List;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Torch's operators that move elements, and those that make tensors.
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(OperatorTable table) {
    addShapes(table);
    addParts(table);
    addFactories(table);
  }

  private static void addShapes(OperatorTable table) {
    for (String same : List.of("clone", "contiguous")) {
      table.put(same, ShapeOperators::x);
    }
    for (String reshape : List.of("reshape", "view")) {
      table.put(reshape, a -> x(a).reshape(a.integers(1, "shape")));
    }
    table.put("detach", a -> x(a).detach());
    table.put("to", a -> x(a).to(a.type(1, "dtype", x(a).dtype())));
    table.put("size", a -> (long) x(a).size(a.integer(1, "dim")));
    table.put("permute", a -> x(a).permute(a.integers(1, "dims")));
    table.put("transpose", a -> x(a).transpose(a.integer(1, "dim0"), a.integer(2, "dim1")));
    table.put("t", a -> x(a).rank() < 2 ? x(a) : x(a).transpose(0, 1));
    table.put("unsqueeze", a -> F.unsqueeze(x(a), a.integer(1, "dim")));
    table.put("squeeze", a -> F.squeeze(x(a), a.integer(1, "dim")));
    table.put("expand", a -> x(a).expand(expanded(x(a).shape(), a.integers(1, "size"))));
    table.put("expand_as", a -> x(a).expand(a.variable(1, "other").shape()));
  }

  private static void addParts(OperatorTable table) {
    table.put("cat", a -> F.concat(a.variables(0, "tensors"), a.integer(1, "dim", 0)));
    table.put("stack", a -> F.stack(a.variables(0, "tensors"), a.integer(1, "dim", 0)));
    table.put("select", a -> x(a).select(a.integer(1, "dim"), a.integer(2, "index")));
    table.put("slice", ShapeOperators::slice);
    table.put("gather", a -> F.gather(x(a), a.integer(1, "dim"), a.variable(2, "index")));
    table.put(
        "index_select", a -> F.indexSelect(x(a), a.integer(1, "dim"), a.variable(2, "index")));
    table.put("index", ShapeOperators::index);
    table.put("one_hot", ShapeOperators::oneHot);
  }

  private static void addFactories(OperatorTable table) {
    table.put("zeros", a -> filled(a, 0));
    table.put("ones", a -> filled(a, 1));
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "self");
  }

  private static Variable filled(Arguments a, double value) {
    DType type = a.type(1, "dtype", DType.FLOAT32);
    return Variable.constant(Tensor.full(Shape.of(a.integers(0, "size")), value, type));
  }

  /// The sizes, with -1 for those that stay.
  private static Shape expanded(Shape x, int[] sizes) {
    int[] to = sizes.clone();
    for (int fromEnd = 1; fromEnd <= Math.min(to.length, x.rank()); fromEnd++) {
      if (to[to.length - fromEnd] == -1) {
        to[to.length - fromEnd] = x.size(-fromEnd);
      }
    }
    return Shape.of(to);
  }

  private static Variable slice(Arguments a) {
    int axis = a.integer(1, "dim", 0);
    int to = (int) Math.min(Integer.MAX_VALUE, a.number(3, "end", Integer.MAX_VALUE));
    return F.slice(x(a), axis, a.integer(2, "start", 0), to, a.integer(4, "step", 1));
  }

  private static Variable oneHot(Arguments a) {
    int classes = a.integer(1, "num_classes", -1);
    return classes < 0 ? F.oneHot(x(a)) : F.oneHot(x(a), classes);
  }

  /// One vector of indices; the rest of torch's `index` is missing.
  private static Variable index(Arguments a) {
    List<Object> indices = new ArrayList<>(Interpreter.list(a.value(1, "indices")));
    long used = indices.stream().filter(Variable.class::isInstance).count();
    int axis = 0;
    while (indices.get(axis) == null) {
      axis++;
    }
    Variable index = (Variable) indices.get(axis);
    if (used != 1 || index.rank() != 1 || index.dtype() == DType.BOOL) {
      throw new MissingOperatorException("index");
    }
    return F.indexSelect(x(a), axis, index);
  }
}
