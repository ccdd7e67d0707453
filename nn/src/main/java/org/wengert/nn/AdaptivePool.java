package org.wengert.nn;

import java.util.Arrays;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// What poolings with outputs of a given size share: these sizes.
abstract class AdaptivePool extends Watched {
  private final int[] outputs;

  AdaptivePool(int... outputs) {
    if (Arrays.stream(outputs).anyMatch(n -> n < -1)) {
      throw new OptionException(described() + " to sizes " + Arrays.toString(outputs))
          .hint("sizes are not negative, but for -1, which keeps the input's");
    }
    this.outputs = outputs.clone();
  }

  /// The sizes of the output for an input; those of an input with too few axes do not matter.
  final int[] sizes(Variable x) {
    int[] sizes = outputs.clone();
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && x.rank() >= sizes.length) {
        sizes[i] = x.size(i - sizes.length);
      }
    }
    return sizes;
  }

  @Override
  protected String settings() {
    return "outputs=" + Arrays.toString(outputs);
  }
}
