package org.wengert.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.Parameter;
import org.wengert.Variable;

/// How a layer computes its weight: from one original parameter, or from two by a first rule that
/// takes both, then by each further rule from what the one before it gave. Holds state: the rules.
final class Parametrization extends Module {
  private final List<Parameter> originals;
  private final List<Layer> rules = new ArrayList<>();

  /// From one parameter; [#then] says how.
  Parametrization(Parameter original) {
    originals = List.of(original);
  }

  /// From two parameters.
  Parametrization(Parameter first, Parameter second, PairLayer rule) {
    originals = List.of(first, second);
    then(rule);
  }

  /// Adds a rule behind the others.
  void then(Layer rule) {
    Named.place(this, Integer.toString(rules.size()), rule);
    rules.add(rule);
  }

  /// The weight for one use.
  Variable weight() {
    Variable weight = originals.getFirst();
    for (Layer rule : rules) {
      boolean both = originals.size() == 2 && weight == originals.getFirst();
      weight =
          both && rule instanceof PairLayer pair
              ? pair.forward(weight, originals.getLast())
              : rule.forward(weight);
    }
    return weight;
  }

  /// PyTorch's names: `original`, or `original0` and `original1`, then the rules' positions.
  @Override
  protected SequencedMap<String, Object> members() {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    if (originals.size() == 1) {
      members.put("original", originals.getFirst());
    } else {
      members.put("original0", originals.getFirst());
      members.put("original1", originals.getLast());
    }
    for (int i = 0; i < rules.size(); i++) {
      members.put(Integer.toString(i), rules.get(i));
    }
    return members;
  }

  @Override
  public Variable forward(Variable x) {
    throw Named.noForward(this);
  }
}
