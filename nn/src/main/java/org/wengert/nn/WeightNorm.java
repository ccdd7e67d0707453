package org.wengert.nn;

import java.util.stream.IntStream;
import org.wengert.F;
import org.wengert.Variable;

/// `g v / ‖v‖`: a weight from its lengths and its direction.
final class WeightNorm extends PairLayer {
  private final int axis;

  WeightNorm(int axis) {
    this.axis = axis;
  }

  @Override
  Variable compute(Variable g, Variable v) {
    return v.mul(g.div(lengths(v)));
  }

  /// The lengths of the parts that `axis` numbers.
  Variable lengths(Variable v) {
    return F.norm(v, 2, true, IntStream.range(0, v.rank()).filter(i -> i != axis).toArray());
  }

  @Override
  protected String settings() {
    return "axis=" + axis;
  }
}
