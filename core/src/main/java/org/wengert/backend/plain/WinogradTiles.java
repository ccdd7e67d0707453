package org.wengert.backend.plain;

import java.util.ArrayList;
import java.util.List;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;

/// Winograd's fast convolution of a kernel of 3×3 in tiles of 2×2 results, F(2×2, 3×3) of Lavin and
/// Gray, "Fast Algorithms for Convolutional Neural Networks" (2015): a tile of 4×4 elements, a
/// kernel and a tile of results are each transformed, and between these there are 16 products where
/// the definition has 36.
///
/// With `d` a tile of the operand, `g` a kernel and `y` a tile of the result, it is
/// `y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`. The adjoint in `g` is `Gᵀ [(A y Aᵀ) ⊙ (Bᵀ d B)] G`. Each
/// transform is one [Kernel], whose inputs and outputs are the elements of a square, row by row;
/// it is applied to the columns of the square first, then to the rows, each a fixed sum from left
/// to right.
final class WinogradTiles {
  /// The number of elements of a tile, and of products.
  static final int PRODUCTS = 16;

  /// The number of elements along a tile.
  static final int SIDE = 4;

  /// `Bᵀ d B`.
  static final Kernel OPERAND =
      Kernel.of(
          transformed(
              SIDE, d -> List.of(d[0].sub(d[2]), d[1].add(d[2]), d[2].sub(d[1]), d[1].sub(d[3]))));

  /// `G g Gᵀ`.
  static final Kernel WEIGHT = Kernel.of(transformed(3, WinogradTiles::weight));

  /// `Aᵀ m A`, plus scalar 0.
  static final Kernel RESULT = Kernel.of(biased(transformed(SIDE, WinogradTiles::result)));

  /// `A y Aᵀ`.
  static final Kernel GRADIENT =
      Kernel.of(transformed(2, y -> List.of(y[0], y[0].add(y[1]), y[0].sub(y[1]), y[1].neg())));

  /// `Gᵀ m G`.
  static final Kernel WEIGHT_GRADIENT = Kernel.of(transformed(SIDE, WinogradTiles::weightGradient));

  /// The fewest channels on either side: with fewer, transforms cost more than they save.
  static final int FEWEST = 64;
  private static final long MOST = 1 << 26; // kernels, whose 16 squares fit into one array

  /// The fewest rows and columns of a result: shorter rows leave registers empty.
  static final int SHORTEST = 28;

  private WinogradTiles() {}

  /// Whether a convolution, or its adjoint, is computed in tiles.
  static boolean suit(List<Window> windows, int groups, int inner, Shape to) {
    return windows.size() == 2
        && groups == 1
        && inner >= FEWEST
        && to.size(1) >= FEWEST
        && (long) inner * to.size(1) < MOST
        && to.size(0) > 0
        && to.size(2) >= SHORTEST
        && to.size(3) >= SHORTEST
        && windows.stream().allMatch(WinogradTiles::suit);
  }

  private static boolean suit(Window window) {
    return window.kernel() == 3
        && window.stride() == 1
        && window.dilation() == 1
        && window.before() <= 2;
  }

  /// What becomes of one line of a square.
  private interface Line {
    List<Expr> of(Expr... line);
  }

  private static List<Expr> weight(Expr... g) {
    Expr ends = g[0].add(g[2]);
    return List.of(g[0], ends.add(g[1]).mul(0.5), ends.sub(g[1]).mul(0.5), g[2]);
  }

  private static List<Expr> result(Expr... m) {
    return List.of(m[0].add(m[1]).add(m[2]), m[1].sub(m[2]).sub(m[3]));
  }

  private static List<Expr> weightGradient(Expr... m) {
    Expr half = m[1].add(m[2]).mul(0.5);
    return List.of(m[0].add(half), m[1].sub(m[2]).mul(0.5), half.add(m[3]));
  }

  /// The columns of a square of inputs, then the rows.
  private static Expr[] transformed(int side, Line line) {
    List<List<Expr>> columns = new ArrayList<>();
    for (int j = 0; j < side; j++) {
      Expr[] column = new Expr[side];
      for (int i = 0; i < side; i++) {
        column[i] = Expr.input(i * side + j);
      }
      columns.add(line.of(column));
    }
    List<Expr> all = new ArrayList<>();
    for (int i = 0; i < columns.getFirst().size(); i++) {
      int row = i;
      all.addAll(line.of(columns.stream().map(column -> column.get(row)).toArray(Expr[]::new)));
    }
    return all.toArray(Expr[]::new);
  }

  private static Expr[] biased(Expr... results) {
    Expr[] sums = new Expr[results.length];
    for (int i = 0; i < results.length; i++) {
      sums[i] = results[i].add(Expr.scalar(0));
    }
    return sums;
  }
}
