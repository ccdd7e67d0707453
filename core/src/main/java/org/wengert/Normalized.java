package org.wengert;

import org.wengert.tensor.Tensor;

/// What a norm with running statistics gives in training. Immutable: who keeps the statistics
/// stores the new ones in the place of the old.
///
/// @param y the normalized operand
/// @param runningMean the running mean with this batch, one number for each channel
/// @param runningVar the running variance with this batch, unbiased
public record Normalized(Variable y, Tensor runningMean, Tensor runningVar) {}
