package org.wengert.backend;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.wengert.tensor.DType;

/// The width of the numbers in a loop: `float` or `double`, with the whole numbers of that width.
public enum Element {
  /// `float`, and `int` for its bits.
  FLOAT(TypeKind.FLOAT, ConstantDescs.CD_float, TypeKind.INT, ConstantDescs.CD_int),
  /// `double`, and `long` for its bits.
  DOUBLE(TypeKind.DOUBLE, ConstantDescs.CD_double, TypeKind.LONG, ConstantDescs.CD_long);

  private final TypeKind real;
  private final ClassDesc realType;
  private final TypeKind whole;
  private final ClassDesc wholeType;

  Element(TypeKind real, ClassDesc realType, TypeKind whole, ClassDesc wholeType) {
    this.real = real;
    this.realType = realType;
    this.whole = whole;
    this.wholeType = wholeType;
  }

  /// The width of a floating type.
  public static Element of(DType type) {
    return switch (type) {
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case BOOL, UINT8, INT32, INT64 ->
          throw new IllegalArgumentException("loops are of floating numbers, not " + type);
    };
  }

  /// How a value of some kind is kept in a local variable of a plain loop.
  public TypeKind local(Expr.Kind kind) {
    return switch (kind) {
      case REAL -> real;
      case WHOLE -> whole;
      case TRUTH -> TypeKind.INT;
    };
  }

  /// The type of numbers.
  public ClassDesc realType() {
    return realType;
  }

  /// The type of their bits.
  public ClassDesc wholeType() {
    return wholeType;
  }

  /// The type of the elements of an array of some kind.
  public ClassDesc elementType(Expr.Kind kind) {
    return kind == Expr.Kind.TRUTH ? ConstantDescs.CD_boolean : realType;
  }

  /// How an element of an array of some kind is loaded.
  public TypeKind element(Expr.Kind kind) {
    return kind == Expr.Kind.TRUTH ? TypeKind.BOOLEAN : real;
  }
}
