package org.wengert.train.metric;

/// `exp` of the mean of `-log p`, where `p` is the probability of the right class: among how many
/// equally likely words a language model hesitates. Guessing among `C` has perplexity `C`.
///
/// ```
/// perplexity = exp(cross entropy)
/// ```
///
/// Outputs are logits with their classes in axis 1, as [org.wengert.nn.CrossEntropyLoss] has them:
/// `(N, C)` with targets `(N)`, or `(N, C, T)` with `(N, T)`. `NaN` of no targets that count. Holds
/// state; not thread-safe.
///
/// Source: Jelinek et al., Perplexity, a measure of the difficulty of speech recognition tasks
/// (1977).
public final class Perplexity extends LogLikelihood {
  /// Targets of -100 do not count, as in PyTorch's losses.
  public Perplexity() {
    this(-100);
  }

  /// Targets of `ignoreIndex`, such as the padding of sequences, do not count.
  public Perplexity(long ignoreIndex) {
    super("perplexity", ignoreIndex, false);
  }

  @Override
  public double value() {
    return StrictMath.exp(-mean());
  }
}
