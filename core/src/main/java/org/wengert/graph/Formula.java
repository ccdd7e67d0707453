package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A formula as a student writes it, such as `out_o1 · (1 - out_o1)`: text in which names can be
/// replaced by other formulas or by numbers, with parentheses where they are needed.
///
/// Names are taken as they are, whatever characters they have. Immutable.
public final class Formula {
  private final List<Token> tokens;

  /// What a formula consists of.
  enum Kind {
    NAME,
    NUMBER,
    SYMBOL,
    SPACE
  }

  /// One word of a formula.
  record Token(Kind kind, String text) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  private Formula(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /// The formula in this text, where letters and the digits behind them are names.
  public static Formula of(String text) {
    return new Formula(tokens(text));
  }

  /// The formula that is one name, of any characters.
  public static Formula name(String name) {
    return new Formula(List.of(new Token(Kind.NAME, name)));
  }

  /// The formula that is one number.
  public static Formula number(double number) {
    return numeral(Numbers.brief(number));
  }

  /// The product of several formulas.
  public static Formula product(List<Formula> factors) {
    List<Token> all = new ArrayList<>();
    for (Formula factor : factors) {
      if (!all.isEmpty()) {
        all.addAll(tokens(" · "));
      }
      boolean isFirst = all.isEmpty() && !factor.tokens.isEmpty() && factor.tokens.get(0).is("-");
      boolean isFree = factors.size() == 1 || (isFirst ? factor.from(1) : factor).isFactor();
      all.addAll(isFree ? factor.tokens : enclosed(factor.tokens));
    }
    return new Formula(all);
  }

  /// A number as it is written here.
  static Formula numeral(String number) {
    return number.startsWith("-") || number.startsWith("+")
        ? new Formula(
            List.of(
                new Token(Kind.SYMBOL, number.substring(0, 1)),
                new Token(Kind.NUMBER, number.substring(1))))
        : new Formula(List.of(new Token(Kind.NUMBER, number)));
  }

  /// This formula without its first tokens.
  Formula from(int start) {
    return new Formula(tokens.subList(start, tokens.size()));
  }

  /// This formula in parentheses.
  Formula enclosed() {
    return new Formula(enclosed(tokens));
  }

  /// This formula with a number in front.
  Formula times(double number) {
    List<Token> all = new ArrayList<>();
    if (number == -1) {
      all.add(new Token(Kind.SYMBOL, "-"));
    } else {
      all.addAll(number(number).tokens);
      all.add(new Token(Kind.SPACE, " "));
    }
    all.addAll(tokens);
    return new Formula(all);
  }

  /// A function of some formulas.
  static Formula call(Formula function, List<Formula> operands) {
    List<Token> all = new ArrayList<>(function.tokens);
    all.addAll(tokens("("));
    for (int i = 0; i < operands.size(); i++) {
      all.addAll(i == 0 ? List.of() : tokens(", "));
      all.addAll(operands.get(i).tokens);
    }
    all.addAll(tokens(")"));
    return new Formula(all);
  }

  List<Token> tokens() {
    return tokens;
  }

  /// This formula with other formulas in the place of some names.
  public Formula with(Map<String, Formula> replacements) {
    List<Token> replaced = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Formula by = tokens.get(i).kind == Kind.NAME ? replacements.get(tokens.get(i).text) : null;
      if (by == null || isFunction(i)) {
        replaced.add(tokens.get(i));
      } else {
        boolean isFree = by.isAtom() || isAlone(i) || by.isRoot() && !isRaised(i);
        replaced.addAll(isFree ? by.tokens : enclosed(by.tokens));
      }
    }
    return new Formula(replaced);
  }

  /// Whether the name at `i` is that of a function: a parenthesis follows at once.
  private boolean isFunction(int i) {
    return i + 1 < tokens.size() && tokens.get(i + 1).is("(");
  }

  /// Whether what stands at `i` needs no parentheses of its own.
  private boolean isAlone(int i) {
    Token before = i == 0 ? null : tokens.get(i - 1);
    Token after = i + 1 == tokens.size() ? null : tokens.get(i + 1);
    boolean opens = before == null || before.is("(") || isPastComma(i);
    return opens && (after == null || after.is(")") || after.is(","));
  }

  private boolean isPastComma(int i) {
    return i >= 2 && tokens.get(i - 1).kind == Kind.SPACE && tokens.get(i - 2).is(",");
  }

  /// A single name or number, or a function of something.
  private boolean isAtom() {
    if (tokens.size() == 1) {
      boolean isPower =
          tokens.getFirst().kind == Kind.NUMBER && tokens.getFirst().text.contains("e");
      return !isPower;
    }
    return tokens.getFirst().kind == Kind.NAME && isFunction(0) && closing(1) == tokens.size() - 1;
  }

  /// The root of a single name or number.
  private boolean isRoot() {
    return tokens.size() == 2 && tokens.getFirst().is("√") && tokens.getLast().kind != Kind.SYMBOL;
  }

  /// Whether what stands at `i` has a power or another mark behind it.
  private boolean isRaised(int i) {
    return i + 1 < tokens.size()
        && tokens.get(i + 1).kind == Kind.SYMBOL
        && "·,)+-/".indexOf(tokens.get(i + 1).text) < 0;
  }

  /// Whether it can stand in a product as it is: no sum, and no sign in front.
  boolean isFactor() {
    int depth = 0;
    for (Token token : tokens) {
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth == 0 && (token.is("+") || token.is("-") || token.is(",") || token.is("/"))) {
        return false;
      }
    }
    return true;
  }

  /// Where the parenthesis at `i` is closed.
  int closing(int i) {
    int depth = 0;
    for (int at = i; at < tokens.size(); at++) {
      depth += tokens.get(at).is("(") ? 1 : tokens.get(at).is(")") ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  private static List<Token> enclosed(List<Token> inner) {
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token(Kind.SYMBOL, "("));
    tokens.addAll(inner);
    tokens.add(new Token(Kind.SYMBOL, ")"));
    return tokens;
  }

  /// This formula without the last term, if that is one name.
  Formula withoutTerm(String name) {
    int last = tokens.size() - 1;
    boolean isTerm = last >= 4 && tokens.get(last).text.equals(name);
    return isTerm ? new Formula(tokens.subList(0, last - 3)) : this;
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      Kind kind = kind(text.codePointAt(at), null);
      int end = at + Character.charCount(text.codePointAt(at));
      while (end < text.length()
          && kind != Kind.SYMBOL
          && kind(text.codePointAt(end), kind) == kind) {
        end += Character.charCount(text.codePointAt(end));
      }
      tokens.add(new Token(kind, text.substring(at, end)));
      at = end;
    }
    return tokens;
  }

  /// What a character is, behind others of a kind: a digit behind letters belongs to the name.
  private static Kind kind(int c, @Nullable Kind before) {
    boolean inName = before == Kind.NAME;
    if (c == '.' && before == Kind.NUMBER || c >= '0' && c <= '9') {
      return inName ? Kind.NAME : Kind.NUMBER;
    }
    if (inName && (c == '_' || c == '\'' || c >= '₀' && c <= '₉')) {
      return Kind.NAME;
    }
    boolean isSign = c == 'ᵀ' || c == 'Σ' || c == 'ᵃ' || c == 'ᵇ';
    if (Character.isLetter(c) && !isSign) {
      return Kind.NAME;
    }
    return c == ' ' ? Kind.SPACE : Kind.SYMBOL;
  }

  /// The formula as text.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append(token.text));
    return text.toString();
  }

  /// The formula in LaTeX, for math mode. Every name is escaped.
  public String latex() {
    return Latex.of(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Formula formula && tokens.equals(formula.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }
}
