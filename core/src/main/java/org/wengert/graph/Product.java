package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import org.wengert.graph.Formula.Kind;
import org.wengert.graph.Formula.Token;

/// Multiplies formulas as a student does: numbers are collected in front, ones are left out.
final class Product {
  private double number = 1;
  private final List<Formula> rest = new ArrayList<>();

  private Product() {}

  /// The product: of `2 (o - y)` and `-1` it is `-2 (o - y)`.
  static Formula of(List<Formula> factors) {
    if (factors.size() == 1) {
      return factors.getFirst();
    }
    Product product = new Product();
    factors.forEach(product::append);
    return product.formula();
  }

  private void append(Formula factor) {
    List<Token> tokens = factor.tokens();
    boolean isSigned = tokens.size() > 1 && tokens.getFirst().is("-");
    Formula unsigned = isSigned ? factor.from(1) : factor;
    if (!unsigned.isFactor()) {
      rest.add(factor);
      return;
    }
    number *= isSigned ? -1 : 1;
    Token first = unsigned.tokens().getFirst();
    boolean isAlone = unsigned.tokens().size() == 1;
    if (first.kind() == Kind.NUMBER && (isAlone || unsigned.tokens().get(1).kind() == Kind.SPACE)) {
      number *= Double.parseDouble(first.text());
      if (!isAlone) {
        rest.add(unsigned.from(unsigned.tokens().get(2).is("·") ? 4 : 2));
      }
    } else {
      rest.add(unsigned);
    }
  }

  private Formula formula() {
    if (rest.isEmpty()) {
      return Formula.number(number);
    }
    Formula product = Formula.product(rest);
    if (number == 1) {
      return product;
    }
    Formula enclosed = rest.size() == 1 && !product.isFactor() ? product.enclosed() : product;
    return enclosed.times(number);
  }
}
