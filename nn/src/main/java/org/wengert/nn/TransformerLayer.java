package org.wengert.nn;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;

/// What [TransformerEncoderLayer] and [TransformerDecoderLayer] share; a decoder's has a second
/// attention and what belongs to it. The fields are in the order of PyTorch's state dict.
abstract class TransformerLayer extends Watched {
  private final MultiheadAttention selfAttn;
  private final @Nullable MultiheadAttention multiheadAttn;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final @Nullable LayerNorm norm3;
  private final Dropout dropout1;
  private final Dropout dropout2;
  private final @Nullable Dropout dropout3;
  private final TransformerOptions options;

  TransformerLayer(
      boolean decoding, int dModel, int heads, TransformerOptions o, RandomGenerator random) {
    selfAttn = new MultiheadAttention(dModel, heads, o.attention(), random);
    multiheadAttn = decoding ? new MultiheadAttention(dModel, heads, o.attention(), random) : null;
    linear1 = new Linear(dModel, o.feedforward(), o.bias(), random);
    dropout = new Dropout(o.dropout());
    linear2 = new Linear(o.feedforward(), dModel, o.bias(), random);
    norm1 = o.norm(dModel);
    norm2 = o.norm(dModel);
    norm3 = decoding ? o.norm(dModel) : null;
    dropout1 = new Dropout(o.dropout());
    dropout2 = new Dropout(o.dropout());
    dropout3 = decoding ? new Dropout(o.dropout()) : null;
    options = o;
  }

  /// Self-attention and its sum with the input.
  final Variable attended(Variable x, AttentionMasks masks) {
    return added(x, norm1, n -> dropout1.forward(selfAttn.forward(n, masks)));
  }

  /// What a decoder does next: attention to the memory.
  final Variable attended(Variable x, Variable memory, AttentionMasks masks) {
    return multiheadAttn == null
        ? x
        : added(x, norm2, n -> dropout2.forward(multiheadAttn.forward(n, memory, masks)));
  }

  /// The linear layers at the end.
  final Variable fed(Variable x) {
    return norm3 == null || dropout3 == null
        ? added(x, norm2, n -> dropout2.forward(feedforward(n)))
        : added(x, norm3, n -> dropout3.forward(feedforward(n)));
  }

  private Variable added(Variable x, LayerNorm norm, UnaryOperator<Variable> branch) {
    return options.normFirst()
        ? x.add(branch.apply(norm.forward(x)))
        : norm.forward(x.add(branch.apply(x)));
  }

  private Variable feedforward(Variable x) {
    Variable inner = options.activation().of(linear1.forward(x));
    return linear2.forward(dropout.forward(inner));
  }

  /// The number of features.
  public final int dModel() {
    return selfAttn.embedDim();
  }

  /// How the layer is built.
  public final TransformerOptions options() {
    return options;
  }

  @Override
  protected String settings() {
    return options.settings();
  }
}
