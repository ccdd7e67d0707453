package org.wengert.nn;

import java.util.List;
import java.util.stream.Collectors;

/// What in a state dict did not match a module: returned by [Module#loadStateDict(java.util.Map,
/// boolean)], and the table in the error of the strict variant.
///
/// Immutable and safe to share.
///
/// @param entries one for each key that did not match: the module's in its order, then unexpected
///     ones
public record StateMismatch(List<Entry> entries) {
  /// The ways not to match.
  public enum Kind {
    /// The module has the key, the state dict does not.
    MISSING,
    /// The state dict has the key, the module does not.
    UNEXPECTED,
    /// Both have the key, with different shapes.
    SHAPE,
    /// Both have the key and the shape, with different types.
    TYPE,
    /// The key is another path of a shared part, for whose first path the state dict has other
    /// numbers.
    TIED
  }

  /// One key that did not match.
  ///
  /// @param kind in what way
  /// @param key the path in the module or the key in the state dict
  /// @param module shape and type in the module, `-` if it has no such key
  /// @param given shape and type in the state dict, `-` if it has no such key
  public record Entry(Kind kind, String key, String module, String given) {}

  /// A list of mismatches, which is copied.
  public StateMismatch {
    entries = List.copyOf(entries);
  }

  /// Whether everything matched.
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// The keys that did not match in one way.
  public List<String> keys(Kind kind) {
    return entries.stream().filter(e -> e.kind() == kind).map(Entry::key).toList();
  }

  /// The width of the column of the module's shapes.
  int moduleWidth() {
    return entries.stream().mapToInt(e -> e.module().length()).max().orElse(0);
  }

  /// An aligned table, one key a line.
  @Override
  public String toString() {
    int key = entries.stream().mapToInt(e -> e.key().length()).max().orElse(0);
    return entries.stream()
        .map(e -> padded(e.kind().name(), 10) + "  " + padded(e.key(), key) + "  " + both(e))
        .collect(Collectors.joining("\n"));
  }

  /// Both sides of an entry, aligned with the other entries.
  String both(Entry e) {
    return "module " + padded(e.module(), moduleWidth()) + "  given " + e.given();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
