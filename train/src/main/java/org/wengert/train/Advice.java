package org.wengert.train;

/// Something that a [Coach] has to say.
///
/// @param topic what it is about
/// @param subject the layer or parameter that is meant, or an empty string
/// @param text what to do, and the numbers that say so, in a line
public record Advice(Topic topic, String subject, String text) {
  /// What an advice may be about.
  public enum Topic {
    /// The loss goes up and down, or up: the learning rate is too high.
    OSCILLATES,
    /// The loss falls steadily, but little: the learning rate is too low.
    SLOW,
    /// The validation loss has stopped falling: it is time to lower the learning rate.
    STALLED,
    /// The validation loss rises while the training loss falls.
    OVERFITS,
    /// The inputs are far from mean 0 and deviation 1.
    SCALING,
    /// Units whose output is always 0 learn nothing more.
    DEAD_RELUS,
    /// A parameter does not learn.
    NO_GRADIENT
  }
}
