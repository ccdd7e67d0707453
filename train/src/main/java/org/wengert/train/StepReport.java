package org.wengert.train;

/// What a step of the optimizer was like.
///
/// @param step its number, from 1, over all epochs
/// @param epoch the epoch, from 1
/// @param batch the number of its batch in the epoch, from 1
/// @param batches batches in an epoch
/// @param samples samples that it learned from
/// @param loss the loss before the step, a mean over these samples
/// @param learningRate the rate of the first group in this step
/// @param gradientNorm the Euclidean norm of all gradients before clipping; `NaN` if gradients are
///     not clipped
public record StepReport(
    long step,
    int epoch,
    int batch,
    int batches,
    int samples,
    double loss,
    double learningRate,
    double gradientNorm) {}
