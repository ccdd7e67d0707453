package org.wengert.tensor;

import java.util.Map;
import java.util.SequencedMap;

/// What can be saved and restored: its state is named tensors. Modules, optimizers, schedules and
/// random generators are, so that `org.wengert.io.Checkpoint` can save a whole training; whatever
/// else a program must remember, such as the best loss so far, can be by these two methods.
public interface Stateful {
  /// All that is needed to go on later as if nothing had happened, to the last bit. The map and the
  /// tensors are copies.
  SequencedMap<String, Tensor> stateDict();

  /// Restores what [#stateDict] gave. Everything is checked before anything is changed.
  ///
  /// @throws WengertException if an entry is missing, unexpected, or of another shape or type; then
  ///     nothing has changed
  void loadStateDict(Map<String, Tensor> state);
}
