package org.wengert.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.ShapeException;

/// A [TransformerEncoderLayer] with attention to a second sequence, the memory, in the middle:
///
/// ```
/// y = norm1(x + attention(x)), z = norm2(y + attention(y, memory)), norm3(z + feedforward(z))
/// ```
///
/// or with the norms first. `x` is `(steps, samples, dModel)`, the memory `(memorySteps, samples,
/// dModel)`; a decoder of text wants a causal mask for `x`.
///
/// The parameters are those of its parts, `self_attn`, `multihead_attn`, `linear1`, `linear2`,
/// `norm1` to `norm3`. Inputs and weights have one type. Holds state, its parameters; several
/// threads may call `forward` at once while nobody changes them.
///
/// Source: Vaswani et al., "Attention is all you need", 2017; `torch.nn.TransformerDecoderLayer`.
public final class TransformerDecoderLayer extends TransformerLayer {
  /// With PyTorch's defaults, initialised by the thread's generator.
  public TransformerDecoderLayer(int dModel, int heads) {
    this(dModel, heads, TransformerOptions.defaults(), Rng.current());
  }

  /// For `dModel` features, attention in so many heads.
  ///
  /// @throws OptionException if a number is below 1, or the features do not divide into heads
  public TransformerDecoderLayer(
      int dModel, int heads, TransformerOptions options, RandomGenerator random) {
    super(true, dModel, heads, options, random);
  }

  /// Refuses one input alone.
  @Override
  Variable compute(Variable x) {
    throw PairLayer.oneInput(this, "forward(x, memory)");
  }

  /// The output, without masks.
  ///
  /// @throws ShapeException if an input has another shape
  public Variable forward(Variable x, Variable memory) {
    return forward(x, memory, AttentionMasks.none(), AttentionMasks.none());
  }

  /// The output where masks limit attention.
  ///
  /// @param masks for what `x` attends to in `x`
  /// @param memoryMasks for what `x` attends to in the memory
  /// @throws ShapeException if an input or a mask has another shape
  public Variable forward(
      Variable x, Variable memory, AttentionMasks masks, AttentionMasks memoryMasks) {
    return watched(
        List.of(x, memory),
        xs -> fed(attended(attended(xs.get(0), masks), xs.get(1), memoryMasks)));
  }
}
