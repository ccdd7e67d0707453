package org.wengert.graph;

import java.util.List;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;

/// What a derivation has to say where numbers are not finite: the products may look right and yet
/// mean nothing.
final class Remark {
  private Remark() {}

  static List<Block> of(Explanation explanation) {
    String words = words(explanation);
    return words.isEmpty()
        ? List.of()
        : List.of(new Block.Heading(2, Maths.words("Remark"), ""), new Block.Prose(words));
  }

  private static String words(Explanation explanation) {
    for (int id : explanation.ids().reversed()) {
      Vertex vertex = explanation.graph().vertex(id);
      if (!Culprits.isFinite(vertex.value())) {
        return statement(explanation, vertex)
            + ", which is not finite: derivatives that pass it mean nothing.";
      }
    }
    for (Factor factor : explanation.factors()) {
      boolean isGiven = factor.to() == explanation.graph().vertices().size(); // a seed
      if (!isGiven && factor.number() != null && !Double.isFinite(factor.number())) {
        String number = Numbers.brief(factor.number());
        return factor.symbol() + " = " + number + ": there is no finite derivative at this place.";
      }
    }
    return "";
  }

  private static String statement(Explanation explanation, Vertex vertex) {
    String label = TextTree.name(vertex);
    String formula =
        vertex.operands().isEmpty() ? "" : " = " + explanation.wording().formula(vertex);
    boolean isNumber = vertex.value().count() == 1;
    String value = isNumber ? " = " + Numbers.brief(vertex.value().item()) : " has an element";
    return label + formula + value;
  }
}
