package org.wengert.golden;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;

/// Python's `x[..]`, axis by axis; index tensors and masks are the operator `index`.
final class Subscripts {
  private Subscripts() {}

  static @Nullable Object of(Variable x, List<@Nullable Object> indices, OperatorTable operators) {
    Variable y = x;
    List<@Nullable Object> advanced = new ArrayList<>();
    boolean anyAdvanced = false;
    int axis = 0;
    for (Object index : expanded(x, indices)) {
      switch (index) {
        case null -> y = F.unsqueeze(y, axis++);
        case Long at -> y = F.select(y, axis, Math.toIntExact(at));
        case Stride range -> y = sliced(y, axis++, range);
        case Variable v -> axis += v.dtype() == DType.BOOL ? v.rank() : 1;
        default -> throw new IllegalArgumentException("no index: " + index);
      }
      if (index instanceof Variable v) {
        advanced.add(v);
        anyAdvanced = true;
      } else if (!(index instanceof Long)) {
        advanced.add(null);
      }
    }
    return anyAdvanced ? operators.call("index", Arguments.of(y, advanced)) : y;
  }

  /// The indices, with `...` replaced by as many `:` as axes are left.
  private static List<@Nullable Object> expanded(Variable x, List<@Nullable Object> indices) {
    int at = indices.indexOf(Ellipsis.ELLIPSIS);
    if (at < 0) {
      return indices;
    }
    List<@Nullable Object> all = new ArrayList<>(indices);
    all.remove(at);
    long used = all.stream().filter(i -> i != null).count();
    for (long i = used; i < x.rank(); i++) {
      all.add(at, new Stride(null, null, null));
    }
    return all;
  }

  private static Variable sliced(Variable x, int axis, Stride range) {
    int from = range.from() == null ? 0 : Math.toIntExact(range.from());
    int to = range.to() == null ? Integer.MAX_VALUE : Math.toIntExact(range.to());
    int step = range.step() == null ? 1 : Math.toIntExact(range.step());
    boolean whole = from == 0 && to >= x.size(axis) && step == 1;
    return whole ? x : F.slice(x, axis, from, to, step);
  }
}
