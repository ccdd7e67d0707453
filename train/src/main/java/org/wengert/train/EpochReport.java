package org.wengert.train;

import java.util.SequencedMap;

/// What an epoch was like.
///
/// @param epoch its number, from 1
/// @param epochs how many epochs there will be in all
/// @param step steps done so far, over all epochs
/// @param loss the mean loss of its samples, each before the step that learned from it
/// @param metrics of the same outputs, by name, in the order in which they were asked for
/// @param validationLoss the mean loss of the validation samples after the epoch; `NaN` without any
/// @param validationMetrics of the validation samples; empty without any
/// @param learningRate the rate of the first group in its last step
/// @param seconds how long it took, validation included
public record EpochReport(
    int epoch,
    int epochs,
    long step,
    double loss,
    SequencedMap<String, Double> metrics,
    double validationLoss,
    SequencedMap<String, Double> validationMetrics,
    double learningRate,
    double seconds) {}
