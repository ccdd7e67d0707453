package org.wengert;

/// A determinant as `sign · exp(logAbsDet)`: what [F#slogDet] returns.
///
/// @param sign -1, 0 or 1, without a gradient
/// @param logAbsDet `log |det A|`, `-∞` for a singular matrix
public record SlogDet(Variable sign, Variable logAbsDet) {}
