package org.wengert.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Which keys a query may attend to, for [MultiheadAttention] and the layers of transformers.
///
/// ```java
/// layer.forward(x, AttentionMasks.none().causal(true).keyPadding(isPadding));
/// ```
///
/// As in PyTorch, true means *left out* here, while in `F.scaledDotProductAttention` it means
/// *takes part*. A query that may attend to nothing gets weights 0, unless numbers say so: `-∞` for
/// all keys gives `NaN`. Immutable.
///
/// @param attention for each query and key, `(queries, keys)` or `(samples · heads, queries,
///     keys)`: `BOOL`, or numbers that are added to the scores; null means all. PyTorch's
///     `attn_mask`
/// @param keyPadding for each key, `(samples, keys)`, or `(keys)` without samples: `BOOL` or
///     numbers as above; null means all. PyTorch's `key_padding_mask`
/// @param causal whether query `i` attends to keys up to `i` only; needs no mask. PyTorch's
///     `is_causal`
public record AttentionMasks(
    @Nullable Variable attention, @Nullable Variable keyPadding, boolean causal) {
  /// Every query may attend to every key.
  public static AttentionMasks none() {
    return new AttentionMasks(null, null, false);
  }

  /// These masks with another one for pairs of queries and keys.
  public AttentionMasks attention(Variable attention) {
    return new AttentionMasks(attention, keyPadding, causal);
  }

  /// These masks with another one for keys.
  public AttentionMasks keyPadding(Variable keyPadding) {
    return new AttentionMasks(attention, keyPadding, causal);
  }

  /// These masks with or without a look into the future.
  public AttentionMasks causal(boolean causal) {
    return new AttentionMasks(attention, keyPadding, causal);
  }

  /// The mask that hides the future: `BOOL` of shape `(steps, steps)`, true above the diagonal.
  /// PyTorch's `Transformer.generate_square_subsequent_mask`, which says it with `-∞`.
  public static Variable causalMask(int steps) {
    boolean[] later = new boolean[steps * steps];
    for (int query = 0; query < steps; query++) {
      Arrays.fill(later, query * steps + query + 1, (query + 1) * steps, true);
    }
    return Variable.constant(Tensor.of(later).reshape(steps, steps));
  }

  /// What core's attention takes, for scores of shape `(samples, heads, queries, keys)`: numbers to
  /// add, or true for what takes part; null for all.
  @Nullable Variable forScores(Shape scores, DType type) {
    Variable pairs = pairs(scores);
    Variable keys = keys(scores);
    if (pairs == null || keys == null) {
      Variable one = pairs == null ? keys : pairs;
      return one == null || one.dtype() != DType.BOOL ? one : F.logicalNot(one);
    }
    return pairs.dtype() == DType.BOOL && keys.dtype() == DType.BOOL
        ? F.logicalNot(F.logicalOr(pairs, keys))
        : additive(pairs, type).add(additive(keys, type));
  }

  private @Nullable Variable pairs(Shape scores) {
    if (attention == null) {
      return null;
    }
    Shape all = Shape.of(scores.size(0) * scores.size(1), scores.size(2), scores.size(3));
    Shape shared = all.remove(0);
    if (!attention.shape().equals(shared) && !attention.shape().equals(all)) {
      throw new ShapeException("an attention mask of shape " + attention.shape())
          .hint("it has shape " + shared + ", or " + all + " with samples · heads in front");
    }
    return attention.rank() == 2 ? attention : attention.reshape(scores);
  }

  private @Nullable Variable keys(Shape scores) {
    if (keyPadding == null) {
      return null;
    }
    Shape expected = Shape.of(scores.size(0), scores.size(3));
    if (!keyPadding.shape().equals(expected)) {
      throw new ShapeException("a key padding mask of shape " + keyPadding.shape())
          .hint("it has shape " + expected + ": samples, keys");
    }
    return keyPadding.reshape(scores.size(0), 1, 1, scores.size(3));
  }

  private static Variable additive(Variable mask, DType type) {
    if (mask.dtype() != DType.BOOL) {
      return mask;
    }
    Variable zeros = Variable.constant(Tensor.zeros(mask.shape(), type));
    return F.where(mask, F.fullLike(zeros, Double.NEGATIVE_INFINITY), zeros);
  }
}
