package org.wengert.golden;

import java.util.List;
import org.wengert.F;
import org.wengert.Variable;

/// Torch's operators that fold axes.
final class ReductionOperators {
  private ReductionOperators() {}

  static void addTo(OperatorTable table) {
    table.put("sum", a -> F.sum(x(a), keep(a), axes(a)));
    table.put("mean", a -> F.mean(x(a), keep(a), axes(a)));
    table.put("amax", a -> F.amax(x(a), keep(a), axes(a)));
    table.put("amin", a -> F.amin(x(a), keep(a), axes(a)));
    table.put("logsumexp", a -> F.logSumExp(x(a), keep(a), axes(a)));
    table.put("var", a -> variance(a));
    table.put("argmax", ReductionOperators::argmax);
    table.put("max", ReductionOperators::max);
    table.put("min", ReductionOperators::min);
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "self");
  }

  private static int[] axes(Arguments a) {
    return a.integers(1, "dim");
  }

  private static boolean keep(Arguments a) {
    return a.flag(2, "keepdim", false);
  }

  private static Variable variance(Arguments a) {
    boolean all = !a.isList(1, "dim");
    int correction = a.flag(all ? 1 : 2, "unbiased", true) ? 1 : 0;
    return all
        ? F.var(x(a), correction, false)
        : F.var(x(a), correction, a.flag(3, "keepdim", false), axes(a));
  }

  private static Variable argmax(Arguments a) {
    return a.has(1, "dim")
        ? F.argMax(x(a), a.integer(1, "dim"), keep(a))
        : F.argMax(x(a).reshape(-1), 0, false);
  }

  private static Object max(Arguments a) {
    if (!a.has(1, "dim")) {
      return F.max(x(a));
    }
    int axis = a.integer(1, "dim");
    return List.of(F.max(x(a), axis, keep(a)), F.argMax(x(a), axis, keep(a)));
  }

  private static Object min(Arguments a) {
    if (!a.has(1, "dim")) {
      return F.min(x(a));
    }
    int axis = a.integer(1, "dim");
    return List.of(F.min(x(a), axis, keep(a)), F.argMax(x(a).neg(), axis, keep(a)));
  }
}
