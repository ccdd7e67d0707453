package org.wengert.golden;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;

/// Python's signs: on variables they are torch operators, on numbers arithmetic.
final class Signs {
  private Signs() {}

  static @Nullable Object binary(
      OperatorTable operators, String sign, @Nullable Object a, @Nullable Object b) {
    if (a instanceof Variable || b instanceof Variable) {
      return operators.call(operator(sign), Arguments.of(a, b));
    }
    if (a instanceof Long m && b instanceof Long n && !sign.equals("/")) {
      return integers(sign, m, n);
    }
    return numbers(sign, toDouble(a), toDouble(b));
  }

  static @Nullable Object unary(OperatorTable operators, String sign, @Nullable Object x) {
    return switch (x) {
      case Variable v -> operators.call(sign.equals("~") ? "bitwise_not" : "neg", Arguments.of(v));
      case Long n when sign.equals("~") -> ~n;
      case Long n -> sign.equals("-") ? -n : n;
      case null, default -> sign.equals("-") ? -toDouble(x) : toDouble(x);
    };
  }

  private static String operator(String sign) {
    return switch (sign) {
      case "+" -> "add";
      case "-" -> "sub";
      case "*" -> "mul";
      case "/" -> "div";
      case "//" -> "floor_divide";
      case "%" -> "remainder";
      case "**" -> "pow";
      case "@" -> "matmul";
      case "&" -> "bitwise_and";
      case "|" -> "bitwise_or";
      case "^" -> "bitwise_xor";
      case "<<" -> "bitwise_left_shift";
      case ">>" -> "bitwise_right_shift";
      case "==" -> "eq";
      case "!=" -> "ne";
      case "<" -> "lt";
      case "<=" -> "le";
      case ">" -> "gt";
      case ">=" -> "ge";
      default -> throw new IllegalArgumentException("no sign " + sign);
    };
  }

  private static Object integers(String sign, long a, long b) {
    return switch (sign) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "//" -> Math.floorDiv(a, b);
      case "%" -> Math.floorMod(a, b);
      case "**" -> b >= 0 ? (Object) Math.round(Math.pow(a, b)) : (Object) Math.pow(a, b);
      case "&" -> a & b;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "<<" -> a << b;
      case ">>" -> a >> b;
      default -> numbers(sign, a, b);
    };
  }

  private static Object numbers(String sign, double a, double b) {
    return switch (sign) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      case "%" -> a - Math.floor(a / b) * b;
      case "**" -> Math.pow(a, b);
      case "==" -> a == b;
      case "!=" -> a != b;
      case "<" -> a < b;
      case "<=" -> a <= b;
      case ">" -> a > b;
      case ">=" -> a >= b;
      default -> throw new IllegalArgumentException(sign + " has no meaning between numbers");
    };
  }

  /// A number, or a text such as `inf` or `-nan`.
  static double toDouble(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> named(text);
      case Variable one -> one.item();
      case null, default -> throw new IllegalArgumentException("not a number: " + value);
    };
  }

  private static double named(String text) {
    double sign = text.startsWith("-") ? -1 : 1;
    String name = text.replaceFirst("^[-+]", "").toLowerCase(java.util.Locale.ROOT);
    if (List.of("inf", "infinity").contains(name)) {
      return sign * Double.POSITIVE_INFINITY;
    }
    return sign * (name.equals("nan") ? Double.NaN : Double.parseDouble(name));
  }
}
