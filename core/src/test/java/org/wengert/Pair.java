package org.wengert;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/// The functions of two numbers in random programs: the library's, and beside it the same function
/// and both derivatives from the textbook, on plain doubles.
enum Pair {
  ADD(Variable::add, (a, b) -> a + b, (a, b) -> 1, (a, b) -> 1),
  SUB(Variable::sub, (a, b) -> a - b, (a, b) -> 1, (a, b) -> -1),
  MUL(Variable::mul, (a, b) -> a * b, (a, b) -> b, (a, b) -> a),
  DIV(Variable::div, (a, b) -> a / b, (a, b) -> 1 / b, (a, b) -> -a / (b * b)),
  POW(
      Variable::pow,
      Math::pow,
      (a, b) -> b * Math.pow(a, b - 1),
      (a, b) -> Math.pow(a, b) * Math.log(a)),
  ATAN2(F::atan2, Math::atan2, (a, b) -> b / (a * a + b * b), (a, b) -> -a / (a * a + b * b)),
  MAXIMUM(F::maximum, Math::max, (a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 0 : 1),
  MINIMUM(F::minimum, Math::min, (a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 0 : 1);

  final BinaryOperator<Variable> function;
  final DoubleBinaryOperator value;
  final DoubleBinaryOperator byA;
  final DoubleBinaryOperator byB;

  Pair(
      BinaryOperator<Variable> function,
      DoubleBinaryOperator value,
      DoubleBinaryOperator byA,
      DoubleBinaryOperator byB) {
    this.function = function;
    this.value = value;
    this.byA = byA;
    this.byB = byB;
  }
}
