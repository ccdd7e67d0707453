package org.wengert.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Numbers with a shape: an immutable view (shape, strides, offset) of one heap array.
///
/// A tensor has no arithmetic of its own; computing is what `org.wengert.Variable` and `F` are for.
/// Reshaping, permuting, slicing and expanding give views that share the array. Factories that take
/// Java numbers take the type from Java (`double` gives `FLOAT64`, `float` gives `FLOAT32`, `int`
/// `INT32`, `byte` `UINT8`), one number is a scalar; factories without numbers give `FLOAT32`.
///
/// Immutable and safe to share between threads, with one exception: the value of a `Parameter` is
/// rewritten by its optimizer. [#copy] keeps what is there now.
public final class Tensor {
  private final Storage storage;
  private final Shape shape;
  private final int[] strides;
  private final int offset;

  private Tensor(Storage storage, Shape shape, int[] strides, int offset) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  /// The tensor over a storage that holds exactly the elements of `shape`, row by row. For kernels:
  /// the storage must not be written any more.
  public static Tensor over(Storage storage, Shape shape) {
    if (storage.length() != shape.count()) {
      throw new ShapeException(
          storage.length() + " elements do not fill shape " + shape + " of " + shape.count());
    }
    return new Tensor(storage, shape, shape.rowMajorStrides(), 0);
  }

  /// A `FLOAT64` scalar.
  public static Tensor of(double value) {
    return over(new Storage.Doubles(new double[] {value}), Shape.SCALAR);
  }

  /// A `FLOAT32` scalar.
  public static Tensor of(float value) {
    return ofArray(value);
  }

  /// An `INT32` scalar.
  public static Tensor of(int value) {
    return ofArray(value);
  }

  /// A `UINT8` scalar: the byte -1 is 255.
  public static Tensor of(byte value) {
    return ofArray(value);
  }

  /// An `INT64` scalar.
  public static Tensor of(long value) {
    return ofArray(value);
  }

  /// A `BOOL` scalar.
  public static Tensor of(boolean value) {
    return ofArray(value);
  }

  /// A `FLOAT64` vector; the array is copied.
  public static Tensor of(double... values) {
    return over(new Storage.Doubles(values.clone()), Shape.of(values.length));
  }

  /// A `FLOAT32` vector; the array is copied.
  public static Tensor of(float... values) {
    return over(new Storage.Floats(values.clone()), Shape.of(values.length));
  }

  /// An `INT32` vector; the array is copied.
  public static Tensor of(int... values) {
    return over(new Storage.Ints(values.clone()), Shape.of(values.length));
  }

  /// An `INT64` vector; the array is copied.
  public static Tensor of(long... values) {
    return over(new Storage.Longs(values.clone()), Shape.of(values.length));
  }

  /// A `UINT8` vector; the array is copied, and its bytes are read without a sign: -1 is 255.
  public static Tensor of(byte... values) {
    return over(new Storage.Bytes(values.clone()), Shape.of(values.length));
  }

  /// A `BOOL` vector; the array is copied.
  public static Tensor of(boolean... values) {
    return over(new Storage.Bools(values.clone()), Shape.of(values.length));
  }

  /// A `FLOAT64` matrix; the rows are copied.
  public static Tensor of(double[][] rows) {
    return ofArray(rows);
  }

  /// A `FLOAT32` matrix; the rows are copied.
  public static Tensor of(float[][] rows) {
    return ofArray(rows);
  }

  /// A tensor with the shape and the elements of a Java array of any rank, such as
  /// `float[2][3][4]`; a boxed number gives a scalar.
  ///
  /// @throws ShapeException if rows differ in length
  /// @throws DTypeException if the elements are no numbers or booleans
  public static Tensor ofArray(Object array) {
    return WengertException.during("ofArray", () -> JavaArrays.toTensor(array));
  }

  /// A tensor filled with zeros.
  public static Tensor zeros(Shape shape, DType dtype) {
    return new Tensor(Storage.allocate(dtype, shape.count()), shape, shape.rowMajorStrides(), 0);
  }

  /// A tensor whose elements are undefined, for kernels that write every one of them. It may be
  /// recycled when the kernel has returned something else, so a kernel does not keep it for later.
  public static Tensor empty(Shape shape, DType dtype) {
    return new Tensor(Storage.unset(dtype, shape.count()), shape, shape.rowMajorStrides(), 0);
  }

  /// A `FLOAT32` tensor filled with zeros.
  public static Tensor zeros(int... sizes) {
    return zeros(Shape.of(sizes), DType.FLOAT32);
  }

  /// A `FLOAT32` tensor filled with ones.
  public static Tensor ones(int... sizes) {
    return full(Shape.of(sizes), 1, DType.FLOAT32);
  }

  /// A tensor filled with `value`.
  public static Tensor full(Shape shape, double value, DType dtype) {
    Storage storage = Storage.allocate(dtype, shape.count());
    Elements.fill(storage, 0, storage.length(), value);
    return over(storage, shape);
  }

  /// The integers `0, 1, ..., count - 1` as `INT64`.
  public static Tensor arange(int count) {
    Shape shape = Shape.of(count);
    long[] values = new long[count];
    Arrays.setAll(values, i -> i);
    return over(new Storage.Longs(values), shape);
  }

  /// Uniform random numbers in `[0, 1)`.
  public static Tensor rand(Shape shape, DType dtype, RandomGenerator random) {
    if (dtype == DType.FLOAT32) {
      return over(new Storage.Floats(Rng.floats(random, shape.count())), shape);
    }
    return over(new Storage.Doubles(Rng.uniforms(random, shape.count())), shape).to(dtype);
  }

  /// Uniform random `FLOAT32` numbers in `[0, 1)` from the thread's generator, see [Rng].
  public static Tensor rand(int... sizes) {
    return rand(Shape.of(sizes), DType.FLOAT32, Rng.current());
  }

  /// Standard normal random numbers.
  public static Tensor randn(Shape shape, DType dtype, RandomGenerator random) {
    return over(new Storage.Doubles(Rng.normals(random, shape.count())), shape).to(dtype);
  }

  /// Standard normal `FLOAT32` random numbers from the thread's generator, see [Rng].
  public static Tensor randn(int... sizes) {
    return randn(Shape.of(sizes), DType.FLOAT32, Rng.current());
  }

  /// The type of the elements.
  public DType dtype() {
    return storage.dtype();
  }

  /// The sizes of the axes.
  public Shape shape() {
    return shape;
  }

  /// The number of axes; 0 for a scalar.
  public int rank() {
    return shape.rank();
  }

  /// The number of elements.
  public int count() {
    return shape.count();
  }

  /// The size of an axis; negative axes count from the end.
  public int size(int axis) {
    return shape.size(axis);
  }

  /// The array under this view, for kernels: see [Storage].
  public Storage storage() {
    return storage;
  }

  /// Where element `(0, 0, ...)` lies in the storage.
  public int offset() {
    return offset;
  }

  /// The distance in the storage between neighbours along an axis.
  public int stride(int axis) {
    return strides[shape.existing(axis)];
  }

  /// Whether the elements lie in the storage row by row without gaps, from [#offset] on.
  public boolean isContiguous() {
    return strides == shape.rowMajorStrides()
        || count() == 0
        || Strides.isRowMajor(shape.sizes(), strides);
  }

  /// The only element of a tensor with one element.
  ///
  /// @throws ShapeException if there are more or none
  public double item() {
    if (count() != 1) {
      throw new ShapeException("shape " + shape + " has " + count() + " elements, not one")
          .hint("use at(i, j, ...) or toDoubleArray()")
          .during("item");
    }
    return storage.at(offset);
  }

  /// The element at an index; negative indices count from the end.
  public double at(int... index) {
    return storage.at(position("at", index));
  }

  /// The element at an index as an integer, exact for `INT64`.
  public long longAt(int... index) {
    return storage.longAt(position("longAt", index));
  }

  private int position(String attempt, int... index) {
    try {
      return offset + Strides.distance(shape, strides, index);
    } catch (ShapeException e) {
      throw e.during(attempt);
    }
  }

  /// The same elements in row-major order under another shape. One size may be -1 and is then
  /// computed. A view where the strides allow it, else a copy.
  ///
  /// @throws ShapeException if the number of elements differs
  public Tensor reshape(int... sizes) {
    return reshape(WengertException.during("reshape", () -> Shape.resolve(shape, sizes)));
  }

  /// The same elements in row-major order under another shape: a view where the strides allow it,
  /// else a copy.
  ///
  /// @throws ShapeException if the number of elements differs
  public Tensor reshape(Shape to) {
    if (to.equals(shape)) {
      return this;
    }
    if (to.count() != count()) {
      throw new ShapeException(count() + " elements of shape " + shape + " do not fill shape " + to)
          .hint("the number of elements must stay the same; -1 lets one size be computed")
          .during("reshape");
    }
    if (isContiguous()) {
      return new Tensor(storage, to, to.rowMajorStrides(), offset);
    }
    int[] view = Strides.reshaped(shape.sizes(), strides, to.sizes());
    return view == null ? contiguous().reshape(to) : new Tensor(storage, to, view, offset);
  }

  /// A view with the axes in another order: axis `i` of the result is axis `order[i]` of this.
  public Tensor permute(int... order) {
    int[] from = WengertException.during("permute", () -> Strides.order(shape, order));
    int[] sizes = new int[rank()];
    int[] permuted = new int[rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.sizes()[from[axis]];
      permuted[axis] = strides[from[axis]];
    }
    return new Tensor(storage, Shape.of(sizes), permuted, offset);
  }

  /// A view of the indices `from`, `from + step`, ... below `to` along one axis.
  ///
  /// @param from first index; negative counts from the end
  /// @param to the index to stop before; negative counts from the end, beyond the end means the end
  /// @param step at least 1
  public Tensor slice(int axis, int from, int to, int step) {
    int at = WengertException.during("slice", () -> shape.existing(axis));
    IndexRange range =
        WengertException.during("slice", () -> IndexRange.of(shape, at, from, to, step));
    int[] stepped = strides.clone();
    stepped[at] *= step;
    Shape part = shape.with(at, range.count());
    int start = part.count() == 0 ? offset : offset + range.from() * strides[at];
    return new Tensor(storage, part, stepped, start);
  }

  /// A view in which axes of size 1 are repeated, without copying, up to the shape `to`; new axes
  /// appear in front.
  ///
  /// @throws ShapeException if an axis has another size than 1 and `to`'s
  public Tensor expand(Shape to) {
    if (to.equals(shape)) {
      return this;
    }
    int[] repeated = WengertException.during("expand", () -> stridesWhenExpandedTo(to));
    return new Tensor(storage, to, repeated, offset);
  }

  int[] stridesWhenExpandedTo(Shape to) {
    return to == shape ? strides : Strides.expanded(shape, strides, to);
  }

  /// This tensor if its elements lie row by row from the start of its storage, and fill it, else a
  /// copy that does.
  public Tensor contiguous() {
    boolean whole = offset == 0 && storage.length() == count() && isContiguous();
    return whole ? this : copy();
  }

  /// A copy with a storage of its own.
  public Tensor copy() {
    if (count() == 0) {
      return zeros(shape, dtype());
    }
    if (isContiguous()) {
      return over(storage.copyOfRange(offset, offset + count()), shape);
    }
    return converted(dtype());
  }

  /// The same numbers in another type, rounded to nearest (towards zero for integers; not 0 is
  /// `true`). What lies outside `UINT8` keeps its low eight bits: 256.5 gives 0 and -1 gives 255.
  /// This tensor itself if it already has the type.
  public Tensor to(DType type) {
    return type == dtype() ? this : converted(type);
  }

  private Tensor converted(DType type) {
    Tensor result = empty(shape, type);
    Elements.copy(this, result);
    return result;
  }

  /// The elements in row-major order.
  public double[] toDoubleArray() {
    return Elements.doubles(this);
  }

  /// The elements in row-major order, rounded to `float`.
  public float[] toFloatArray() {
    return Elements.floats(this);
  }

  /// The elements in row-major order as integers, fractions cut off.
  public long[] toLongArray() {
    return ((Storage.Longs) to(DType.INT64).copy().storage).array();
  }

  /// A Java array of this tensor's rank, such as `toArray(double[][].class)` for a matrix.
  ///
  /// @throws ShapeException if the rank differs
  public <T> T toArray(Class<T> arrayType) {
    return arrayType.cast(
        WengertException.during("toArray", () -> JavaArrays.fromTensor(this, arrayType)));
  }

  /// Whether the other tensor has the same type, shape and the same bits in every element, so that
  /// `NaN` equals `NaN` and 0.0 differs from -0.0.
  public boolean sameBits(Tensor other) {
    if (dtype() != other.dtype() || !shape.equals(other.shape)) {
      return false;
    }
    return switch (dtype()) {
      case FLOAT32 -> Arrays.equals(toFloatArray(), other.toFloatArray());
      case FLOAT64 -> Arrays.equals(toDoubleArray(), other.toDoubleArray());
      case BOOL, UINT8, INT32, INT64 -> Arrays.equals(toLongArray(), other.toLongArray());
    };
  }

  /// Like NumPy: nested brackets, aligned columns, the middle of long axes left out; then shape and
  /// type.
  @Override
  public String toString() {
    return TensorPrinter.print(this);
  }
}
