package org.wengert.train.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A metric that knows nothing but some numbers, which are its state: `FLOAT64`, under `gathered`.
/// Counts are exact in it up to 2⁵³. Holds state; not thread-safe.
abstract class Gathered implements Metric {
  private static final String KEY = "gathered";

  private final int atFirst;

  /// A metric that has so many numbers at first, all 0.
  Gathered(int atFirst) {
    this.atFirst = atFirst;
  }

  /// All that was gathered; a copy.
  abstract double[] gathered();

  /// Goes on from what [#gathered] gave.
  abstract void gathered(double[] numbers);

  /// Whether [#gathered] of this metric can have given these numbers.
  boolean isGathered(double[] numbers) {
    return numbers.length == atFirst;
  }

  @Override
  public final SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(KEY, Tensor.of(gathered()));
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck(name() + ".loadStateDict", state, "load what the same metric gave");
    Tensor found = state.get(KEY);
    check.expect(KEY, DType.FLOAT64, Shape.of(found == null ? 0 : found.count()));
    check.throwIfWrong(true);
    double[] numbers = StateCheck.require(state, KEY).toDoubleArray();
    if (!isGathered(numbers)) {
      check.report("impossible", KEY, numbers.length + " numbers of another metric");
    }
    check.throwIfWrong(true);
    gathered(numbers);
  }

  @Override
  public final void reset() {
    gathered(new double[atFirst]);
  }
}
