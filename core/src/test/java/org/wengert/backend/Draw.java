package org.wengert.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Draws arguments for a contract: operands of all layouts, of sizes around the widths of vectors,
/// with special values strewn in. Not thread-safe.
public final class Draw {
  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65
  };
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    1e-40,
    -1e-310,
    1e-30,
    -1e30,
    1e38,
    -1e200,
    89,
    -104,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final int SMALL = 2_500;
  private static final int LARGE = 100_000;

  private final Rng random;
  private final DType dtype;
  private final boolean large;

  /// @param dtype the type of operands, unless a contract wants another
  /// @param large whether shapes have so many elements that several threads share them
  public Draw(long seed, DType dtype, boolean large) {
    this.random = new Rng(seed);
    this.dtype = dtype;
    this.large = large;
  }

  public DType dtype() {
    return dtype;
  }

  public boolean isLarge() {
    return large;
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public boolean flip() {
    return random.nextBoolean();
  }

  @SafeVarargs
  public final <T> T anyOf(T... things) {
    return things[below(things.length)];
  }

  /// One of the sizes around the widths of vectors, at most `most`.
  public int size(int least, int most) {
    int size;
    do {
      size = random.nextInt(3) == 0 ? below(most + 1) : SIZES[below(SIZES.length)];
    } while (size < least || size > most);
    return size;
  }

  /// Any shape of a rank from `least` to `most`.
  public Shape shape(int least, int most) {
    int[] sizes = new int[least + below(most - least + 1)];
    if (large && sizes.length > 0) {
      return largeShape(sizes);
    }
    int count = 1;
    for (int i = 0; i < sizes.length; i++) {
      int room = Math.min(SIZES[SIZES.length - 1], SMALL / Math.max(count, 1));
      sizes[i] = size(below(8) == 0 ? 0 : 1, Math.max(room, 1));
      count *= sizes[i];
    }
    return shuffled(sizes);
  }

  private Shape largeShape(int... sizes) {
    int room = LARGE + below(100);
    for (int i = 0; i < sizes.length; i++) {
      boolean last = i == sizes.length - 1;
      sizes[i] = last ? room : Math.min(room, anyOf(1, 2, 17, 33, 64, 250));
      room = Math.max(room / sizes[i], 1);
    }
    return shuffled(sizes);
  }

  private Shape shuffled(int... sizes) {
    for (int i = sizes.length - 1; i > 0; i--) {
      int other = below(i + 1);
      int size = sizes[i];
      sizes[i] = sizes[other];
      sizes[other] = size;
    }
    return Shape.of(sizes);
  }

  public int axis(Shape shape) {
    return below(shape.rank());
  }

  /// A shape that broadcasts to `to`.
  public Shape narrower(Shape to) {
    return flip() ? to : Operands.narrower(to, random);
  }

  /// Numbers in any layout.
  public Tensor tensor(Shape shape) {
    return tensor(shape, dtype);
  }

  public Tensor tensor(Shape shape, DType type) {
    int kind = below(8);
    return laidOut(shape, whole -> numbers(whole, type, kind));
  }

  /// Numbers in any layout that are moderate and not special.
  public Tensor moderate(Shape shape) {
    return laidOut(shape, whole -> numbers(whole, dtype, 7));
  }

  /// Numbers row by row in a storage of their own.
  public Tensor dense(Shape shape) {
    return numbers(shape, dtype, below(8));
  }

  /// The same numbers in any layout.
  public Tensor laidOut(Tensor x) {
    int[] order = order(x.rank());
    int[] inverse = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      inverse[order[axis]] = axis;
    }
    Tensor permuted = x.permute(order).copy();
    if (x.rank() == 0 || flip()) {
      return permuted.permute(inverse);
    }
    Shape wide = permuted.shape().with(-1, 2 * permuted.size(-1) + 1);
    return new ScalarBackend()
        .embed(permuted, x.rank() - 1, 1, 2, wide)
        .slice(-1, 1, wide.size(-1), 2)
        .permute(inverse);
  }

  /// Indices from 0 to below `bound`, in any layout.
  public Tensor indices(Shape shape, int bound) {
    return laidOut(
        shape,
        whole -> {
          long[] values = new long[whole.count()];
          Arrays.setAll(values, i -> below(Math.max(bound, 1)));
          return Tensor.of(values).reshape(whole);
        });
  }

  public Tensor booleans(Shape shape) {
    return tensor(shape, DType.BOOL);
  }

  /// An order of `rank` axes.
  public int[] order(int rank) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      order.add(below(axis + 1), axis);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private Tensor laidOut(Shape shape, Function<Shape, Tensor> numbers) {
    return below(5) < 2 ? numbers.apply(shape) : Operands.strided(shape, random, numbers);
  }

  private Tensor numbers(Shape shape, DType type, int kind) {
    double[] values = new double[shape.count()];
    double scale = kind == 1 ? 100 : 4;
    for (int i = 0; i < values.length; i++) {
      double uniform = random.nextDouble() - 0.5;
      boolean special = kind == 0 && random.nextInt(8) == 0;
      values[i] = special ? SPECIAL[below(SPECIAL.length)] : uniform * scale;
      if (kind == 2 || !type.isFloating()) {
        values[i] = type == DType.UINT8 ? below(256) : Math.rint(values[i] * 2);
      }
    }
    return Tensor.of(values).reshape(shape).to(type);
  }

  /// Windows over one to three axes.
  public List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    for (int axes = 1 + below(3); axes > 0; axes--) {
      int kernel = 1 + below(4);
      int stride = 1 + below(3);
      int dilation = 1 + below(2);
      int before = below(kernel);
      int span = dilation * (kernel - 1) + 1;
      int room = axes > 2 ? 6 : large ? 60 : 36;
      int size = Math.max(1, span - before) + below(room);
      int outputs = (size + before - span) / stride + 1;
      windows.add(Window.sliding(size, kernel, stride, dilation, before, outputs));
    }
    return windows;
  }

  /// Windows of three by three, each one element behind the one before, and many of them.
  public List<Window> threeByThree() {
    List<Window> windows = new ArrayList<>();
    while (windows.size() < 2) {
      int before = below(3);
      int outputs = 28 + below(8);
      int size = outputs + 2 - before - below(3);
      windows.add(Window.sliding(size, 3, 1, 1, before, outputs));
    }
    return windows;
  }
}
