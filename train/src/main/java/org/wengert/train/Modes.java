package org.wengert.train;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module

/// Which parts of a model were training and which were evaluating, to go back to it: somebody may
/// have frozen the running statistics of one of them.
record Modes(SequencedMap<Module, Boolean> training) {
  static Modes of(Module model) {
    SequencedMap<Module, Boolean> training = new LinkedHashMap<>();
    model.namedModules().values().forEach(part -> training.put(part, part.isTraining()));
    return new Modes(training);
  }

  /// Outer modules come first, so that each part ends as it was.
  void restore() {
    training.forEach(Module::train);
  }
}
