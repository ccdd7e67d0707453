package org.wengert.backend;

import java.util.Locale;
import java.util.StringJoiner;
import org.wengert.backend.Expr.Kind;
import org.wengert.tensor.OptionException;

/// What kinds of operands a [Primitive] takes.
enum OperandKinds {
  /// None but its payload.
  NONE("nothing"),
  /// Numbers.
  REALS("numbers"),
  /// Numbers, or whole numbers.
  NUMBERS("numbers, or whole numbers, but no mixture"),
  /// Truths, or whole numbers.
  BITS("truths, or whole numbers, but no mixture"),
  /// A whole number.
  WHOLE("a whole number"),
  /// A truth.
  TRUTH("a truth"),
  /// A truth, which decides, and numbers.
  CHOICE("a truth and two numbers");

  private final String description;

  OperandKinds(String description) {
    this.description = description;
  }

  /// Refuses operands of other kinds.
  ///
  /// @throws OptionException if one has another kind
  void check(Primitive op, Expr... args) {
    for (int k = 0; k < args.length; k++) {
      if (!allows(args[k].kind(), k, args[0].kind())) {
        throw new OptionException(
                name(op) + " of " + kinds(args) + ": the operation takes " + description)
            .hint(
                "toBits() makes a whole number of a number and fromBits() a number of a whole one;"
                    + " ne(0) makes a truth of a number and select(1, 0) a number of a truth");
      }
    }
  }

  private boolean allows(Kind kind, int k, Kind first) {
    return switch (this) {
      case NONE -> true;
      case REALS -> kind == Kind.REAL;
      case NUMBERS -> kind != Kind.TRUTH && kind == first;
      case BITS -> kind != Kind.REAL && kind == first;
      case WHOLE -> kind == Kind.WHOLE;
      case TRUTH -> kind == Kind.TRUTH;
      case CHOICE -> kind == (k == 0 ? Kind.TRUTH : Kind.REAL);
    };
  }

  private static String name(Primitive op) {
    return op.name().toLowerCase(Locale.ROOT);
  }

  private static String kinds(Expr... args) {
    StringJoiner kinds = new StringJoiner(" and ");
    for (Expr arg : args) {
      kinds.add(describe(arg.kind()));
    }
    return kinds.toString();
  }

  /// The kind in words.
  static String describe(Kind kind) {
    return switch (kind) {
      case REAL -> "a number";
      case WHOLE -> "a whole number";
      case TRUTH -> "a truth";
    };
  }
}
