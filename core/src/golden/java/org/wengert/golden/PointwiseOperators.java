package org.wengert.golden;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.wengert.F;
import org.wengert.Variable;

/// Torch's operators that work element by element.
final class PointwiseOperators {
  private PointwiseOperators() {}

  static void addTo(OperatorTable table) {
    addArithmetic(table);
    addComparisons(table);
    addFunctions(table);
    addActivations(table);
  }

  private static void addArithmetic(OperatorTable table) {
    table.put("add", a -> sum(a, a.number(2, "alpha", 1)));
    table.put("sub", a -> sum(a, -a.number(2, "alpha", 1)));
    table.put("mul", PointwiseOperators::product);
    table.put("div", PointwiseOperators::quotient);
    table.put("pow", PointwiseOperators::power);
    binary(table, "atan2", F::atan2);
    binary(table, "maximum", F::maximum);
    binary(table, "minimum", F::minimum);
  }

  private static void addComparisons(OperatorTable table) {
    binary(table, "eq", F::eq);
    binary(table, "ne", F::ne);
    binary(table, "lt", F::lt);
    binary(table, "le", F::le);
    binary(table, "gt", F::gt);
    binary(table, "ge", F::ge);
    binary(table, "logical_and", F::logicalAnd);
    table.put("where", PointwiseOperators::where);
  }

  private static void addFunctions(OperatorTable table) {
    unary(table, "abs", F::abs);
    unary(table, "acos", F::acos);
    unary(table, "asin", F::asin);
    unary(table, "atan", F::atan);
    unary(table, "ceil", F::ceil);
    unary(table, "cos", F::cos);
    unary(table, "cosh", F::cosh);
    unary(table, "erf", F::erf);
    unary(table, "exp", F::exp);
    unary(table, "expm1", F::expm1);
    unary(table, "floor", F::floor);
    unary(table, "log", F::log);
    unary(table, "log1p", F::log1p);
    unary(table, "neg", Variable::neg);
    unary(table, "reciprocal", F::reciprocal);
    unary(table, "rsqrt", F::rsqrt);
    unary(table, "sign", F::sign);
    unary(table, "sin", F::sin);
    unary(table, "sinh", F::sinh);
    unary(table, "sqrt", Variable::sqrt);
    unary(table, "square", Variable::square);
    unary(table, "tan", F::tan);
    unary(table, "tanh", F::tanh);
    unary(table, "zeros_like", F::zerosLike);
  }

  private static void addActivations(OperatorTable table) {
    unary(table, "log_sigmoid", F::logSigmoid);
    unary(table, "relu", F::relu);
    unary(table, "sigmoid", F::sigmoid);
    unary(table, "silu", F::silu);
    table.put("clamp", PointwiseOperators::clamp);
    table.put("gelu", PointwiseOperators::gelu);
    table.put("round", PointwiseOperators::round);
    table.put("softplus", PointwiseOperators::softplus);
    table.put("elu", a -> F.elu(x(a), a.number(1, "alpha", 1)));
    table.put("leaky_relu", a -> F.leakyRelu(x(a), a.number(1, "negative_slope", 0.01)));
  }

  private static void unary(OperatorTable table, String name, UnaryOperator<Variable> function) {
    table.put(name, a -> function.apply(x(a)));
  }

  /// A function of two tensors, one of which may be a Python number.
  private static void binary(OperatorTable table, String name, BinaryOperator<Variable> function) {
    table.put(name, a -> function.apply(left(a, 1), right(a)));
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "self");
  }

  /// The first argument, as it is beside the argument at `other`.
  private static Variable left(Arguments a, int other) {
    return a.isNumber(0, "self") ? a.operand(0, "self", a.variable(other, "other")) : x(a);
  }

  private static Variable right(Arguments a) {
    return a.isNumber(1, "other") ? a.operand(1, "other", x(a)) : a.variable(1, "other");
  }

  private static Variable sum(Arguments a, double factor) {
    if (a.isNumber(0, "self")) {
      Variable b = a.variable(1, "other");
      return factor == 1 ? left(a, 1).add(b) : left(a, 1).sub(b);
    }
    if (Math.abs(factor) != 1) {
      return x(a).add(right(a).mul(factor));
    }
    return switch (a.value(1, "other")) {
      case Long n -> factor == 1 ? x(a).add(n) : x(a).sub(n);
      case Double d -> factor == 1 ? x(a).add(d) : x(a).sub(d);
      default -> factor == 1 ? x(a).add(right(a)) : x(a).sub(right(a));
    };
  }

  private static Variable product(Arguments a) {
    if (a.isNumber(0, "self")) {
      return left(a, 1).mul(a.variable(1, "other"));
    }
    return switch (a.value(1, "other")) {
      case Long n -> x(a).mul(n);
      case Double d -> x(a).mul(d);
      default -> x(a).mul(right(a));
    };
  }

  private static Variable quotient(Arguments a) {
    if (a.has(2, "rounding_mode")) {
      throw new MissingOperatorException("div(rounding_mode)");
    }
    return a.value(1, "other") instanceof Double d ? x(a).div(d) : left(a, 1).div(right(a));
  }

  private static Variable where(Arguments a) {
    return F.where(a.variable(0, "condition"), a.variable(1, "self"), a.variable(2, "other"));
  }

  private static Variable clamp(Arguments a) {
    if (a.value(1, "min") instanceof Variable || a.value(2, "max") instanceof Variable) {
      throw new MissingOperatorException("clamp(tensor)");
    }
    double least = a.number(1, "min", Double.NEGATIVE_INFINITY);
    return F.clamp(x(a), least, a.number(2, "max", Double.POSITIVE_INFINITY));
  }

  private static Variable round(Arguments a) {
    if (a.has(1, "decimals")) {
      throw new MissingOperatorException("round(decimals)");
    }
    return F.round(x(a));
  }

  private static Variable gelu(Arguments a) {
    if (!a.text(1, "approximate", "none").equals("none")) {
      throw new MissingOperatorException("gelu(tanh)");
    }
    return F.gelu(x(a));
  }

  private static Variable softplus(Arguments a) {
    if (a.number(1, "beta", 1) != 1 || a.number(2, "threshold", 20) != 20) {
      throw new MissingOperatorException("softplus(beta)");
    }
    return F.softplus(x(a));
  }

  private static Variable power(Arguments a) {
    return a.value(1, "exponent") instanceof Double d && !a.isNumber(0, "self")
        ? x(a).pow(d)
        : left(a, 1).pow(right(a));
  }
}
