package org.wengert.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the Python subset of the golden cases by recursive descent, one method for each level of
/// precedence.
final class Parser {
  /// Signs between two operands, weakest first. Signs of one level group from the left.
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("<", "<=", ">", ">=", "==", "!="),
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "//", "%", "@"));

  private final List<Token> tokens;
  private int at;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /// The statements of a program.
  static List<Statement> parse(String source) {
    Parser parser = new Parser(Lexer.tokens(source));
    List<Statement> program = new ArrayList<>();
    while (parser.peek().kind() != Token.Kind.END) {
      parser.statement(program);
    }
    return program;
  }

  private void statement(List<Statement> into) {
    if (accept("for")) {
      String name = name();
      expect("in");
      Expression values = sequence();
      into.add(new Statement.For(name, values, block()));
    } else if (accept("if")) {
      Expression condition = expression();
      List<Statement> yes = block();
      into.add(new Statement.If(condition, yes, accept("else") ? block() : List.of()));
    } else {
      into.add(simple());
      while (peek().kind() == Token.Kind.NEWLINE) {
        at++;
      }
    }
  }

  private List<Statement> block() {
    expect(":");
    List<Statement> body = new ArrayList<>();
    if (peek().kind() != Token.Kind.NEWLINE) {
      statement(body);
      return body;
    }
    at++;
    take(Token.Kind.INDENT);
    while (peek().kind() != Token.Kind.DEDENT) {
      statement(body);
    }
    at++;
    return body;
  }

  private Statement simple() {
    if (accept("return")) {
      return new Statement.Return(sequence());
    }
    Expression first = sequence();
    if (accept(":")) {
      expression();
    }
    return accept("=")
        ? new Statement.Assign(targets(first), sequence())
        : new Statement.Evaluate(first);
  }

  private static List<String> targets(Expression left) {
    return switch (left) {
      case Expression.Name one -> List.of(one.name());
      case Expression.Sequence several ->
          several.items().stream().flatMap(item -> targets(item).stream()).toList();
      default -> throw new IllegalArgumentException("cannot assign to " + left);
    };
  }

  /// One expression, or several with commas between them.
  private Expression sequence() {
    Expression first = expression();
    if (!peek().is(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (accept(",")) {
      if (startsExpression()) {
        items.add(expression());
      }
    }
    return new Expression.Sequence(items);
  }

  private boolean startsExpression() {
    return switch (peek().kind()) {
      case NAME, NUMBER, TEXT -> true;
      case SIGN -> List.of("(", "[", "-", "+", "~").contains(peek().text());
      default -> false;
    };
  }

  private Expression expression() {
    Expression yes = level(0);
    if (!accept("if")) {
      return yes;
    }
    Expression condition = level(0);
    expect("else");
    return new Expression.Conditional(condition, yes, expression());
  }

  private Expression level(int level) {
    if (level == LEVELS.size()) {
      return signed();
    }
    Expression a = level(level + 1);
    while (LEVELS.get(level).stream().anyMatch(peek()::is)) {
      String sign = tokens.get(at++).text();
      a = new Expression.Binary(sign, a, level(level + 1));
    }
    return a;
  }

  private Expression signed() {
    for (String sign : List.of("-", "+", "~")) {
      if (accept(sign)) {
        return new Expression.Unary(sign, signed());
      }
    }
    Expression base = postfix();
    return accept("**") ? new Expression.Binary("**", base, signed()) : base;
  }

  private Expression postfix() {
    Expression x = atom();
    while (true) {
      if (accept(".")) {
        x = new Expression.Attribute(x, name());
      } else if (accept("(")) {
        x = call(x);
      } else if (accept("[")) {
        x = new Expression.Subscript(x, index());
      } else {
        return x;
      }
    }
  }

  private Expression call(Expression callee) {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!accept(")")) {
      if (peek().kind() == Token.Kind.NAME && tokens.get(at + 1).is("=")) {
        String name = name();
        expect("=");
        named.put(name, expression());
      } else {
        positional.add(expression());
      }
      if (!peek().is(")")) {
        expect(",");
      }
    }
    return new Expression.Call(callee, positional, named);
  }

  private Expression index() {
    List<Expression> items = new ArrayList<>();
    boolean several = false;
    while (!accept("]")) {
      items.add(range());
      if (!peek().is("]")) {
        expect(",");
        several = true;
      }
    }
    return several ? new Expression.Sequence(items) : items.getFirst();
  }

  private Expression range() {
    Expression from = bound();
    if (!accept(":")) {
      return from;
    }
    Expression to = bound();
    return new Expression.Range(from, to, accept(":") ? bound() : null);
  }

  private @Nullable Expression bound() {
    return startsExpression() || peek().is("...") ? expression() : null;
  }

  private Expression atom() {
    Token token = tokens.get(at++);
    return switch (token.kind()) {
      case NUMBER -> new Expression.Literal(number(token.text()));
      case TEXT -> new Expression.Literal(token.text());
      case NAME -> word(token.text());
      case SIGN -> bracket(token);
      default -> throw new IllegalArgumentException("unexpected " + token);
    };
  }

  private Expression bracket(Token token) {
    if (token.is("...")) {
      return new Expression.Literal(Ellipsis.ELLIPSIS);
    }
    if (token.is("[")) {
      return list();
    }
    if (token.is("(")) {
      Expression inside = sequence();
      expect(")");
      return inside;
    }
    throw new IllegalArgumentException("unexpected " + token);
  }

  private Expression list() {
    List<Expression> items = new ArrayList<>();
    while (!accept("]")) {
      items.add(expression());
      if (!peek().is("]")) {
        expect(",");
      }
    }
    return new Expression.Sequence(items);
  }

  private static Expression word(String word) {
    return switch (word) {
      case "True" -> new Expression.Literal(Boolean.TRUE);
      case "False" -> new Expression.Literal(Boolean.FALSE);
      case "None" -> new Expression.Literal(null);
      default -> new Expression.Name(word);
    };
  }

  private static Object number(String text) {
    if (text.chars().allMatch(Character::isDigit)) {
      return Long.valueOf(text);
    }
    return Double.valueOf(text);
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(String sign) {
    boolean there = peek().is(sign);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String sign) {
    if (!accept(sign)) {
      throw new IllegalArgumentException("expected " + sign + " but found " + peek());
    }
  }

  private String name() {
    return take(Token.Kind.NAME).text();
  }

  private Token take(Token.Kind kind) {
    Token token = tokens.get(at++);
    if (token.kind() != kind) {
      throw new IllegalArgumentException("expected a " + kind + " but found " + token);
    }
    return token;
  }
}
