package org.wengert.nn;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;

/// Encoder layers one above the other, and a norm at the end, if there is one.
///
/// The layers are copies of one, so all start with the same weights, as in PyTorch: initialise them
/// anew with [Init], as [Transformer] does. They are called `layers.0`, `layers.1`, .., the norm
/// `norm`. With norms first, a norm at the end is wanted: nothing else limits the last sum.
///
/// Holds state, the parameters of its layers; several threads may call `forward` at once while
/// nobody changes them.
///
/// Source: `torch.nn.TransformerEncoder`.
public final class TransformerEncoder extends Watched {
  private final List<TransformerEncoderLayer> layers;
  private final @Nullable Layer norm;

  /// So many copies of a layer, without a norm at the end.
  public TransformerEncoder(TransformerEncoderLayer layer, int layers) {
    this(layer, layers, null);
  }

  /// So many copies of a layer.
  ///
  /// @param norm what the last layer's output goes through; null means nothing
  /// @throws OptionException if there is no layer
  public TransformerEncoder(TransformerEncoderLayer layer, int layers, @Nullable Layer norm) {
    this.layers = copies(layer, layers);
    this.norm = norm;
  }

  /// Copies of a layer, in a list that can be copied.
  static <L extends Module> List<L> copies(L layer, int count) {
    if (count < 1) {
      throw new OptionException(count + " copies of a " + ModuleText.typeName(layer))
          .hint("there is at least 1");
    }
    return Stream.generate(() -> Module.copyOf(layer)).limit(count).toList();
  }

  @Override
  Variable compute(Variable x) {
    return compute(x, AttentionMasks.none());
  }

  /// The output where the masks, the same in all layers, limit attention.
  ///
  /// @throws ShapeException if the input or a mask has another shape
  public Variable forward(Variable x, AttentionMasks masks) {
    return watched(List.of(x), xs -> compute(xs.getFirst(), masks));
  }

  private Variable compute(Variable x, AttentionMasks masks) {
    Variable y = x;
    for (TransformerEncoderLayer layer : layers) {
      y = layer.forward(y, masks);
    }
    return norm == null ? y : norm.forward(y);
  }

  /// The layers, first to last.
  public List<TransformerEncoderLayer> layers() {
    return layers;
  }
}
