package org.wengert.graph;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wengert.graph.Formula.Kind;
import org.wengert.graph.Formula.Token;

/// Sets formulas in LaTeX, with nothing but what plain `amsmath` has.
final class Latex {
  private static final List<String> FUNCTIONS =
      List.of("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min", "det");
  private static final String GREEK_LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ";
  private static final List<String> GREEK_NAMES =
      List.of(
          "alpha",
          "beta",
          "gamma",
          "delta",
          "varepsilon",
          "zeta",
          "eta",
          "theta",
          "iota",
          "kappa",
          "lambda",
          "mu",
          "nu",
          "xi",
          "pi",
          "rho",
          "sigma",
          "tau",
          "upsilon",
          "varphi",
          "chi",
          "psi",
          "omega",
          "Gamma",
          "Delta",
          "Theta",
          "Lambda",
          "Xi",
          "Pi",
          "sum",
          "Phi",
          "Psi",
          "Omega");
  private static final String SYMBOLS = "·∂√²³⁴⁻¹ᵀ≤≥∞½×⊗…Σ→≠±⁺";
  private static final List<String> SYMBOL_NAMES =
      List.of(
          "\\cdot ",
          "\\partial ",
          "\\sqrt",
          "^{2}",
          "^{3}",
          "^{4}",
          "{}^{-}",
          "^{1}",
          "^{\\top}",
          "\\le ",
          "\\ge ",
          "\\infty ",
          "\\tfrac{1}{2}",
          "\\times ",
          "\\otimes ",
          "\\dots ",
          "\\sum ",
          "\\to ",
          "\\ne ",
          "\\pm ",
          "^{+}");
  private static final String KNOWN = "∂·×≈≤≥…⊗√∞";
  private static final List<String> KNOWN_NAMES =
      List.of(
          "\\partial ",
          "\\cdot ",
          "\\times ",
          "\\approx ",
          "\\le ",
          "\\ge ",
          "\\ldots ",
          "\\otimes ",
          "\\surd ",
          "\\infty ");
  private static final String ACCENTS = "\u0302\u0303\u0304\u0307\u0308";
  private static final List<String> ACCENT_NAMES =
      List.of("\\hat", "\\tilde", "\\bar", "\\dot", "\\ddot");
  private static final Pattern ELEMENT = Pattern.compile("(.+)(\\[\\d+(?:, \\d+)*])");
  private static final Pattern LAYER = Pattern.compile("(\\p{L}+)\\^\\((\\w+)\\)");
  private static final Pattern INDEXED =
      Pattern.compile("(\\p{L}+)(?:_(\\p{Alnum}+)|(\\d+)|([₀-₉]+))");

  private final Formula formula;
  private final StringBuilder text = new StringBuilder();

  private Latex(Formula formula) {
    this.formula = formula;
  }

  static String of(Formula formula) {
    Latex latex = new Latex(formula);
    List<Token> tokens = formula.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      i = latex.append(i, tokens.get(i));
    }
    return latex.text.toString();
  }

  /// Appends the token at `i` and gives the position of the last one that was used up.
  private int append(int i, Token token) {
    List<Token> tokens = formula.tokens();
    boolean opens = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
    if (token.is("√") || token.is("^")) {
      return grouped(i, token.is("√") ? "\\sqrt" : "^");
    }
    if (token.is("⁻") && i + 1 < tokens.size()) {
      text.append(tokens.get(i + 1).is("ᵀ") ? "^{-\\top}" : "^{-1}");
      return i + 1;
    }
    switch (token.kind()) {
      case NAME -> text.append(opens ? function(token.text()) : name(token.text()));
      case NUMBER -> text.append(number(token.text()));
      case SYMBOL -> text.append(symbol(token.text()));
      case SPACE -> text.append(isFactor(i - 1) && isFactor(i + 1) ? "\\, " : " ");
    }
    return i;
  }

  /// Appends a root or power of the next token, or of what is in the parentheses there.
  private int grouped(int i, String command) {
    List<Token> tokens = formula.tokens();
    int first = i + 1;
    boolean enclosed = first < tokens.size() && tokens.get(first).is("(");
    int last = enclosed ? formula.closing(first) : Math.min(first, tokens.size() - 1);
    if (last < first) {
      text.append(command).append("{}");
      return i;
    }
    text.append(command).append('{');
    int end = enclosed ? last - 1 : last;
    for (int at = enclosed ? first + 1 : first; at <= end; at++) {
      at = append(at, tokens.get(at));
    }
    text.append('}');
    return last;
  }

  private boolean isFactor(int i) {
    Kind kind =
        i < 0 || i >= formula.tokens().size() ? Kind.SYMBOL : formula.tokens().get(i).kind();
    return kind == Kind.NAME || kind == Kind.NUMBER;
  }

  static String number(String number) {
    int e = number.indexOf('e');
    return e < 0 ? number : number.substring(0, e) + "\\cdot 10^{" + number.substring(e + 1) + "}";
  }

  private static String symbol(String symbol) {
    int known = SYMBOLS.indexOf(symbol);
    return known >= 0 ? SYMBOL_NAMES.get(known) : escaped(symbol);
  }

  private static String function(String name) {
    if (name.endsWith("'")) {
      return function(name.substring(0, name.length() - 1)) + "'";
    }
    if (FUNCTIONS.contains(name)) {
      return "\\" + name;
    }
    return name.length() == 1 ? name(name) : "\\operatorname{" + escaped(name) + "}";
  }

  /// `net_o1` is `net` with an index, and so is `w5`; `w^(2)` has its layer above, and `w[0, 1]`
  /// the place of an element below.
  static String name(String name) {
    Matcher element = ELEMENT.matcher(name);
    if (element.matches()) {
      return "{" + name(element.group(1)) + "}_{" + element.group(2) + "}";
    }
    Matcher power = LAYER.matcher(name);
    if (power.matches()) {
      return "{" + letters(power.group(1)) + "^{(" + escaped(power.group(2)) + ")}}";
    }
    Matcher matcher = INDEXED.matcher(name);
    if (matcher.matches()) {
      String digits = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
      String index = matcher.group(2) == null ? digits(digits) : matcher.group(2);
      String set = index.length() == 1 ? index : "\\mathit{" + index + "}";
      return letters(matcher.group(1)) + "_{" + set + "}";
    }
    return numbered(name);
  }

  /// What several values are called, with the number of one of them, or with a prime.
  private static String numbered(String name) {
    if (name.length() > 1 && name.endsWith("′")) {
      return "{" + name(name.substring(0, name.length() - 1)) + "}'";
    }
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) >= '₀' && name.charAt(end - 1) <= '₉') {
      end--;
    }
    return end == 0 || end == name.length()
        ? letters(name)
        : "{" + name(name.substring(0, end)) + "}_{" + digits(name.substring(end)) + "}";
  }

  private static String digits(String digits) {
    StringBuilder text = new StringBuilder();
    digits
        .chars()
        .forEach(c -> text.append(c >= '₀' && c <= '₉' ? (char) (c - '₀' + '0') : (char) c));
    return text.toString();
  }

  private static String letters(String letters) {
    if (letters.length() == 1) {
      return letter(letters);
    }
    return letters.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))
        ? "\\mathit{" + letters + "}"
        : "\\text{" + escaped(letters) + "}";
  }

  /// `ŷ` is a `y` with a hat.
  private static String letter(String letter) {
    int greek = GREEK_LETTERS.indexOf(letter);
    if (greek >= 0) {
      return "\\" + GREEK_NAMES.get(greek) + " ";
    }
    String taken = Normalizer.normalize(letter, Normalizer.Form.NFD);
    int accent = taken.length() == 2 ? ACCENTS.indexOf(taken.charAt(1)) : -1;
    if (accent >= 0) {
      return ACCENT_NAMES.get(accent) + "{" + letter(taken.substring(0, 1)) + "}";
    }
    return letter.charAt(0) < 128 ? escaped(letter) : "\\text{" + escaped(letter) + "}";
  }

  /// The same with the characters that plain LaTeX lacks by their numbers.
  static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x80 || isLatin(c)) {
                plain.appendCodePoint(c);
              } else {
                int known = KNOWN.indexOf(c);
                plain.append(known < 0 ? other(c) : "\\ensuremath{" + KNOWN_NAMES.get(known) + "}");
              }
            });
    return plain.toString();
  }

  private static boolean isLatin(int c) {
    return c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7;
  }

  private static String other(int c) {
    return "\\text{U+" + String.format("%04X", c) + "}";
  }

  /// Text without any character that LaTeX could take for a command.
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> safe.append(escaped(c)));
    return safe.toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\\' -> "\\textbackslash{}";
      case '^' -> "\\textasciicircum{}";
      case '~' -> "\\textasciitilde{}";
      case '{', '}', '$', '&', '#', '%', '_' -> "\\" + Character.toString(c);
      default -> Character.isISOControl(c) ? " " : Character.toString(c);
    };
  }
}
