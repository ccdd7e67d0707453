package org.wengert;

/// A QR decomposition `A = Q R`: what [F#qr] returns.
///
/// @param q orthonormal columns
/// @param r zero below the diagonal
public record Qr(Variable q, Variable r) {}
