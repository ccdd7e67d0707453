package org.wengert.nn;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.wengert.Parameter;

/// Parameters by name: `scales.left`. A plain `LinkedHashMap` in a field is found as well, under
/// the same names.
///
/// Holds state: the map. Not thread-safe while it is changed.
///
/// Source: `torch.nn.ParameterDict`.
public final class ParameterDict extends PartDict<Parameter> {
  /// Without parameters; [#put] adds some.
  public ParameterDict() {
    this(new LinkedHashMap<>());
  }

  /// These parameters in this order.
  ///
  /// @throws org.wengert.tensor.OptionException if a name is empty or has a dot
  public ParameterDict(SequencedMap<String, Parameter> parameters) {
    super(parameters);
  }

  @Override
  public ParameterDict copy() {
    return copyOf(this);
  }
}
