package org.wengert;

/// What a recurrent network computes from a sequence.
///
/// @param <S> the state: a variable, or an [LstmState]
/// @param output the hidden state of the last layer after each step, those of both directions one
///     behind the other
/// @param last the state after the last step: of shape `(layers · directions, samples, hidden)`
public record Recurrent<S>(Variable output, S last) {}
