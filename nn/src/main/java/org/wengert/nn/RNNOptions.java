package org.wengert.nn;

import org.wengert.RecurrentOptions;
import org.wengert.tensor.OptionException;

/// The options of [RNN], [LSTM] and [GRU], PyTorch's by default.
///
/// ```java
/// new LSTM(64, 128, RNNOptions.defaults().layers(2).batchFirst(true));
/// ```
///
/// Immutable.
///
/// @param layers how many networks lie one above the other, each reading the outputs of the one
///     below; by default 1. PyTorch's `num_layers`
/// @param bias whether the cells have biases; by default they do
/// @param batchFirst whether sequences are `(samples, steps, features)`; by default they are
///     `(steps, samples, features)`. States always have the samples in the middle
/// @param dropout the probability with which, in training, an output of a layer is dropped on its
///     way to the next; by default 0. With one layer there is no such way
/// @param bidirectional whether each layer also goes backwards, with weights of its own; by default
///     not
public record RNNOptions(
    int layers, boolean bias, boolean batchFirst, double dropout, boolean bidirectional) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if there is no layer, or `dropout` is no probability
  public RNNOptions {
    if (layers < 1) {
      throw new OptionException("a recurrent network of " + layers + " layers")
          .hint("it has at least 1");
    }
    new Dropout(dropout); // refuses what is no probability
  }

  /// One layer with biases, steps first, no dropout, forwards only.
  public static RNNOptions defaults() {
    return new RNNOptions(1, true, false, 0, false);
  }

  /// These options with another number of layers.
  public RNNOptions layers(int layers) {
    return new RNNOptions(layers, bias, batchFirst, dropout, bidirectional);
  }

  /// These options with or without biases.
  public RNNOptions bias(boolean bias) {
    return new RNNOptions(layers, bias, batchFirst, dropout, bidirectional);
  }

  /// These options with samples or steps first.
  public RNNOptions batchFirst(boolean batchFirst) {
    return new RNNOptions(layers, bias, batchFirst, dropout, bidirectional);
  }

  /// These options with another probability of dropping between layers.
  public RNNOptions dropout(double dropout) {
    return new RNNOptions(layers, bias, batchFirst, dropout, bidirectional);
  }

  /// These options with or without a way back.
  public RNNOptions bidirectional(boolean bidirectional) {
    return new RNNOptions(layers, bias, batchFirst, dropout, bidirectional);
  }

  /// How many directions a layer has.
  int directions() {
    return bidirectional ? 2 : 1;
  }

  /// What core's functions need to know, for sequences with steps first.
  RecurrentOptions network() {
    return new RecurrentOptions(bidirectional, false);
  }

  /// What differs from the defaults.
  String settings() {
    return (layers == 1 ? "" : ", layers=" + layers)
        + (bias ? "" : ", bias=false")
        + (batchFirst ? ", batchFirst=true" : "")
        + (dropout == 0 ? "" : ", dropout=" + dropout)
        + (bidirectional ? ", bidirectional=true" : "");
  }
}
