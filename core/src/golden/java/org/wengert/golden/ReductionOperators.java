package org.wengert.golden;

import java.util.List;
import org.wengert.F;
import org.wengert.Indexed;
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
    addMore(table);
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
    return a.has(1, "dim") ? F.argMax(x(a), a.integer(1, "dim"), keep(a)) : F.argMax(x(a));
  }

  private static Variable argmin(Arguments a) {
    return a.has(1, "dim") ? F.argMin(x(a), a.integer(1, "dim"), keep(a)) : F.argMin(x(a));
  }

  private static Object max(Arguments a) {
    return a.has(1, "dim") ? pair(F.max(x(a), a.integer(1, "dim"), keep(a))) : F.max(x(a));
  }

  private static Object min(Arguments a) {
    return a.has(1, "dim") ? pair(F.min(x(a), a.integer(1, "dim"), keep(a))) : F.min(x(a));
  }

  private static Object median(Arguments a) {
    return a.has(1, "dim") ? pair(F.median(x(a), a.integer(1, "dim"), keep(a))) : F.median(x(a));
  }

  private static Object prod(Arguments a) {
    return a.has(1, "dim") ? F.prod(x(a), a.integer(1, "dim"), keep(a)) : F.prod(x(a));
  }

  private static List<Variable> pair(Indexed found) {
    return List.of(found.values(), found.indices());
  }

  private static Variable deviation(Arguments a) {
    boolean all = !a.isList(1, "dim");
    int correction = a.flag(all ? 1 : 2, "unbiased", true) ? 1 : 0;
    return all
        ? F.std(x(a), correction, false)
        : F.std(x(a), correction, a.flag(3, "keepdim", false), axes(a));
  }

  private static Object varMean(Arguments a) {
    int correction = a.flag(2, "unbiased", true) ? 1 : 0;
    F.VarMean both = F.varMean(x(a), correction, a.flag(3, "keepdim", false), axes(a));
    return List.of(both.var(), both.mean());
  }

  private static Variable norm(Arguments a) {
    return F.norm(x(a), a.number(1, "p", 2), a.flag(3, "keepdim", false), a.integers(2, "dim"));
  }

  private static Object unique(Arguments a) {
    F.Unique u = F.unique(x(a));
    return List.of(u.values(), u.inverse(), u.counts());
  }

  private static void addMore(OperatorTable table) {
    table.put("argmin", ReductionOperators::argmin);
    table.put("std", ReductionOperators::deviation);
    table.put("var_mean", ReductionOperators::varMean);
    table.put("norm", ReductionOperators::norm);
    table.put("prod", ReductionOperators::prod);
    table.put("cumsum", a -> F.cumSum(x(a), a.integer(1, "dim")));
    table.put("cumprod", a -> F.cumProd(x(a), a.integer(1, "dim")));
    table.put("logcumsumexp", a -> F.logCumSumExp(x(a), a.integer(1, "dim")));
    table.put("cummax", a -> pair(F.cumMax(x(a), a.integer(1, "dim"))));
    table.put("cummin", a -> pair(F.cumMin(x(a), a.integer(1, "dim"))));
    addChoices(table);
  }

  private static void addChoices(OperatorTable table) {
    table.put("any", a -> F.any(x(a), keep(a), axes(a)));
    table.put("all", a -> F.all(x(a), keep(a), axes(a)));
    table.put("median", ReductionOperators::median);
    table.put("sort", ReductionOperators::sort);
    table.put(
        "argsort", a -> F.argSort(x(a), a.integer(1, "dim", -1), a.flag(2, "descending", false)));
    table.put(
        "topk",
        a ->
            pair(
                F.topk(
                    x(a), a.integer(1, "k"), a.integer(2, "dim", -1), a.flag(3, "largest", true))));
    table.put(
        "kthvalue",
        a ->
            pair(
                F.kthValue(
                    x(a),
                    a.integer(1, "k"),
                    a.integer(2, "dim", -1),
                    a.flag(3, "keepdim", false))));
    table.put(
        "quantile",
        a -> F.quantile(x(a), a.number(1, "q"), a.integer(2, "dim"), a.flag(3, "keepdim", false)));
    addCounts(table);
  }

  private static void addCounts(OperatorTable table) {
    table.put("_unique2", ReductionOperators::unique);
    table.put("bincount", a -> F.binCount(x(a), a.integer(2, "minlength", 0)));
    table.put("count_nonzero", a -> F.countNonzero(x(a), axes(a)));
    table.put("nonzero", a -> F.nonzero(x(a)));
    table.put("nansum", a -> F.nanSum(x(a), keep(a), axes(a)));
    table.put("nanmean", a -> F.nanMean(x(a), keep(a), axes(a)));
    table.put(
        "renorm",
        a -> F.renorm(x(a), a.number(1, "p"), a.integer(2, "dim"), a.number(3, "maxnorm")));
  }

  /// With `stable` everything is named.
  private static Object sort(Arguments a) {
    int first = a.count() > 1 ? 1 : Integer.MAX_VALUE - 1;
    boolean descending = a.flag(first + 1, "descending", false);
    return pair(F.sort(x(a), a.integer(first, "dim", -1), descending));
  }
}
