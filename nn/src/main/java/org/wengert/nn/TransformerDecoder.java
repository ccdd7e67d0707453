package org.wengert.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;

/// Decoder layers one above the other, and a norm at the end, if there is one. All layers attend to
/// the same memory; what [TransformerEncoder] says of copies and names holds here, too.
///
/// Holds state, the parameters of its layers; several threads may call `forward` at once while
/// nobody changes them.
///
/// Source: `torch.nn.TransformerDecoder`.
public final class TransformerDecoder extends PairLayer {
  private final List<TransformerDecoderLayer> layers;
  private final @Nullable Layer norm;

  /// So many copies of a layer, without a norm at the end.
  public TransformerDecoder(TransformerDecoderLayer layer, int layers) {
    this(layer, layers, null);
  }

  /// So many copies of a layer.
  ///
  /// @param norm what the last layer's output goes through; null means nothing
  /// @throws OptionException if there is no layer
  public TransformerDecoder(TransformerDecoderLayer layer, int layers, @Nullable Layer norm) {
    this.layers = TransformerEncoder.copies(layer, layers);
    this.norm = norm;
  }

  /// The output for `x` and a memory, without masks.
  @Override
  Variable compute(Variable x, Variable memory) {
    return compute(x, memory, AttentionMasks.none(), AttentionMasks.none());
  }

  /// The output where masks, the same in all layers, limit attention.
  ///
  /// @param masks for what `x` attends to in `x`
  /// @param memoryMasks for what `x` attends to in the memory
  /// @throws ShapeException if an input or a mask has another shape
  public Variable forward(
      Variable x, Variable memory, AttentionMasks masks, AttentionMasks memoryMasks) {
    return watched(List.of(x, memory), xs -> compute(xs.get(0), xs.get(1), masks, memoryMasks));
  }

  private Variable compute(
      Variable x, Variable memory, AttentionMasks masks, AttentionMasks memoryMasks) {
    Variable y = x;
    for (TransformerDecoderLayer layer : layers) {
      y = layer.forward(y, memory, masks, memoryMasks);
    }
    return norm == null ? y : norm.forward(y);
  }

  /// The layers, first to last.
  public List<TransformerDecoderLayer> layers() {
    return layers;
  }
}
