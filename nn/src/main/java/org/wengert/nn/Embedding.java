package org.wengert.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A vector for each of a number of things, words say: an input of integers, of any shape, becomes
/// the vectors with these indices, in one more axis.
///
/// ```
/// Embedding words = new Embedding(10_000, 64);
/// words.forward(Variable.constant(Tensor.of(new long[] {3, 1, 4})));    // (3, 64)
/// ```
///
/// `weight` has shape `(count, size)` and starts normally distributed.
///
/// Holds state, its parameter; several threads may call `forward` at once while nobody changes it.
/// With `maxNorm`, `forward` changes it.
///
/// Source: `torch.nn.Embedding`.
public final class Embedding extends Watched {
  private final Parameter weight;
  private final EmbeddingOptions options;
  private final int padding;

  /// With PyTorch's defaults, initialised by the thread's generator.
  ///
  /// @param count of things
  /// @param size of a vector
  public Embedding(int count, int size) {
    this(count, size, EmbeddingOptions.defaults());
  }

  /// Initialised by the thread's generator.
  public Embedding(int count, int size, EmbeddingOptions options) {
    this(count, size, options, Rng.current());
  }

  /// With options.
  ///
  /// @throws OptionException if a number is below 1, or there is no index for padding
  public Embedding(int count, int size, EmbeddingOptions options, RandomGenerator random) {
    this(options, table(count, size, random));
    if (padding >= 0) {
      weight.assign(padding, Tensor.zeros(Shape.of(size), weight.dtype()));
    }
  }

  private Embedding(EmbeddingOptions options, Parameter weight) {
    this.padding = padding(options.paddingIdx(), weight.size(0));
    this.options = options;
    this.weight = weight;
  }

  /// The index for padding counted from 0; -1 if there is none.
  private static int padding(@Nullable Integer index, int count) {
    if (index == null) {
      return -1;
    }
    if (index < -count || index >= count) {
      throw new OptionException("padding index " + index + " among " + count + " vectors")
          .hint("indices start at 0; negative ones count from the end, -1 is the last");
    }
    return index < 0 ? index + count : index;
  }

  /// These vectors, which are copied and frozen; thaw them with `weight().requiresGrad(true)`.
  ///
  /// @param vectors of shape `(count, size)`
  /// @throws ShapeException if they have another number of axes
  public static Embedding fromPretrained(Tensor vectors) {
    if (vectors.rank() != 2) {
      throw new ShapeException("vectors of shape " + vectors.shape())
          .hint("an embedding has one vector in each row: (count, size)");
    }
    Parameter weight = new Parameter(vectors).named("weight").requiresGrad(false);
    return new Embedding(EmbeddingOptions.defaults(), weight);
  }

  /// A table of normally distributed vectors.
  static Parameter table(int count, int size, RandomGenerator random) {
    if (count < 1 || size < 1) {
      throw new OptionException("an embedding of " + count + " things as vectors of " + size)
          .hint("both numbers are at least 1");
    }
    return Init.normal(new Parameter(Tensor.zeros(count, size)).named("weight"), 0, 1, random);
  }

  @Override
  Variable compute(Variable index) {
    requireIndices(index, weight.size(0));
    if (options.maxNorm() > 0) {
      shorten(index.value());
    }
    return F.embedding(weight, index, padding, options.scaleGradByFreq());
  }

  /// Touches only the vectors that are looked up: the table may be large.
  private void shorten(Tensor index) {
    for (long row : Arrays.stream(index.toLongArray()).distinct().toArray()) {
      double[] numbers = weight.value().slice(0, (int) row, (int) row + 1, 1).toDoubleArray();
      double length = length(numbers);
      if (length > options.maxNorm()) {
        double factor = options.maxNorm() / (length + 1e-7);
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] *= factor;
        }
        weight.assign((int) row, Tensor.of(numbers).to(weight.dtype()));
      }
    }
  }

  private double length(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += StrictMath.pow(Math.abs(number), options.normType());
    }
    return StrictMath.pow(sum, 1 / options.normType());
  }

  /// The vectors, of shape `(count, size)`.
  public Parameter weight() {
    return weight;
  }

  /// The options.
  public EmbeddingOptions options() {
    return options;
  }

  @Override
  protected String settings() {
    return (weight.size(0) + ", " + weight.size(1))
        + (padding < 0 ? "" : ", paddingIdx=" + padding)
        + (options.maxNorm() == 0 ? "" : ", maxNorm=" + options.maxNorm())
        + (options.normType() == 2 ? "" : ", normType=" + options.normType())
        + (options.scaleGradByFreq() ? ", scaleGradByFreq=true" : "");
  }
}
