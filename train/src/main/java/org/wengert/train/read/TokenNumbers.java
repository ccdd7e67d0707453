package org.wengert.train.read;

import java.util.Objects;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

/// A text as the numbers of its tokens, for models that learn which token follows. Immutable.
public final class TokenNumbers {
  private final int[] numbers;
  private final int from;
  private final int size;

  private TokenNumbers(int[] numbers, int from, int size) {
    this.numbers = numbers;
    this.from = from;
    this.size = size;
  }

  /// Takes the array as it is.
  static TokenNumbers over(int[] numbers) {
    return new TokenNumbers(numbers, 0, numbers.length);
  }

  /// A text in memory.
  public static TokenNumbers of(int... numbers) {
    return over(numbers.clone());
  }

  /// How many tokens there are.
  public int size() {
    return size;
  }

  /// The number of token `index`.
  public int at(int index) {
    return numbers[from + Objects.checkIndex(index, size)];
  }

  /// The tokens `from` (included) to `to` (excluded), without copying: the first nine tenths to
  /// learn from, say.
  public TokenNumbers slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return new TokenNumbers(numbers, this.from + from, to - from);
  }

  /// Windows on the text: the input of sample `i` is the `length` tokens from `i · stride` on, its
  /// target, for each of them, the one that follows; both `INT64`, `(length)`. With a stride of
  /// `length` each token is learned once in an epoch, with 1 in all its contexts.
  ///
  /// @throws OptionException if a size is below 1, or the text is too short for one window
  public Dataset<Sample> windows(int length, int stride) {
    if (length < 1 || stride < 1 || size <= length) {
      throw new OptionException(
              "windows of " + length + ", every " + stride + ", on a text of " + size + " tokens")
          .hint("take 1 to " + Math.max(1, size - 1) + " for length, and at least 1 for stride");
    }
    return new Windows(this, length, stride);
  }

  private record Windows(TokenNumbers text, int length, int stride) implements Dataset<Sample> {
    @Override
    public int size() {
      return (text.size - length - 1) / stride + 1;
    }

    @Override
    public Sample get(int index) {
      int first = Objects.checkIndex(index, size()) * stride;
      return new Sample(piece(first), piece(first + 1));
    }

    private Tensor piece(int first) {
      long[] piece = new long[length];
      for (int i = 0; i < length; i++) {
        piece[i] = text.at(first + i);
      }
      return Tensor.of(piece);
    }
  }
}
