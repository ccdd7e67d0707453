package org.wengert.golden;

import java.util.List;
import org.wengert.Eigh;
import org.wengert.F;
import org.wengert.Qr;
import org.wengert.SlogDet;
import org.wengert.Svd;
import org.wengert.Variable;

/// Torch's operators of linear algebra.
final class LinearAlgebraOperators {
  private LinearAlgebraOperators() {}

  static void addTo(OperatorTable table) {
    products(table);
    sums(table);
    layers(table);
    distances(table);
    determinants(table);
    decompositions(table);
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "self");
  }

  private static Variable y(Arguments a) {
    return a.variable(1, "other");
  }

  private static Variable z(Arguments a) {
    return a.variable(2, "");
  }

  private static double beta(Arguments a) {
    return a.number(3, "beta", 1);
  }

  private static double alpha(Arguments a) {
    return a.number(4, "alpha", 1);
  }

  private static void products(OperatorTable table) {
    table.put("matmul", a -> F.matMul(x(a), y(a)));
    table.put("mm", a -> F.mm(x(a), y(a)));
    table.put("mv", a -> F.mv(x(a), y(a)));
    table.put("bmm", a -> F.bmm(x(a), y(a)));
    table.put("dot", a -> F.dot(x(a), y(a)));
    table.put("outer", a -> F.outer(x(a), y(a)));
    table.put("inner", a -> F.inner(x(a), y(a)));
    table.put("kron", a -> F.kron(x(a), y(a)));
    table.put("linalg_cross", a -> F.cross(x(a), y(a), a.integer(2, "dim", -1)));
    table.put("chain_matmul", a -> F.chainMatmul(list(a, 0)));
  }

  private static void sums(OperatorTable table) {
    table.put("addmm", a -> F.addmm(x(a), y(a), z(a), beta(a), alpha(a)));
    table.put("addmv", a -> F.addmv(x(a), y(a), z(a), beta(a), alpha(a)));
    table.put("baddbmm", a -> F.baddbmm(x(a), y(a), z(a), beta(a), alpha(a)));
    table.put("einsum", a -> F.einsum(a.text(0, "equation", ""), list(a, 1)));
    table.put(
        "tensordot",
        a -> F.tensordot(x(a), y(a), a.integers(2, "dims_self"), a.integers(3, "dims_other")));
  }

  private static Variable[] list(Arguments a, int position) {
    return a.variables(position, "tensors").toArray(new Variable[0]);
  }

  private static void layers(OperatorTable table) {
    table.put("linear", a -> F.linear(x(a), y(a), a.optional(2, "bias")));
    table.put("bilinear", a -> F.bilinear(x(a), y(a), z(a), a.optional(3, "bias")));
  }

  private static void distances(OperatorTable table) {
    table.put("cdist", a -> F.cdist(x(a), y(a), a.number(2, "p", 2)));
    table.put(
        "pairwise_distance",
        a -> {
          double eps = a.number(3, "eps", 1e-6);
          return F.pairwiseDistance(
              x(a), y(a), a.number(2, "p", 2), eps, a.flag(4, "keepdim", false));
        });
    table.put(
        "cosine_similarity",
        a -> F.cosineSimilarity(x(a), y(a), a.integer(2, "dim", 1), a.number(3, "eps", 1e-8)));
    table.put("nuclear_norm", a -> F.nuclearNorm(x(a)));
    table.put("linalg_matrix_norm", LinearAlgebraOperators::matrixNorm);
  }

  private static Variable matrixNorm(Arguments a) {
    if (a.isNumber(1, "ord")) {
      return F.matrixNorm(x(a), a.number(1, "ord"));
    }
    return a.text(1, "ord", "fro").equals("nuc") ? F.nuclearNorm(x(a)) : F.matrixNorm(x(a));
  }

  private static void determinants(OperatorTable table) {
    table.put("trace", a -> F.trace(x(a)));
    table.put("det", a -> F.det(x(a)));
    table.put("logdet", a -> F.logDet(x(a)));
    table.put(
        "slogdet",
        a -> {
          SlogDet parts = F.slogDet(x(a));
          return List.of(parts.sign(), parts.logAbsDet());
        });
    table.put("inverse", a -> F.inverse(x(a)));
    table.put("linalg_solve", a -> F.solve(x(a), y(a)));
    table.put(
        "linalg_solve_triangular", a -> F.solveTriangular(x(a), y(a), a.flag(2, "upper", false)));
    table.put("linalg_pinv", a -> F.pinverse(x(a)));
    table.put("matrix_exp", a -> F.matrixExp(x(a)));
    table.put("matrix_power", a -> F.matrixPower(x(a), a.integer(1, "n")));
  }

  private static void decompositions(OperatorTable table) {
    table.put("linalg_cholesky", a -> F.cholesky(x(a), a.flag(1, "upper", false)));
    table.put("linalg_svdvals", a -> F.svdvals(x(a)));
    table.put("linalg_eigvalsh", a -> F.eigvalsh(x(a)));
    table.put(
        "linalg_qr",
        a -> {
          Qr qr = a.text(1, "mode", "reduced").equals("complete") ? F.qrComplete(x(a)) : F.qr(x(a));
          return List.of(qr.q(), qr.r());
        });
    table.put(
        "linalg_eigh",
        a -> {
          Eigh eigh = F.eigh(x(a));
          return List.of(eigh.values(), eigh.vectors());
        });
    table.put(
        "linalg_svd",
        a -> {
          Svd svd = F.svd(x(a));
          return List.of(svd.u(), svd.s(), svd.vT());
        });
  }
}
