package org.wengert.nn;

import java.util.function.BiConsumer;
import org.wengert.Variable;

/// A layer of this package: [Module#summary] can see what it returns, wherever it is called.
abstract class Watched extends Module {
  private static final ScopedValue<BiConsumer<Layer, Variable>> OBSERVER =
      ScopedValue.newInstance();

  Watched() {}

  /// The layer's output for the input `x`; its formula is in the description of the class.
  @Override
  public final Variable forward(Variable x) {
    return seen(this, compute(x));
  }

  /// The layer's formula.
  abstract Variable compute(Variable x);

  /// Shows the output of a layer to the observer, if there is one, and returns it.
  static Variable seen(Layer layer, Variable y) {
    if (OBSERVER.isBound()) {
      OBSERVER.get().accept(layer, y);
    }
    return y;
  }

  /// The result of a layer while `observer` sees the outputs of layers inside it.
  static Variable observe(BiConsumer<Layer, Variable> observer, Layer layer, Variable x) {
    return ScopedValue.where(OBSERVER, observer).call(() -> layer.forward(x));
  }
}
