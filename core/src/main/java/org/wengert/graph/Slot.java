package org.wengert.graph;

/// A place in a column of a [Box]: something shown there, or a line that passes.
///
/// @param kind what is there
/// @param id of the vertex or box that is shown, or from which the line comes
record Slot(Kind kind, int id) {
  /// What is in a place.
  enum Kind {
    /// A vertex.
    VERTEX("v"),
    /// Another box.
    BOX("b"),
    /// The lines from a vertex in an earlier column to later ones.
    FROM_VERTEX("f"),
    /// The lines from a box in an earlier column to later ones.
    FROM_BOX("g"),
    /// The lines from a vertex outside.
    FROM_OUTSIDE("o");

    final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  static Slot vertex(int id) {
    return new Slot(Kind.VERTEX, id);
  }

  static Slot box(Box box) {
    return new Slot(Kind.BOX, box.id);
  }

  /// The slot for lines that come from what is here.
  Slot passage() {
    return new Slot(kind == Kind.VERTEX ? Kind.FROM_VERTEX : Kind.FROM_BOX, id);
  }

  boolean isPassage() {
    return kind != Kind.VERTEX && kind != Kind.BOX;
  }

  /// The kind's sign and the id: `v12`.
  @Override
  public String toString() {
    return kind.sign + id;
  }
}
