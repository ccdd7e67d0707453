package org.wengert.backend.plain;

import org.wengert.tensor.Nest;
import org.wengert.tensor.Tensor;

/// The lines of tensors along one axis, for kernels that must go along it from one end to the
/// other.
final class Lines {
  private Lines() {}

  /// Calls `line` with the place in each operand's storage where a line begins, for all lines in
  /// row-major order. The operands have equal sizes except along `axis`; where one of them is
  /// empty, nothing is called. The array is reused.
  static void forEach(int axis, Nest.Run line, Tensor... operands) {
    Tensor[] heads = new Tensor[operands.length];
    for (int k = 0; k < operands.length; k++) {
      if (operands[k].count() == 0) {
        return;
      }
      heads[k] = operands[k].slice(axis, 0, 1, 1);
    }
    Nest nest = Nest.over(heads[0].shape(), heads);
    int[] at = new int[operands.length];
    nest.forEachRun(
        start -> {
          for (int i = 0; i < nest.length(); i++) {
            for (int k = 0; k < at.length; k++) {
              at[k] = start[k] + i * nest.step(k);
            }
            line.at(at);
          }
        });
  }
}
