package org.wengert.nn;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.Variable;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// Several neighbouring axes made one; by default all but the batch: `(32, 1, 28, 28)` becomes
/// `(32, 784)`.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Flatten`.
public final class Flatten extends Watched {
  private final int startAxis;
  private final int endAxis;

  /// All axes but the first.
  public Flatten() {
    this(1, -1);
  }

  /// The axes from `startAxis` to `endAxis`, both included; negative ones count from the end.
  public Flatten(int startAxis, int endAxis) {
    this.startAxis = startAxis;
    this.endAxis = endAxis;
  }

  @Override
  Variable compute(Variable x) {
    int start = Axes.normalize(startAxis, x.rank());
    int end = Axes.normalize(endAxis, x.rank());
    if (start > end) {
      throw new ShapeException(
              described()
                  + " from axis "
                  + startAxis
                  + " to axis "
                  + endAxis
                  + " of shape "
                  + x.shape()
                  + " has nothing to flatten")
          .hint("the first axis must not lie behind the last");
    }
    int[] sizes = x.shape().toArray();
    int flat = 1;
    for (int i = start; i <= Math.min(end, sizes.length - 1); i++) {
      flat *= sizes[i];
    }
    IntStream before = Arrays.stream(sizes).limit(start);
    IntStream behind = Arrays.stream(sizes).skip(end + 1L);
    IntStream joined = IntStream.concat(IntStream.concat(before, IntStream.of(flat)), behind);
    return x.reshape(Shape.of(joined.toArray()));
  }

  @Override
  protected String settings() {
    return "startAxis=" + startAxis + ", endAxis=" + endAxis;
  }
}
