package org.wengert;

/// A scope with nothing but a name.
record NamedScope(String name) implements Scope {
  @Override
  public String scopePath() {
    return name;
  }

  @Override
  public String scopeKind() {
    return "";
  }
}
