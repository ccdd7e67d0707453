package org.wengert.golden;

import java.util.List;

/// A line of the Python subset, with its block if it has one.
sealed interface Statement {
  /// A value that is not kept; the last one is the program's result.
  record Evaluate(Expression value) implements Statement {}

  /// `names = value`; several names take a sequence apart.
  record Assign(List<String> names, Expression value) implements Statement {}

  /// `for name in values:`.
  record For(String name, Expression values, List<Statement> body) implements Statement {}

  /// `if condition: ... else: ...`.
  record If(Expression condition, List<Statement> yes, List<Statement> no) implements Statement {}

  /// `return value`.
  record Return(Expression value) implements Statement {}
}
