package org.wengert.tensor;

import java.util.Arrays;
import org.wengert.tensor.pool.Counted;
import org.wengert.tensor.pool.Pool;

/// The heap array under one or more tensors, with its elements seen as `double` or `long`.
///
/// This is the kernels' door to the numbers: whoever computes a new tensor fills a new storage,
/// and from then on it is only read. The one exception are parameters, whose storage an optimizer
/// rewrites; [#changedAt] says when that happened last, so that a graph recorded before can tell.
///
/// Reading is thread-safe; writing is up to the owner.
@SuppressWarnings("exports") // counting is the engine's own business
public abstract sealed class Storage extends Counted {
  private final DType dtype;
  private long changedAt;

  private Storage(DType dtype) {
    this.dtype = dtype;
  }

  /// A zero-filled storage for `length` elements.
  public static Storage allocate(DType dtype, int length) {
    boolean pooled = length >= Pool.SMALLEST && dtype.isFloating();
    return pooled ? pooled(dtype, length, true) : fresh(dtype, length);
  }

  /// A storage for `length` elements, with anything in it: for kernels that write every element.
  static Storage unset(DType dtype, int length) {
    boolean pooled = length >= Pool.SMALLEST && dtype.isFloating();
    return pooled ? pooled(dtype, length, false) : fresh(dtype, length);
  }

  private static Storage pooled(DType dtype, int length, boolean zeros) {
    Pool pool = Pool.current();
    Storage storage =
        dtype == DType.FLOAT32
            ? new Floats(pool.floats(length, zeros))
            : new Doubles(pool.doubles(length, zeros));
    pool.made(storage);
    return storage;
  }

  private static Storage fresh(DType dtype, int length) {
    return switch (dtype) {
      case BOOL -> new Bools(new boolean[length]);
      case UINT8 -> new Bytes(new byte[length]);
      case INT32 -> new Ints(new int[length]);
      case INT64 -> new Longs(new long[length]);
      case FLOAT32 -> new Floats(new float[length]);
      case FLOAT64 -> new Doubles(new double[length]);
    };
  }

  /// The type of the elements.
  public DType dtype() {
    return dtype;
  }

  /// Element `i`; `true` is 1.
  public abstract double at(int i);

  /// Element `i` as an integer, fractions cut off; exact for every `long`.
  public abstract long longAt(int i);

  /// Rounds `value` to this type and stores it; a non-zero value is `true`. In `UINT8` the low
  /// eight bits of what is left when the fraction is cut off.
  public abstract void put(int i, double value);

  /// Stores `value`, exactly in an integral type (the low bits in `INT32` and `UINT8`).
  public abstract void put(int i, long value);

  /// A storage of its own with the elements from `from` up to `to`.
  public abstract Storage copyOfRange(int from, int to);

  /// The clock's reading when this storage was last rewritten; 0 if never.
  public long changedAt() {
    return changedAt;
  }

  /// Notes that this storage was rewritten at the clock's reading `time`.
  public void changed(long time) {
    changedAt = time;
  }

  /// `float` elements.
  public static final class Floats extends Storage {
    private final float[] array;

    /// A storage over this very array.
    public Floats(float[] array) {
      super(DType.FLOAT32);
      this.array = array;
    }

    /// The array itself.
    @Override
    public float[] array() {
      return array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int i) {
      return array[i];
    }

    @Override
    public long longAt(int i) {
      return (long) array[i];
    }

    @Override
    public void put(int i, double value) {
      array[i] = (float) value;
    }

    @Override
    public void put(int i, long value) {
      array[i] = value;
    }

    @Override
    public Storage copyOfRange(int from, int to) {
      Storage copy = unset(DType.FLOAT32, to - from);
      System.arraycopy(array, from, copy.array(), 0, to - from);
      return copy;
    }
  }

  /// `double` elements.
  public static final class Doubles extends Storage {
    private final double[] array;

    /// A storage over this very array.
    public Doubles(double[] array) {
      super(DType.FLOAT64);
      this.array = array;
    }

    /// The array itself.
    @Override
    public double[] array() {
      return array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int i) {
      return array[i];
    }

    @Override
    public long longAt(int i) {
      return (long) array[i];
    }

    @Override
    public void put(int i, double value) {
      array[i] = value;
    }

    @Override
    public void put(int i, long value) {
      array[i] = value;
    }

    @Override
    public Storage copyOfRange(int from, int to) {
      Storage copy = unset(DType.FLOAT64, to - from);
      System.arraycopy(array, from, copy.array(), 0, to - from);
      return copy;
    }
  }

  /// `int` elements.
  public static final class Ints extends Storage {
    private final int[] array;

    /// A storage over this very array.
    public Ints(int[] array) {
      super(DType.INT32);
      this.array = array;
    }

    /// The array itself.
    @Override
    public int[] array() {
      return array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int i) {
      return array[i];
    }

    @Override
    public long longAt(int i) {
      return array[i];
    }

    @Override
    public void put(int i, double value) {
      array[i] = (int) value;
    }

    @Override
    public void put(int i, long value) {
      array[i] = (int) value;
    }

    @Override
    public Storage copyOfRange(int from, int to) {
      return new Ints(Arrays.copyOfRange(array, from, to));
    }
  }

  /// `long` elements.
  public static final class Longs extends Storage {
    private final long[] array;

    /// A storage over this very array.
    public Longs(long[] array) {
      super(DType.INT64);
      this.array = array;
    }

    /// The array itself.
    @Override
    public long[] array() {
      return array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int i) {
      return array[i];
    }

    @Override
    public long longAt(int i) {
      return array[i];
    }

    @Override
    public void put(int i, double value) {
      array[i] = (long) value;
    }

    @Override
    public void put(int i, long value) {
      array[i] = value;
    }

    @Override
    public Storage copyOfRange(int from, int to) {
      return new Longs(Arrays.copyOfRange(array, from, to));
    }
  }

  /// `byte` elements, read without a sign: the byte -1 is 255.
  public static final class Bytes extends Storage {
    private final byte[] array;

    /// A storage over this very array.
    public Bytes(byte[] array) {
      super(DType.UINT8);
      this.array = array;
    }

    /// The array itself.
    @Override
    public byte[] array() {
      return array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int i) {
      return array[i] & 0xff;
    }

    @Override
    public long longAt(int i) {
      return array[i] & 0xff;
    }

    @Override
    public void put(int i, double value) {
      array[i] = (byte) (long) value;
    }

    @Override
    public void put(int i, long value) {
      array[i] = (byte) value;
    }

    @Override
    public Storage copyOfRange(int from, int to) {
      return new Bytes(Arrays.copyOfRange(array, from, to));
    }
  }

  /// `boolean` elements; `true` reads as 1, and what is not 0 is stored as `true`.
  public static final class Bools extends Storage {
    private final boolean[] array;

    /// A storage over this very array.
    public Bools(boolean[] array) {
      super(DType.BOOL);
      this.array = array;
    }

    /// The array itself.
    @Override
    public boolean[] array() {
      return array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int i) {
      return array[i] ? 1 : 0;
    }

    @Override
    public long longAt(int i) {
      return array[i] ? 1 : 0;
    }

    @Override
    public void put(int i, double value) {
      array[i] = value != 0;
    }

    @Override
    public void put(int i, long value) {
      array[i] = value != 0;
    }

    @Override
    public Storage copyOfRange(int from, int to) {
      return new Bools(Arrays.copyOfRange(array, from, to));
    }
  }
}
