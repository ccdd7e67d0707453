package org.wengert.tensor;

/// The type of a tensor's elements. Declared in the order of promotion: the result of an operation
/// on two types is the later of the two, as in PyTorch.
///
/// `UINT8` holds 0 to 255 in the bytes of Java, whose sign it does not see: `(byte) 200`, which
/// Java prints as -56, is 200. Arithmetic on integers keeps the low bits, so `UINT8` wraps modulo
/// 256.
///
/// Constants are immutable and safe to share.
public enum DType {
  BOOL(Category.BOOL, boolean.class),
  UINT8(Category.INTEGRAL, byte.class),
  INT32(Category.INTEGRAL, int.class),
  INT64(Category.INTEGRAL, long.class),
  FLOAT32(Category.FLOATING, float.class),
  FLOAT64(Category.FLOATING, double.class);

  /// Boolean, then integral, then floating: a 0-d operand cannot lift the other operand's type
  /// within a category, only across categories.
  private enum Category {
    BOOL,
    INTEGRAL,
    FLOATING
  }

  private final Category category;
  private final Class<?> element;

  DType(Category category, Class<?> element) {
    this.category = category;
    this.element = element;
  }

  /// Whether this is `FLOAT32` or `FLOAT64`: the types that have gradients.
  public boolean isFloating() {
    return category == Category.FLOATING;
  }

  /// Whether this is `UINT8`, `INT32` or `INT64`.
  public boolean isIntegral() {
    return category == Category.INTEGRAL;
  }

  /// The Java type of one element, such as `float.class`.
  public Class<?> elementType() {
    return element;
  }

  /// How many bytes an element takes: 1, 4 or 8.
  public int bytes() {
    return switch (this) {
      case BOOL, UINT8 -> 1;
      case INT32, FLOAT32 -> 4;
      case INT64, FLOAT64 -> 8;
    };
  }

  /// This type if it is floating, else `FLOAT32`: the type in which `exp`, division or a mean of
  /// integers is given.
  public DType toFloating() {
    return isFloating() ? this : FLOAT32;
  }

  /// The type that holds values of both types: the later one in the order of promotion.
  public static DType promote(DType a, DType b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /// The type of an operation on two tensors. A 0-d tensor yields to one with axes unless its
  /// category (boolean, integral, floating) is higher, so that a `FLOAT64` scalar leaves a
  /// `FLOAT32` matrix in `FLOAT32`. Follows PyTorch's type promotion.
  public static DType promote(Tensor a, Tensor b) {
    DType left = a.dtype();
    DType right = b.dtype();
    if (left == right) {
      return left;
    }
    boolean scalarA = a.rank() == 0;
    boolean scalarB = b.rank() == 0;
    if (scalarA != scalarB && left.category == right.category) {
      return scalarA ? right : left;
    }
    return promote(left, right);
  }

  /// The type that stores elements of the Java type `element`.
  ///
  /// @throws DTypeException if there is none
  public static DType of(Class<?> element) {
    for (DType type : values()) {
      if (type.element == element) {
        return type;
      }
    }
    throw new DTypeException("no tensor holds elements of type " + element.getTypeName())
        .hint("use float, double, int, long, byte or boolean");
  }
}
