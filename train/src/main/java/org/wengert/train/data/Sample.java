package org.wengert.train.data;

import org.wengert.tensor.Tensor;

/// An input with its target: one sample, or a batch of them with one more axis in front.
///
/// @param input what goes in
/// @param target what should come out
public record Sample(Tensor input, Tensor target) implements Supervised {}
