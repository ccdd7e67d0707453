package org.wengert.graph;

import java.util.List;
import org.wengert.tensor.Tensor;

/// One path of the chain rule: a product of derivatives.
///
/// @param factors from the result's side
/// @param contribution the product, applied to the seed: what this path adds to the gradient. If
///     the seed is not a single 1, the first factor is the seed
public record ChainPath(List<Factor> factors, Tensor contribution) {
  /// A copy of the list.
  public ChainPath {
    factors = List.copyOf(factors);
  }

  /// The values that it passes, from the result's side, without the ends.
  public List<String> through() {
    return factors.stream().skip(1).map(Factor::of).toList();
  }

  /// The root of the sum of the squares of the contribution.
  public double norm() {
    return Numbers.norm(contribution);
  }

  /// The product in numbers: `1.2504 · 0.2317 · 0.5933 = 0.1719`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Factor factor : factors) {
      String number = factor.toString();
      boolean isEnclosed = number.startsWith("-") && !text.isEmpty();
      text.append(text.isEmpty() ? "" : " · ").append(isEnclosed ? "(" + number + ")" : number);
    }
    String product =
        contribution.count() == 1
            ? Numbers.factor(contribution.item())
            : TextTree.brief(contribution);
    String written = factors.isEmpty() ? "1" : text.toString();
    return written.equals(product) ? product : written + " = " + product;
  }
}
