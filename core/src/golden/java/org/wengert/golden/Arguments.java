package org.wengert.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The arguments of one call, by position or by torch's parameter name. Immutable.
///
/// A name may be left empty where torch's is never used.
public final class Arguments {
  private final List<@Nullable Object> positional;
  private final Map<String, ? extends @Nullable Object> named;

  Arguments(
      List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
    this.positional = new ArrayList<>(positional);
    this.named = named;
  }

  static Arguments of(@Nullable Object... positional) {
    return new Arguments(Arrays.asList(positional), Map.of());
  }

  /// How many were given by position.
  public int count() {
    return positional.size();
  }

  /// Whether the argument was given, and is not `None`.
  public boolean has(int position, String name) {
    return value(position, name) != null;
  }

  /// Whether the argument is a Python number.
  public boolean isNumber(int position, String name) {
    return value(position, name) instanceof Number;
  }

  /// Whether the argument is a list.
  public boolean isList(int position, String name) {
    return value(position, name) instanceof List<?>;
  }

  /// The argument as it is; null for `None` and where there is none.
  public @Nullable Object value(int position, String name) {
    return position < positional.size() ? positional.get(position) : named.get(name);
  }

  private Object required(int position, String name) {
    Object value = value(position, name);
    if (value == null) {
      throw new IllegalArgumentException("argument " + position + " '" + name + "' is missing");
    }
    return value;
  }

  /// A variable.
  public Variable variable(int position, String name) {
    return (Variable) required(position, name);
  }

  /// A variable, or null for `None`.
  public @Nullable Variable optional(int position, String name) {
    return (Variable) value(position, name);
  }

  /// A variable, or a Python number as a constant of the type that it has beside `other`.
  public Variable operand(int position, String name, Variable other) {
    return switch (required(position, name)) {
      case Variable v -> v;
      case Long n -> integer(n, other.dtype() == DType.BOOL ? DType.INT64 : other.dtype());
      case Number x -> constant(x.doubleValue(), other.dtype().toFloating());
      default -> throw new IllegalArgumentException(name + " is neither tensor nor number");
    };
  }

  private static Variable constant(double number, DType type) {
    return Variable.constant(Tensor.full(Shape.SCALAR, number, type));
  }

  private static Variable integer(long number, DType type) {
    Tensor value = Tensor.zeros(Shape.SCALAR, type);
    value.storage().put(0, number);
    return Variable.constant(value);
  }

  /// A list of variables.
  public List<Variable> variables(int position, String name) {
    return Interpreter.list(required(position, name)).stream().map(Variable.class::cast).toList();
  }

  /// A number.
  public double number(int position, String name) {
    return Signs.toDouble(required(position, name));
  }

  /// A number, or what it is if not given.
  public double number(int position, String name, double otherwise) {
    return has(position, name) ? number(position, name) : otherwise;
  }

  /// An integer.
  public int integer(int position, String name) {
    return Math.toIntExact((Long) required(position, name));
  }

  /// An integer, or what it is if not given.
  public int integer(int position, String name, int otherwise) {
    return has(position, name) ? integer(position, name) : otherwise;
  }

  /// A list of integers, or one integer; no integers if not given.
  public int[] integers(int position, String name) {
    return switch (value(position, name)) {
      case null -> new int[0];
      case Long one -> new int[] {Math.toIntExact(one)};
      case Object list ->
          Interpreter.list(list).stream().mapToInt(i -> Math.toIntExact((Long) i)).toArray();
    };
  }

  /// A truth value, or what it is if not given.
  public boolean flag(int position, String name, boolean otherwise) {
    return has(position, name) ? (Boolean) required(position, name) : otherwise;
  }

  /// A text, or what it is if not given.
  public String text(int position, String name, String otherwise) {
    return has(position, name) ? (String) required(position, name) : otherwise;
  }

  /// The element type, or what it is if not given.
  public DType type(int position, String name, DType otherwise) {
    return has(position, name) ? (DType) required(position, name) : otherwise;
  }
}
