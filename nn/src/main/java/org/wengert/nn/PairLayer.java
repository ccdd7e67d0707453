package org.wengert.nn;

import java.util.List;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.WengertException;

/// A layer of this package with two inputs.
abstract class PairLayer extends Watched {
  PairLayer() {}

  /// The layer's output for two inputs; its formula is in the description of the class.
  public final Variable forward(Variable a, Variable b) {
    return watched(List.of(a, b), xs -> compute(xs.get(0), xs.get(1)));
  }

  /// The layer's formula.
  abstract Variable compute(Variable a, Variable b);

  /// Refuses one input alone.
  @Override
  Variable compute(Variable x) {
    throw oneInput(this, "forward(a, b)");
  }

  /// The error for one input where there must be two.
  static WengertException oneInput(Module layer, String call) {
    return new OptionException(layer.described() + " has two inputs, got one")
        .hint("call " + call + " from the forward of your module");
  }
}
