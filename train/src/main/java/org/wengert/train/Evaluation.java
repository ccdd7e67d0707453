package org.wengert.train;

import java.util.SequencedMap;

/// What samples from which a model did not learn say of it.
///
/// @param loss the mean over all samples
/// @param metrics by name, in the order in which they were given
public record Evaluation(double loss, SequencedMap<String, Double> metrics) {}
