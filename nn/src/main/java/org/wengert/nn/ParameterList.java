package org.wengert.nn;

import java.util.List;
import org.wengert.Parameter;

/// Parameters in a list. Their names are their positions: `scales.0`. A plain `List` in a field is
/// found as well, under the same names.
///
/// Holds state: the list. Not thread-safe while it is changed.
///
/// Source: `torch.nn.ParameterList`.
public final class ParameterList extends PartList<Parameter> {
  /// These parameters in this order; [#append] adds more.
  public ParameterList(Parameter... parameters) {
    this(List.of(parameters));
  }

  /// These parameters in this order.
  public ParameterList(Iterable<Parameter> parameters) {
    super(parameters);
  }

  @Override
  public ParameterList copy() {
    return copyOf(this);
  }
}
