package org.wengert;

/// How a recurrent network goes through a sequence.
///
/// @param bidirectional whether each layer also goes backwards, with weights of its own
/// @param batchFirst whether sequences are `(samples, steps, features)` rather than `(steps,
///     samples, features)`
public record RecurrentOptions(boolean bidirectional, boolean batchFirst) {
  /// Forwards only, steps first.
  public static RecurrentOptions defaults() {
    return new RecurrentOptions(false, false);
  }

  /// These options, with or without a way back.
  public RecurrentOptions bidirectional(boolean bidirectional) {
    return new RecurrentOptions(bidirectional, batchFirst);
  }

  /// These options, with samples or steps first.
  public RecurrentOptions batchFirst(boolean batchFirst) {
    return new RecurrentOptions(bidirectional, batchFirst);
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }
}
