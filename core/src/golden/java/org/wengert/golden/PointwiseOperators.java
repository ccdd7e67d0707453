package org.wengert.golden;

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
    table.put("add", a -> sum(a, a.number(2, "alpha", 1)));
    table.put("sub", a -> sum(a, -a.number(2, "alpha", 1)));
    table.put("mul", PointwiseOperators::product);
    table.put("div", PointwiseOperators::quotient);
    table.put("pow", PointwiseOperators::power);
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
    table.put("addcdiv", a -> F.addcdiv(x(a), second(a), third(a), a.number(3, "value", 1)));
    table.put("addcmul", a -> F.addcmul(x(a), second(a), third(a), a.number(3, "value", 1)));
    table.put("lerp", PointwiseOperators::lerp);
    table.put("clamp", PointwiseOperators::clamp);
  }

  private static void addComparisons(OperatorTable table) {
    binary(table, "eq", F::eq);
    binary(table, "ne", F::ne);
    binary(table, "lt", F::lt);
    binary(table, "le", F::le);
    binary(table, "gt", F::gt);
    binary(table, "ge", F::ge);
    binary(table, "bitwise_and", F::bitwiseAnd);
    binary(table, "bitwise_left_shift", F::bitwiseLeftShift);
    unary(table, "bitwise_not", F::bitwiseNot);
    binary(table, "bitwise_or", F::bitwiseOr);
    binary(table, "bitwise_right_shift", F::bitwiseRightShift);
    binary(table, "bitwise_xor", F::bitwiseXor);
    binary(table, "logical_and", F::logicalAnd);
    unary(table, "logical_not", F::logicalNot);
    binary(table, "logical_or", F::logicalOr);
    binary(table, "logical_xor", F::logicalXor);
    unary(table, "isfinite", F::isFinite);
    unary(table, "isinf", F::isInf);
    unary(table, "isnan", F::isNaN);
    unary(table, "signbit", F::signBit);
    table.put("isclose", PointwiseOperators::isClose);
    table.put("masked_fill", PointwiseOperators::maskedFill);
    table.put("where", PointwiseOperators::where);
  }

  private static void addFunctions(OperatorTable table) {
    addElementary(table);
    unary(table, "abs", F::abs);
    unary(table, "ceil", F::ceil);
    unary(table, "deg2rad", F::deg2rad);
    unary(table, "floor", F::floor);
    unary(table, "frac", F::frac);
    unary(table, "neg", F::neg);
    unary(table, "rad2deg", F::rad2deg);
    unary(table, "sign", F::sign);
    unary(table, "trunc", F::trunc);
    unary(table, "zeros_like", F::zerosLike);
    table.put("logit", a -> a.has(1, "eps") ? F.logit(x(a), a.number(1, "eps")) : F.logit(x(a)));
    table.put("nan_to_num", PointwiseOperators::nanToNum);
    table.put("polygamma", a -> F.polygamma(a.integer(0, "n"), a.variable(1, "self")));
    table.put("round", a -> F.round(x(a), a.integer(1, "decimals", 0)));
  }

  private static void addElementary(OperatorTable table) {
    unary(table, "acos", F::acos);
    unary(table, "acosh", F::acosh);
    unary(table, "asin", F::asin);
    unary(table, "asinh", F::asinh);
    unary(table, "atan", F::atan);
    unary(table, "atanh", F::atanh);
    unary(table, "cos", F::cos);
    unary(table, "cosh", F::cosh);
    unary(table, "digamma", F::digamma);
    unary(table, "erf", F::erf);
    unary(table, "erfc", F::erfc);
    unary(table, "erfinv", F::erfinv);
    unary(table, "exp", F::exp);
    unary(table, "exp2", F::exp2);
    unary(table, "expm1", F::expm1);
    unary(table, "lgamma", F::lgamma);
    unary(table, "log", F::log);
    unary(table, "log10", F::log10);
    unary(table, "log1p", F::log1p);
    unary(table, "log2", F::log2);
    unary(table, "reciprocal", F::reciprocal);
    unary(table, "rsqrt", F::rsqrt);
    unary(table, "sin", F::sin);
    unary(table, "sinc", F::sinc);
    unary(table, "sinh", F::sinh);
    unary(table, "sqrt", F::sqrt);
    unary(table, "square", F::square);
    unary(table, "tan", F::tan);
    unary(table, "tanh", F::tanh);
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
    table.put("hardtanh", PointwiseOperators::hardtanh);
    table.put("leaky_relu", a -> F.leakyRelu(x(a), a.number(1, "negative_slope", 0.01)));
    table.put("prelu", a -> F.prelu(x(a), a.variable(1, "weight")));
    table.put("softplus", PointwiseOperators::softplus);
    table.put("softshrink", a -> F.softshrink(x(a), a.number(1, "lambd", 0.5)));
    table.put("threshold", PointwiseOperators::threshold);
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

  private static Variable second(Arguments a) {
    return a.variable(1, "tensor1");
  }

  private static Variable third(Arguments a) {
    return a.variable(2, "tensor2");
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
      boolean floor = a.text(2, "rounding_mode", "").equals("floor");
      return F.div(left(a, 1), right(a), floor ? Rounding.FLOOR : Rounding.TRUNC);
    }
    return a.value(1, "other") instanceof Double d ? x(a).div(d) : left(a, 1).div(right(a));
  }

  private static Variable power(Arguments a) {
    if (a.isNumber(0, "self")) {
      return left(a, 1).pow(a.variable(1, "exponent"));
    }
    return switch (a.value(1, "exponent")) {
      case Long n -> F.pow(x(a), n);
      case Double d -> F.pow(x(a), d);
      default -> F.pow(x(a), a.variable(1, "exponent"));
    };
  }

  private static Variable lerp(Arguments a) {
    Variable end = a.variable(1, "end");
    return a.isNumber(2, "weight")
        ? F.lerp(x(a), end, a.number(2, "weight"))
        : F.lerp(x(a), end, a.variable(2, "weight"));
  }

  private static Variable clamp(Arguments a) {
    if (a.value(1, "min") instanceof Variable least) {
      return a.has(2, "max") ? F.clamp(x(a), least, a.variable(2, "max")) : F.clampMin(x(a), least);
    }
    if (a.value(2, "max") instanceof Variable most) {
      return F.clampMax(x(a), most);
    }
    if (a.value(1, "min") instanceof Long least && a.value(2, "max") instanceof Long most) {
      return F.clamp(x(a), least, most);
    }
    double least = a.number(1, "min", Double.NEGATIVE_INFINITY);
    return F.clamp(x(a), least, a.number(2, "max", Double.POSITIVE_INFINITY));
  }

  private static Variable isClose(Arguments a) {
    double relative = a.number(2, "rtol", 1e-5);
    double absolute = a.number(3, "atol", 1e-8);
    return F.isClose(x(a), right(a), relative, absolute, a.flag(4, "equal_nan", false));
  }

  private static Variable maskedFill(Arguments a) {
    Variable mask = a.variable(1, "mask");
    return a.value(2, "value") instanceof Variable value
        ? F.maskedFill(x(a), mask, value)
        : F.maskedFill(x(a), mask, a.number(2, "value"));
  }

  private static Variable where(Arguments a) {
    return F.where(a.variable(0, "condition"), a.variable(1, "self"), a.variable(2, "other"));
  }

  private static Variable nanToNum(Arguments a) {
    if (!a.has(2, "posinf") && !a.has(3, "neginf")) {
      return F.nanToNum(x(a));
    }
    return F.nanToNum(x(a), a.number(1, "nan", 0), a.number(2, "posinf"), a.number(3, "neginf"));
  }

  private static Variable gelu(Arguments a) {
    boolean exact = a.text(1, "approximate", "none").equals("none");
    return exact ? F.gelu(x(a)) : F.geluTanh(x(a));
  }

  private static Variable hardtanh(Arguments a) {
    return F.hardtanh(x(a), a.number(1, "min_val", -1), a.number(2, "max_val", 1));
  }

  private static Variable softplus(Arguments a) {
    return F.softplus(x(a), a.number(1, "beta", 1), a.number(2, "threshold", 20));
  }

  private static Variable threshold(Arguments a) {
    return F.threshold(x(a), a.number(1, "threshold"), a.number(2, "value"));
  }
}
