package org.wengert.examples;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.examples.text.TextBatch;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module

/// A model of text. `forward` takes the numbers of characters, `(pieces, length)`, and gives for
/// each the logits of the one that follows, `(pieces, length, characters)`.
abstract class CharModel extends Module {
  private final Loss criterion = new CrossEntropyLoss();

  /// How surprised these logits are by what follows, in natural units per character.
  final Variable loss(Variable logits, TextBatch batch) {
    return criterion.forward(F.flatten(logits, 0, 1), batch.targets());
  }

  /// The logits for a batch to learn from, which may go on where the last one ended.
  Variable learn(TextBatch batch) {
    return forward(batch.inputs());
  }

  /// Someone who reads a text from its beginning.
  abstract Reader reader();

  /// Reads a text, character by character. Holds state: what it has read.
  @FunctionalInterface
  interface Reader {
    /// The logits of what follows this character, `(characters)`.
    Variable next(int character);
  }
}
