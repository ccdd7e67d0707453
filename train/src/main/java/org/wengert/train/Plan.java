package org.wengert.train;

import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Optimizer;

/// What is about to happen.
///
/// @param model who learns
/// @param optimizer what moves its parameters
/// @param epochs how many epochs there will be in all
/// @param batches batches in an epoch
/// @param step steps done before, by a training that goes on
/// @param before what was reported then, so that tables and curves begin at the beginning
public record Plan(
    Module model, Optimizer optimizer, int epochs, int batches, long step, History before) {}
