package org.wengert;

import java.util.ArrayList;
import java.util.List;

/// Recorded gradients of slices that wait to be added to a sum, all at once. Holds state: a
/// [Sweep]'s own.
final class Parts {
  private final List<Embed> places = new ArrayList<>();
  private final List<Variable> gradients = new ArrayList<>();

  void add(Embed place, Variable gradient) {
    places.add(place);
    gradients.add(gradient);
  }

  Variable addedTo(Variable sum) {
    gradients.addFirst(sum);
    return new AddParts(places).apply(gradients.toArray(new Variable[0]));
  }
}
