package org.wengert;

/// A singular value decomposition `A = U diag(S) Vᵀ`: what [F#svd] returns.
///
/// @param u left singular vectors as columns
/// @param s singular values, descending
/// @param vT right singular vectors as rows, as PyTorch's `Vh`
public record Svd(Variable u, Variable s, Variable vT) {}
