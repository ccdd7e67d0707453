package org.wengert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Computes what a formula says: sums, products, powers, roots, functions, and cases such as
/// `1 if x > 0, else 0` or definitions such as `t² + 1, t = tanh(x)`.
final class Written {
  private static final String OPERATORS = "+-·/)|,²³⁴^<>≤≥=≠";
  private static final Map<String, DoubleUnaryOperator> FUNCTIONS = functions();

  private final Map<String, Double> names;
  private final String text;
  private int at;

  private Written(String text, Map<String, Double> names) {
    this.text = text;
    this.names = names;
  }

  private static Map<String, DoubleUnaryOperator> functions() {
    Map<String, DoubleUnaryOperator> functions = new LinkedHashMap<>();
    for (Elementary row : Elementary.values()) {
      functions.put(row.label(), row::value);
    }
    functions.put("σ", Elementary.SIGMOID::value);
    functions.put("softplus", x -> StrictMath.log1p(StrictMath.exp(x)));
    functions.put("Φ", x -> 0.5 * (1 + Elementary.ERF.value(x / Math.sqrt(2))));
    functions.put("φ", x -> StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
    functions.put("ψ", Elementary.DIGAMMA::value);
    functions.put("ψ'", new Polygamma(1)::value);
    return functions;
  }

  /// The value of a formula where its names have these values.
  ///
  /// @throws IllegalArgumentException if it is no formula but prose
  static double value(String formula, Map<String, Double> names) {
    List<String> clauses = new ArrayList<>(clauses(formula));
    Map<String, Double> all = new LinkedHashMap<>(names);
    all.put("π", Math.PI);
    while (clauses.getLast().matches("[a-z] = .*")) {
      String definition = clauses.removeLast();
      all.put(definition.substring(0, 1), new Written(definition.substring(4), all).whole());
    }
    if (clauses.getLast().equals("0 at 0")) {
      clauses.removeLast();
    }
    for (String clause : clauses) {
      int condition = clause.indexOf(" if ");
      if (condition < 0) {
        boolean isLast = clause.equals(clauses.getLast());
        String rest = clause.startsWith("else ") ? clause.substring(5) : clause;
        if (!isLast || clauses.size() > 1 && rest.equals(clause)) {
          throw new IllegalArgumentException(formula);
        }
        return new Written(rest, all).whole();
      }
      if (new Written(clause.substring(condition + 4), all).holds()) {
        return new Written(clause.substring(0, condition), all).whole();
      }
    }
    throw new IllegalArgumentException(formula);
  }

  /// The parts between commas outside of parentheses.
  private static List<String> clauses(String formula) {
    List<String> clauses = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < formula.length(); i++) {
      char c = formula.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        clauses.add(formula.substring(start, i).strip());
        start = i + 1;
      }
    }
    clauses.add(formula.substring(start).strip());
    return clauses;
  }

  private double whole() {
    double value = sum();
    if (peek() != 0) {
      throw new IllegalArgumentException(text + " is prose from " + text.substring(at));
    }
    return value;
  }

  /// A chain of comparisons, or what is not a number.
  private boolean holds() {
    int or = text.indexOf(" or ");
    if (or >= 0) {
      String other = text.substring(or + 4);
      boolean isNaN = other.endsWith(" is NaN") && names.get(other.substring(0, 1)).isNaN();
      return isNaN || new Written(text.substring(0, or), names).holds();
    }
    int and = text.indexOf(" and ");
    if (and >= 0) {
      return new Written(text.substring(0, and), names).holds()
          && new Written(text.substring(and + 5), names).holds();
    }
    if (text.equals("x is finite")) {
      return Double.isFinite(names.get("x"));
    }
    double left = sum();
    boolean holds = true;
    if (peek() == 0) {
      throw new IllegalArgumentException(text);
    }
    while (peek() != 0) {
      char sign = take();
      double right = sum();
      holds &=
          switch (sign) {
            case '<' -> left < right;
            case '>' -> left > right;
            case '≤' -> left <= right;
            case '≥' -> left >= right;
            case '=' -> left == right;
            default -> throw new IllegalArgumentException(text);
          };
      left = right;
    }
    return holds;
  }

  private double sum() {
    double sum = product();
    while (peek() == '+' || peek() == '-') {
      sum += take() == '+' ? product() : -product();
    }
    return sum;
  }

  private double product() {
    double sign = 1;
    if (peek() == '-') {
      take();
      sign = -1;
    }
    double product = power();
    while (peek() == '·' || peek() == '/' || peek() != 0 && OPERATORS.indexOf(peek()) < 0) {
      char next = peek();
      if (next == '·' || next == '/') {
        take();
      }
      double factor = power();
      product = next == '/' ? product / factor : product * factor;
    }
    return sign * product;
  }

  private double power() {
    double base = atom();
    return switch (peek()) {
      case '²' -> raised(base, 2);
      case '³' -> raised(base, 3);
      case '⁴' -> raised(base, 4);
      case '^' -> {
        take();
        yield StrictMath.pow(base, atom());
      }
      default -> base;
    };
  }

  private double raised(double base, int exponent) {
    take();
    return StrictMath.pow(base, exponent);
  }

  private double atom() {
    char c = peek();
    if (c == '(' || c == '|') {
      take();
      double inner = sum();
      expect(c == '(' ? ')' : '|');
      return c == '(' ? inner : Math.abs(inner);
    }
    if (c == '√') {
      take();
      return Math.sqrt(atom());
    }
    if (c == '½' || c == '∞') {
      take();
      return c == '½' ? 0.5 : Double.POSITIVE_INFINITY;
    }
    if (c >= '0' && c <= '9') {
      return Double.parseDouble(word("0123456789."));
    }
    String name = word(null);
    return at < text.length() && text.charAt(at) == '(' ? call(name) : named(name);
  }

  private double named(String name) {
    Double value = names.get(name);
    if (value == null) {
      throw new IllegalArgumentException(text + " has the unknown name " + name);
    }
    return value;
  }

  private double call(String name) {
    expect('(');
    double first = sum();
    if (peek() == ',') {
      take();
      double second = sum();
      expect(')');
      return switch (name) {
        case "max" -> Math.max(first, second);
        case "min" -> Math.min(first, second);
        default -> throw new IllegalArgumentException(text);
      };
    }
    expect(')');
    DoubleUnaryOperator function = FUNCTIONS.get(name);
    if (function == null) {
      throw new IllegalArgumentException(text + " has the unknown function " + name);
    }
    return function.applyAsDouble(first);
  }

  /// Letters and what may follow them, or the given characters.
  private String word(@Nullable String characters) {
    peek();
    int start = at;
    while (at < text.length() && isIn(characters, text.charAt(at), at > start)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException(text + " is prose from " + text.substring(at));
    }
    return text.substring(start, at);
  }

  private static boolean isIn(@Nullable String characters, char c, boolean isInside) {
    if (characters != null) {
      return characters.indexOf(c) >= 0;
    }
    return Character.isLetter(c) || isInside && (c == '\'' || c >= '0' && c <= '9');
  }

  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char take() {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (take() != c) {
      throw new IllegalArgumentException(text + " lacks a " + c);
    }
  }
}
