package org.wengert.nn;

import java.util.Locale;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;

/// The options of [TransformerEncoderLayer] and [TransformerDecoderLayer], PyTorch's by default.
///
/// ```java
/// TransformerOptions.defaults().feedforward(512).normFirst(true).batchFirst(true)
/// ```
///
/// Immutable.
///
/// @param feedforward the width of the two layers that follow attention; by default 2048. PyTorch's
///     `dim_feedforward`
/// @param dropout the probability with which, in training, a number is dropped; by default 0.1
/// @param activation what is between those two layers; by default ReLU
/// @param layerNormEps what norms add to the variance; by default 1e-5
/// @param batchFirst whether inputs are `(samples, steps, features)`; by default they are `(steps,
///     samples, features)`
/// @param normFirst whether norms are in front of attention and layers, rather than behind their
///     sums with the input; by default not. In front, deep models train without a warm-up
/// @param bias whether there are biases; by default there are
public record TransformerOptions(
    int feedforward,
    double dropout,
    Activation activation,
    double layerNormEps,
    boolean batchFirst,
    boolean normFirst,
    boolean bias) {
  /// What is between the two layers that follow attention.
  public enum Activation {
    /// `max(x, 0)`.
    RELU,
    /// `x Φ(x)`.
    GELU;

    Variable of(Variable x) {
      return this == RELU ? F.relu(x) : F.gelu(x);
    }
  }

  /// Checks the numbers.
  ///
  /// @throws OptionException if the width is below 1, `dropout` no probability, or the epsilon
  ///     negative
  public TransformerOptions {
    new Dropout(dropout); // refuses what is no probability
    if (feedforward < 1 || !(layerNormEps >= 0)) {
      throw new OptionException(
              "a transformer with feedforward " + feedforward + ", layerNormEps " + layerNormEps)
          .hint("the width is at least 1, the epsilon at least 0");
    }
  }

  /// As in PyTorch: width 2048, dropout 0.1, ReLU, steps first, norms behind.
  public static TransformerOptions defaults() {
    return new TransformerOptions(2048, 0.1, Activation.RELU, 1e-5, false, false, true);
  }

  /// These options with another width.
  public TransformerOptions feedforward(int feedforward) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// These options with another probability of dropping.
  public TransformerOptions dropout(double dropout) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// These options with another activation.
  public TransformerOptions activation(Activation activation) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// These options with another epsilon in the norms.
  public TransformerOptions layerNormEps(double layerNormEps) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// These options with samples or steps first.
  public TransformerOptions batchFirst(boolean batchFirst) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// These options with norms in front or behind.
  public TransformerOptions normFirst(boolean normFirst) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// These options with or without biases.
  public TransformerOptions bias(boolean bias) {
    return new TransformerOptions(
        feedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias);
  }

  /// The attention of a layer with these options.
  AttentionOptions attention() {
    return AttentionOptions.defaults().dropout(dropout).bias(bias).batchFirst(batchFirst);
  }

  /// A norm of a layer with these options.
  LayerNorm norm(int features) {
    return new LayerNorm(Shape.of(features), layerNormEps, true, bias);
  }

  /// What the layers' parts do not show.
  String settings() {
    String name = activation.name().toLowerCase(Locale.ROOT);
    return "activation=" + name + ", normFirst=" + normFirst;
  }
}
