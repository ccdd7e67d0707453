package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;

/// The largest of each `pieces` neighbours in the last axis: `(.., out · pieces)` becomes
/// `(.., out)`. Behind a [Linear] layer, every unit learns its own convex activation:
///
/// ```java
/// new Sequential(new Linear(784, 3 * 128), new Maxout(3))
/// ```
///
/// Of equal numbers the first one gets the gradient. Several threads may call `forward` at once.
///
/// Source: Goodfellow et al., "Maxout networks", ICML 2013.
public final class Maxout extends Activation {
  /// With the given number of linear pieces for each unit.
  ///
  /// @throws OptionException if it is below 1
  public Maxout(int pieces) {
    super(x -> largest(x, pieces), "pieces=" + pieces);
    if (pieces < 1) {
      throw new OptionException("Maxout of " + pieces + " pieces").hint("there is at least 1");
    }
  }

  private static Variable largest(Variable x, int pieces) {
    if (x.rank() == 0 || x.size(-1) % pieces != 0) {
      throw new ShapeException(
              "the last axis of shape " + x.shape() + " has no groups of " + pieces)
          .hint("the layer before must give " + pieces + " numbers for each output");
    }
    return F.max(F.unflatten(x, -1, x.size(-1) / pieces, pieces), -1, false).values();
  }
}
