package org.wengert;

/// Chosen elements and the places along an axis where they were found. PyTorch's pair `values`,
/// `indices`.
///
/// @param values with gradients, which go to the chosen places
/// @param indices `INT64`, without a gradient
public record Indexed(Variable values, Variable indices) {}
