package org.wengert;

/// What an LSTM carries from one step to the next.
///
/// @param hidden `h`, which is also the output
/// @param cell `c`, the memory that gates protect
public record LstmState(Variable hidden, Variable cell) {}
