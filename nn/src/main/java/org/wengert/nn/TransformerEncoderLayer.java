package org.wengert.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.ShapeException;

/// Self-attention, then two linear layers at each step, each added to its input:
///
/// ```
/// y = norm1(x + attention(x)), z = norm2(y + feedforward(y))      norms behind, the default
/// y = x + attention(norm1(x)), z = y + feedforward(norm2(y))      norms first
/// feedforward(x) = linear2(dropout(activation(linear1(x))))
/// ```
///
/// with dropout behind attention and feedforward. Input and output are `(steps, samples, dModel)`,
/// or with samples first or without them, as in [MultiheadAttention]. With a causal mask it is a
/// layer of a language model.
///
/// The parameters are those of its parts, `self_attn`, `linear1`, `linear2`, `norm1` and `norm2`.
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: Vaswani et al., "Attention is all you need", 2017; norms first: Xiong et al., "On layer
/// normalization in the transformer architecture", 2020; `torch.nn.TransformerEncoderLayer`.
public final class TransformerEncoderLayer extends TransformerLayer {
  /// With PyTorch's defaults, initialised by the thread's generator.
  public TransformerEncoderLayer(int dModel, int heads) {
    this(dModel, heads, TransformerOptions.defaults(), Rng.current());
  }

  /// For `dModel` features, attention in so many heads.
  ///
  /// @throws OptionException if a number is below 1, or the features do not divide into heads
  public TransformerEncoderLayer(
      int dModel, int heads, TransformerOptions options, RandomGenerator random) {
    super(false, dModel, heads, options, random);
  }

  @Override
  Variable compute(Variable x) {
    return fed(attended(x, AttentionMasks.none()));
  }

  /// The output where the masks limit attention.
  ///
  /// @throws ShapeException if the input or a mask has another shape
  public Variable forward(Variable x, AttentionMasks masks) {
    return watched(List.of(x), xs -> fed(attended(xs.getFirst(), masks)));
  }
}
