package org.wengert.golden;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts Python source into tokens. Lines inside brackets join; a `;` ends a statement as a line
/// does.
final class Lexer {
  private static final Pattern WORD =
      Pattern.compile(
          "(?<number>(?:\\d+\\.\\d*|\\.\\d+|\\d+)(?:[eE][+-]?\\d+)?)"
              + "|(?<name>[A-Za-z_]\\w*)"
              + "|(?<text>'[^']*'|\"[^\"]*\")"
              + "|(?<sign>\\.\\.\\.|\\*\\*|//|<<|>>|<=|>=|==|!=|[-+*/%@&|^~<>=()\\[\\],.:;])");

  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int brackets;

  private Lexer() {}

  /// The tokens of a program; the last is `END`.
  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer();
    source.lines().filter(line -> !line.isBlank()).forEach(lexer::line);
    lexer.indent(0);
    lexer.add(Token.Kind.END, "");
    return lexer.tokens;
  }

  private void line(String line) {
    int start = line.length() - line.stripLeading().length();
    if (brackets == 0) {
      indent(start);
    }
    Matcher word = WORD.matcher(line);
    int at = start;
    while (at < line.length()) {
      if (line.charAt(at) == ' ') {
        at++;
      } else if (word.find(at) && word.start() == at) {
        word(word);
        at = word.end();
      } else {
        throw new IllegalArgumentException("no Python word at column " + at + " of: " + line);
      }
    }
    if (brackets == 0) {
      add(Token.Kind.NEWLINE, "");
    }
  }

  private void word(Matcher word) {
    String text = word.group();
    if (word.group("number") != null) {
      add(Token.Kind.NUMBER, text);
    } else if (word.group("name") != null) {
      add(Token.Kind.NAME, text);
    } else if (word.group("text") != null) {
      add(Token.Kind.TEXT, text.substring(1, text.length() - 1));
    } else if (text.equals(";")) {
      add(Token.Kind.NEWLINE, "");
    } else {
      brackets += "([".contains(text) ? 1 : ")]".contains(text) ? -1 : 0;
      add(Token.Kind.SIGN, text);
    }
  }

  private void indent(int depth) {
    if (depth > indents.element()) {
      indents.push(depth);
      add(Token.Kind.INDENT, "");
    }
    while (depth < indents.element()) {
      indents.pop();
      add(Token.Kind.DEDENT, "");
    }
  }

  private void add(Token.Kind kind, String text) {
    tokens.add(new Token(kind, text));
  }
}
