package org.wengert.golden;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has a value in the Python subset.
sealed interface Expression {
  /// A number, a text, `True`, `False`, `None` (null) or `...`.
  record Literal(@Nullable Object value) implements Expression {}

  /// A variable, or `torch`.
  record Name(String name) implements Expression {}

  /// A list or a tuple; nothing here tells them apart.
  record Sequence(List<Expression> items) implements Expression {}

  /// A call with arguments by position and by name.
  record Call(Expression callee, List<Expression> positional, Map<String, Expression> named)
      implements Expression {}

  /// `of.name`.
  record Attribute(Expression of, String name) implements Expression {}

  /// `of[index]`.
  record Subscript(Expression of, Expression index) implements Expression {}

  /// `from:to:step` inside a subscript; what is left out is null.
  record Range(@Nullable Expression from, @Nullable Expression to, @Nullable Expression step)
      implements Expression {}

  /// `sign x`.
  record Unary(String sign, Expression x) implements Expression {}

  /// `a sign b`.
  record Binary(String sign, Expression a, Expression b) implements Expression {}

  /// `yes if condition else no`.
  record Conditional(Expression condition, Expression yes, Expression no) implements Expression {}
}
