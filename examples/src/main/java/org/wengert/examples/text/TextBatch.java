package org.wengert.examples.text;

import org.wengert.Variable;
import org.wengert.tensor.Tensor;
import org.wengert.train.read.TokenNumbers;

/// Pieces of text, and for each character the one that follows.
///
/// @param inputs numbers of characters, `(pieces, length)`
/// @param targets the numbers of those that follow, `(pieces · length)`
/// @param continues whether each piece goes on where that of the batch before ended
public record TextBatch(Variable inputs, Variable targets, boolean continues) {
  /// The pieces that begin at these places.
  static TextBatch of(TokenNumbers text, int[] starts, int length, boolean continues) {
    long[] inputs = new long[starts.length * length];
    long[] targets = new long[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      int place = starts[i / length] + i % length;
      inputs[i] = text.at(place);
      targets[i] = text.at(place + 1);
    }
    Variable pieces = Variable.constant(Tensor.of(inputs).reshape(starts.length, length));
    return new TextBatch(pieces, Variable.constant(Tensor.of(targets)), continues);
  }
}
