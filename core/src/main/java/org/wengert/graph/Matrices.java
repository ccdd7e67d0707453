package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;
import org.wengert.tensor.Tensor;

/// The part of a derivation that shows local Jacobians: their sizes, structures and norms, and the
/// numbers of small ones.
final class Matrices {
  private static final int MOST_ROWS = 8;

  private Matrices() {}

  static List<Block> of(Explanation explanation) {
    Set<Factor> factors = new LinkedHashSet<>();
    for (ChainPath path : explanation.paths()) {
      Sheet.shown(path.factors()).stream()
          .filter(factor -> factor.jacobian() != null)
          .forEach(factors::add);
    }
    List<Block> blocks = new ArrayList<>();
    if (factors.isEmpty()) {
      return blocks;
    }
    blocks.add(new Block.Heading(2, Maths.words("Local Jacobians"), ""));
    List<List<Maths>> rows = new ArrayList<>();
    for (Factor factor : factors) {
      rows.add(row(factor));
    }
    List<String> header =
        List.of("derivative", "shapes", "rows × columns", "structure", "norm", "written");
    blocks.add(new Block.Table(header, rows));
    for (Factor factor : factors) {
      matrix(factor, blocks);
    }
    return blocks;
  }

  private static List<Maths> row(Factor factor) {
    LocalJacobian jacobian = factor.jacobian();
    if (jacobian == null) {
      throw new IllegalStateException("a number is no matrix");
    }
    String norm = (jacobian.isExact() ? "" : "≈ ") + Numbers.brief(jacobian.norm());
    return List.of(
        Maths.derivative(factor.of(), factor.by()),
        Maths.words(jacobian.rows() + " by " + jacobian.columns()),
        Maths.words(jacobian.size()),
        Maths.words(jacobian.structure()),
        Maths.words(norm),
        Maths.of(factor.derivative()));
  }

  private static void matrix(Factor factor, List<Block> blocks) {
    LocalJacobian jacobian = factor.jacobian();
    @Nullable Tensor numbers = jacobian == null ? null : jacobian.numbers();
    if (numbers == null || numbers.size(0) > MOST_ROWS || numbers.size(1) > MOST_ROWS) {
      return;
    }
    List<List<Maths>> rows = new ArrayList<>();
    for (int i = 0; i < numbers.size(0); i++) {
      List<Maths> row = new ArrayList<>();
      for (int j = 0; j < numbers.size(1); j++) {
        row.add(Maths.numeral(Numbers.factor(numbers.at(i, j))));
      }
      rows.add(row);
    }
    blocks.add(new Block.Heading(3, Maths.derivative(factor.of(), factor.by()), ""));
    blocks.add(new Block.Table(List.of(), rows));
  }
}
