package org.wengert.golden;

/// A word of the Python subset in which the golden cases are written.
record Token(Kind kind, String text) {
  /// What a token is. A line's depth shows as `INDENT` and `DEDENT` around its block.
  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    SIGN,
    NEWLINE,
    INDENT,
    DEDENT,
    END
  }

  boolean is(String sign) {
    return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
  }
}
