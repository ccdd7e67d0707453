package org.wengert.golden;

import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.wengert.F;
import org.wengert.Rounding;
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
    table.put("add", PointwiseOperators::sum);
    table.put("sub", PointwiseOperators::difference);
    table.put("mul", PointwiseOperators::product);
    table.put("div", PointwiseOperators::quotient);
    table.put("pow", PointwiseOperators::power);
    table.put("clamp", PointwiseOperators::clamp);
    table.put("clamp_min", a -> F.clampMin(x(a), a.number(1, "min")));
    table.put("lerp", PointwiseOperators::lerp);
    table.put("addcmul", a -> F.addcmul(x(a), y(a), z(a), a.number(3, "value", 1)));
    table.put("addcdiv", a -> F.addcdiv(x(a), y(a), z(a), a.number(3, "value", 1)));
    binary(table, "atan2", F::atan2);
    binary(table, "copysign", F::copySign);
    binary(table, "floor_divide", F::floorDivide);
    binary(table, "fmax", F::fmax);
    binary(table, "fmin", F::fmin);
    binary(table, "fmod", F::fmod);
    binary(table, "heaviside", F::heaviside);
    binary(table, "hypot", F::hypot);
    binary(table, "logaddexp", F::logAddExp);
    binary(table, "logaddexp2", F::logAddExp2);
    binary(table, "maximum", F::maximum);
    binary(table, "minimum", F::minimum);
    binary(table, "remainder", F::remainder);
    binary(table, "xlogy", F::xlogy);
  }

  private static void addComparisons(OperatorTable table) {
    binary(table, "eq", F::eq);
    binary(table, "ne", F::ne);
    binary(table, "lt", F::lt);
    binary(table, "le", F::le);
    binary(table, "gt", F::gt);
    binary(table, "ge", F::ge);
    binary(table, "logical_and", F::logicalAnd);
    binary(table, "logical_or", F::logicalOr);
    binary(table, "logical_xor", F::logicalXor);
    binary(table, "bitwise_and", F::bitwiseAnd);
    binary(table, "bitwise_or", F::bitwiseOr);
    binary(table, "bitwise_xor", F::bitwiseXor);
    binary(table, "bitwise_left_shift", F::bitwiseLeftShift);
    binary(table, "bitwise_right_shift", F::bitwiseRightShift);
    unary(table, "bitwise_not", F::bitwiseNot);
    unary(table, "logical_not", F::logicalNot);
    unary(table, "isfinite", F::isFinite);
    unary(table, "isinf", F::isInf);
    unary(table, "isnan", F::isNaN);
    unary(table, "signbit", F::signBit);
    table.put("isclose", PointwiseOperators::isClose);
    table.put("where", a -> F.where(x(a), y(a), z(a)));
    table.put("masked_fill", PointwiseOperators::maskedFill);
  }

  private static void addFunctions(OperatorTable table) {
    unary(table, "abs", F::abs);
    unary(table, "acos", F::acos);
    unary(table, "acosh", F::acosh);
    unary(table, "asin", F::asin);
    unary(table, "asinh", F::asinh);
    unary(table, "atan", F::atan);
    unary(table, "atanh", F::atanh);
    unary(table, "ceil", F::ceil);
    unary(table, "cos", F::cos);
    unary(table, "cosh", F::cosh);
    unary(table, "deg2rad", F::deg2rad);
    unary(table, "digamma", F::digamma);
    unary(table, "erf", F::erf);
    unary(table, "erfc", F::erfc);
    unary(table, "erfinv", F::erfinv);
    unary(table, "exp", F::exp);
    unary(table, "exp2", F::exp2);
    unary(table, "expm1", F::expm1);
    unary(table, "floor", F::floor);
    unary(table, "frac", F::frac);
    addMoreFunctions(table);
  }

  private static void addMoreFunctions(OperatorTable table) {
    unary(table, "lgamma", F::lgamma);
    unary(table, "log", F::log);
    unary(table, "log10", F::log10);
    unary(table, "log1p", F::log1p);
    unary(table, "log2", F::log2);
    unary(table, "neg", F::neg);
    unary(table, "rad2deg", F::rad2deg);
    unary(table, "reciprocal", F::reciprocal);
    unary(table, "rsqrt", F::rsqrt);
    unary(table, "sign", F::sign);
    unary(table, "sin", F::sin);
    unary(table, "sinc", F::sinc);
    unary(table, "sinh", F::sinh);
    unary(table, "sqrt", F::sqrt);
    unary(table, "square", F::square);
    unary(table, "tan", F::tan);
    unary(table, "tanh", F::tanh);
    unary(table, "trunc", F::trunc);
    unary(table, "zeros_like", F::zerosLike);
    table.put("logit", a -> a.has(1, "eps") ? F.logit(x(a), a.number(1, "eps")) : F.logit(x(a)));
    table.put("nan_to_num", PointwiseOperators::nanToNum);
    table.put("polygamma", a -> F.polygamma(a.integer(0, "n"), a.variable(1, "self")));
    table.put("round", PointwiseOperators::round);
  }

  private static void addActivations(OperatorTable table) {
    unary(table, "hardsigmoid", F::hardsigmoid);
    unary(table, "hardswish", F::hardswish);
    unary(table, "log_sigmoid", F::logSigmoid);
    unary(table, "mish", F::mish);
    unary(table, "relu", F::relu);
    unary(table, "relu6", F::relu6);
    unary(table, "selu", F::selu);
    unary(table, "sigmoid", F::sigmoid);
    unary(table, "silu", F::silu);
    table.put("celu", a -> F.celu(x(a), a.number(1, "alpha", 1)));
    table.put("elu", a -> F.elu(x(a), a.number(1, "alpha", 1)));
    table.put("gelu", PointwiseOperators::gelu);
    table.put("glu", a -> F.glu(x(a), a.integer(1, "dim", -1)));
    table.put("hardshrink", a -> F.hardshrink(x(a), a.number(1, "lambd", 0.5)));
    table.put("hardtanh", a -> F.hardtanh(x(a), a.number(1, "min_val", -1), a.number(2, "", 1)));
    table.put("leaky_relu", a -> F.leakyRelu(x(a), a.number(1, "negative_slope", 0.01)));
    table.put("prelu", a -> F.prelu(x(a), a.variable(1, "weight")));
    table.put("softplus", a -> F.softplus(x(a), a.number(1, "beta", 1), a.number(2, "", 20)));
    table.put("softshrink", a -> F.softshrink(x(a), a.number(1, "lambd", 0.5)));
    table.put("threshold", a -> F.threshold(x(a), a.number(1, "threshold"), a.number(2, "value")));
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

  private static Variable y(Arguments a) {
    return a.variable(1, "");
  }

  private static Variable z(Arguments a) {
    return a.variable(2, "");
  }

  private static Variable sum(Arguments a) {
    return switch (a.value(1, "other")) {
      case Long n when !a.has(2, "alpha") -> F.add(x(a), n);
      case Double d when !a.has(2, "alpha") -> F.add(x(a), d);
      default ->
          a.has(2, "alpha")
              ? F.add(left(a, 1), right(a), a.number(2, "alpha"))
              : F.add(left(a, 1), right(a));
    };
  }

  private static Variable difference(Arguments a) {
    if (a.value(0, "self") instanceof Long n) {
      return F.rsub(a.variable(1, "other"), n);
    }
    if (a.isNumber(0, "self")) {
      return F.rsub(a.variable(1, "other"), a.number(0, "self"));
    }
    return switch (a.value(1, "other")) {
      case Long n when !a.has(2, "alpha") -> F.sub(x(a), n);
      case Double d when !a.has(2, "alpha") -> F.sub(x(a), d);
      default ->
          a.has(2, "alpha") ? F.sub(x(a), right(a), a.number(2, "alpha")) : F.sub(x(a), right(a));
    };
  }

  private static Variable product(Arguments a) {
    return switch (a.value(1, "other")) {
      case Long n -> F.mul(x(a), n);
      case Double d -> F.mul(x(a), d);
      default -> F.mul(left(a, 1), right(a));
    };
  }

  private static Variable quotient(Arguments a) {
    String rounding = a.text(2, "rounding_mode", "");
    if (!rounding.isEmpty()) {
      return F.div(x(a), right(a), Rounding.valueOf(rounding.toUpperCase(Locale.ROOT)));
    }
    if (a.isNumber(0, "self")) {
      return F.div(a.number(0, "self"), a.variable(1, "other"));
    }
    return a.isNumber(1, "other")
        ? F.div(x(a), a.number(1, "other"))
        : F.div(x(a), a.variable(1, "other"));
  }

  private static Variable power(Arguments a) {
    if (a.isNumber(0, "self")) {
      return F.pow(a.number(0, "self"), a.variable(1, "exponent"));
    }
    return switch (a.value(1, "exponent")) {
      case Long n -> F.pow(x(a), n);
      case Double d -> F.pow(x(a), d);
      default -> F.pow(x(a), a.variable(1, "exponent"));
    };
  }

  private static Variable clamp(Arguments a) {
    if (a.value(1, "min") instanceof Variable least) {
      return F.clamp(x(a), least, a.variable(2, "max"));
    }
    if (a.value(1, "min") instanceof Long least && a.value(2, "max") instanceof Long most) {
      return F.clamp(x(a), least, most);
    }
    if (!a.has(1, "min")) {
      return F.clampMax(x(a), a.number(2, "max"));
    }
    double least = a.number(1, "min");
    return a.has(2, "max") ? F.clamp(x(a), least, a.number(2, "max")) : F.clampMin(x(a), least);
  }

  private static Variable lerp(Arguments a) {
    return a.isNumber(2, "weight")
        ? F.lerp(x(a), y(a), a.number(2, "weight"))
        : F.lerp(x(a), y(a), a.variable(2, "weight"));
  }

  private static Variable isClose(Arguments a) {
    boolean equalNaN = a.flag(4, "equal_nan", false);
    return F.isClose(x(a), y(a), a.number(2, "rtol", 1e-5), a.number(3, "atol", 1e-8), equalNaN);
  }

  private static Variable maskedFill(Arguments a) {
    return a.isNumber(2, "value")
        ? F.maskedFill(x(a), y(a), a.number(2, "value"))
        : F.maskedFill(x(a), y(a), a.variable(2, "value"));
  }

  private static Variable nanToNum(Arguments a) {
    return a.has(1, "nan")
        ? F.nanToNum(x(a), a.number(1, "nan"), a.number(2, "posinf"), a.number(3, "neginf"))
        : F.nanToNum(x(a));
  }

  private static Variable round(Arguments a) {
    return a.has(1, "decimals") ? F.round(x(a), a.integer(1, "decimals")) : F.round(x(a));
  }

  private static Variable gelu(Arguments a) {
    return a.text(1, "approximate", "none").equals("tanh") ? F.geluTanh(x(a)) : F.gelu(x(a));
  }
}
