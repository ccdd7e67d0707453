package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.Bag;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// The sum, mean or maximum of the vectors of a whole bag of things, a text without order say: what
/// an [Embedding] and a reduction would give. An empty bag gives zeros.
///
/// The input is either all indices in one vector, with the place where each bag begins, or a matrix
/// with a bag in each row; the output has shape `(bags, size)`. `weight` has shape `(count, size)`
/// and starts normally distributed.
///
/// Holds state, its parameter; several threads may call `forward` at once while nobody changes it.
///
/// Source: `torch.nn.EmbeddingBag`.
public final class EmbeddingBag extends PairLayer {
  private final Parameter weight;
  private final Bag mode;

  /// The mean, initialised by the thread's generator.
  ///
  /// @param count of things
  /// @param size of a vector
  /// @throws OptionException if a number is below 1
  public EmbeddingBag(int count, int size) {
    this(count, size, Bag.MEAN, Rng.current());
  }

  /// What becomes of a bag is `mode`.
  ///
  /// @throws OptionException if a number is below 1
  public EmbeddingBag(int count, int size, Bag mode, RandomGenerator random) {
    this.weight = Embedding.table(count, size, random);
    this.mode = mode;
  }

  /// The bags in the rows of a matrix.
  @Override
  Variable compute(Variable bags) {
    if (bags.rank() != 2) {
      throw unexpected("a matrix with a bag in each row", bags)
          .hint("bags of different sizes are one vector: forward(indices, offsets)");
    }
    long[] offsets = new long[bags.size(0)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = (long) i * bags.size(1);
    }
    return compute(bags.reshape(bags.shape().count()), Variable.constant(Tensor.of(offsets)));
  }

  /// @param indices those of all bags, one bag behind the other
  /// @param offsets where in `indices` each bag begins
  @Override
  Variable compute(Variable indices, Variable offsets) {
    requireIndices(indices, weight.size(0));
    return F.embeddingBag(weight, indices, offsets, mode);
  }

  /// The vectors, of shape `(count, size)`.
  public Parameter weight() {
    return weight;
  }

  @Override
  protected String settings() {
    return weight.size(0) + ", " + weight.size(1) + ", mode=" + mode;
  }
}
