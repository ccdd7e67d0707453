package org.wengert.backend.vector;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.wengert.tensor.Storage;

/// The types of elements that there are vectors of.
enum LaneType {
  FLOAT(
      "FloatVector",
      ConstantDescs.CD_float,
      TypeKind.FLOAT,
      FloatVector.SPECIES_PREFERRED.length()),
  DOUBLE(
      "DoubleVector",
      ConstantDescs.CD_double,
      TypeKind.DOUBLE,
      DoubleVector.SPECIES_PREFERRED.length());

  private final String vectorName;
  private final ClassDesc type;
  private final TypeKind kind;
  private final int lanes;

  LaneType(String vectorName, ClassDesc type, TypeKind kind, int lanes) {
    this.vectorName = vectorName;
    this.type = type;
    this.kind = kind;
    this.lanes = lanes;
  }

  /// The type of the elements of a storage.
  static LaneType of(Storage storage) {
    return storage instanceof Storage.Floats ? FLOAT : DOUBLE;
  }

  /// The array under a storage of floating numbers.
  static Object array(Storage storage) {
    return switch (storage) {
      case Storage.Floats floats -> floats.array();
      case Storage.Doubles doubles -> doubles.array();
      default -> throw new IllegalStateException("no vectors of " + storage.dtype());
    };
  }

  /// A zero-filled array.
  Object newArray(int length) {
    return this == FLOAT ? new float[length] : new double[length];
  }

  String vectorName() {
    return vectorName;
  }

  ClassDesc type() {
    return type;
  }

  TypeKind kind() {
    return kind;
  }

  int bits() {
    return kind.slotSize() * 32;
  }

  /// How many of them a vector of this machine holds.
  int lanes() {
    return lanes;
  }
}
