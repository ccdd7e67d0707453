package org.wengert;

/// Eigenvalues and eigenvectors of a symmetric matrix: what [F#eigh] returns.
///
/// @param values ascending, one axis less than the matrix
/// @param vectors the eigenvectors as columns, in the order of the values
public record Eigh(Variable values, Variable vectors) {}
