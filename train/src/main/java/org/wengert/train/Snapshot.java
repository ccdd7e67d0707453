package org.wengert.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// How things were, to go back to it.
final class Snapshot {
  private record Part(Stateful owner, SequencedMap<String, Tensor> state) {}

  private final List<Part> parts = new ArrayList<>();

  Snapshot(List<? extends Stateful> owners) {
    owners.forEach(owner -> parts.add(new Part(owner, owner.stateDict())));
  }

  void restore() {
    parts.forEach(part -> part.owner.loadStateDict(part.state));
  }
}
