package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Backends;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Values put into a variable at given places, composed of [Gather], [ScatterAdd], [Where] and
/// [Recurrence]: nothing here has a derivative of its own.
final class Placement {
  private Placement() {}

  /// `x` with `values` at `places` (in row-major order); the last value for a place stays.
  ///
  /// @param values of the shape of `places`
  static Variable overwrite(Variable x, Tensor places, Variable values) {
    IndexFunctions.requireType(values, x);
    if (places.count() == 0) {
      return x;
    }
    long[] written = new long[x.value().count()];
    boolean[] touched = new boolean[written.length];
    long[] at = places.toLongArray();
    for (int i = 0; i < at.length; i++) {
      written[(int) at[i]] = i;
      touched[(int) at[i]] = true;
    }
    Variable taken = F.selected(values.reshape(-1), 0, Tensor.of(written));
    Variable mask = Variable.constant(Tensor.of(touched).reshape(x.shape()));
    return F.where(mask, taken.reshape(x.shape()), x);
  }

  /// `x` plus `values` at `places` (in row-major order).
  static Variable add(Variable x, Tensor places, Variable values) {
    IndexFunctions.requireType(values, x);
    Shape flat = Shape.of(x.value().count());
    Tensor line = places.reshape(places.count());
    Variable sum = new ScatterAdd(0, line, flat).apply(values.reshape(-1));
    return x.add(sum.reshape(x.shape()));
  }

  static Variable sum(Variable x, int axis, Tensor index, Variable values, boolean includeSelf) {
    ScatterAdd add = new ScatterAdd(axis, index, x.shape());
    Variable kept = includeSelf ? x : F.where(counts(add, x).gt(0), F.zerosLike(x), x);
    return kept.add(add.apply(values));
  }

  static Variable mean(Variable x, int axis, Tensor index, Variable values, boolean includeSelf) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException("a mean of type " + x.dtype() + " would lose its fraction")
          .hint("convert with to(FLOAT32)");
    }
    Variable counts = counts(new ScatterAdd(axis, index, x.shape()), x);
    Variable divisor = includeSelf ? counts.add(1.0) : F.maximum(counts, F.onesLike(counts));
    return sum(x, axis, index, values, includeSelf).div(divisor);
  }

  private static Variable counts(ScatterAdd add, Variable x) {
    Tensor ones = Tensor.full(Shape.SCALAR, 1, x.dtype()).expand(add.index().shape());
    return add.apply(Variable.constant(ones));
  }

  /// All factors sorted by their place, multiplied along one line that begins anew at each place.
  static Variable product(Variable x, Tensor places, Variable values, boolean includeSelf) {
    int count = x.value().count();
    if (places.count() == 0) {
      return x;
    }
    boolean[] replaced = new boolean[count];
    long[] sent = places.toLongArray();
    for (long place : sent) {
      replaced[(int) place] = !includeSelf;
    }
    long[] kept = new long[count];
    int keptCount = 0;
    for (int i = 0; i < count; i++) {
      if (!replaced[i]) {
        kept[keptCount++] = i;
      }
    }
    kept = Arrays.copyOf(kept, keptCount);
    long[] keys = Arrays.copyOf(kept, keptCount + sent.length);
    System.arraycopy(sent, 0, keys, keptCount, sent.length);
    Variable own = F.selected(x.reshape(-1), 0, Tensor.of(kept));
    Variable factors = F.cat(List.of(own, values.reshape(-1)), 0);
    return folded(factors, keys, count).reshape(x.shape());
  }

  /// The product of the factors of each key; every key from 0 to `count - 1` occurs.
  private static Variable folded(Variable factors, long[] keys, int count) {
    Tensor order = Backends.current().argSort(Tensor.of(keys), 0, false);
    boolean[] starts = new boolean[keys.length];
    long[] ends = new long[count];
    long before = -1;
    for (int i = 0; i < keys.length; i++) {
      long key = keys[(int) order.longAt(i)];
      starts[i] = key != before;
      ends[(int) key] = i;
      before = key;
    }
    Tensor begin = Tensor.over(new Storage.Bools(starts), order.shape());
    Variable sorted = F.selected(factors, 0, order);
    Variable first = F.where(Variable.constant(begin), sorted, F.zerosLike(sorted));
    Variable products = new Recurrence(0, false, begin).apply(sorted, first);
    return F.selected(products, 0, Tensor.of(ends));
  }
}
