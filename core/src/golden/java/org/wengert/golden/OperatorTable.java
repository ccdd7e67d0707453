package org.wengert.golden;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which of Wengert's functions stands for which operator of torch. Modules above core add their
/// own. Not thread-safe while it is being filled.
public final class OperatorTable {
  private final Map<String, Operator> operators = new TreeMap<>();

  /// A table without operators.
  public OperatorTable() {}

  /// The operators that core has.
  public static OperatorTable ofCore() {
    OperatorTable table = new OperatorTable();
    PointwiseOperators.addTo(table);
    ReductionOperators.addTo(table);
    ShapeOperators.addTo(table);
    LinearAlgebraOperators.addTo(table);
    NetworkOperators.addTo(table);
    return table;
  }

  /// Adds an operator, under its name in torch without `torch.`; methods of tensors are operators
  /// whose first argument is the tensor.
  public void put(String name, Operator operator) {
    if (operators.put(name, operator) != null) {
      throw new IllegalArgumentException("two lines for torch." + name);
    }
  }

  @Nullable Object call(String name, Arguments arguments) {
    Operator operator = operators.get(name);
    if (operator == null) {
      throw new MissingOperatorException(name);
    }
    return operator.call(arguments);
  }
}
