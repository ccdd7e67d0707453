package org.wengert.backend.vector;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;

/// Writes a class that computes a small matrix product in registers; subclasses know where its
/// operands are.
///
/// The accumulators must be local variables to stay in registers, so every size is a method of its
/// own; and a method with so many calls is compiled well only if it calls the Vector API directly.
/// That is why the code is generated.
abstract class ProductEmitter {
  // Local variables: the left operand, the first parameter of every product; a number of it; the
  // distance of column `k` from the beginning of its row; then what there are several of.
  static final int A = 1;
  static final int FACTOR = 15;
  static final int A_K = 17;
  private static final int OWN = 18;

  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc ANY_VECTOR = ClassDesc.of(PACKAGE + "Vector");

  final int lanes;
  final int rows;
  final int vectors;
  final ClassDesc array;
  private final LaneType element;
  private final String species;
  private final ClassDesc vector;

  /// @param species the name of the constant of a register
  /// @param lanes how many numbers it holds
  ProductEmitter(LaneType element, String species, int lanes, int rows, int vectors) {
    this.element = element;
    this.species = species;
    this.lanes = lanes;
    this.rows = rows;
    this.vectors = vectors;
    vector = ClassDesc.of(PACKAGE + element.vectorName());
    array = element.type().arrayType();
  }

  /// Makes the class and its one instance.
  final <T> T emit(Class<T> type, MethodTypeDesc run) {
    String size = rows + "x" + vectors;
    ClassDesc name = ClassDesc.of(type.getName() + element.vectorName() + size);
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                builder ->
                    builder
                        .withFlags(AccessFlag.FINAL)
                        .withInterfaceSymbols(type.describeConstable().orElseThrow())
                        .withMethodBody(INIT_NAME, MTD_void, 0, ProductEmitter::constructor)
                        .withMethodBody("run", run, ClassFile.ACC_PUBLIC, this::run));
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return type.cast(lookup.lookupClass().getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a tile of " + size + " vectors does not load", e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  abstract void run(CodeBuilder code);

  /// What is done for one vector of a row of the result.
  interface Part {
    void emit(int row, int vector);
  }

  final void forEachPart(Part part) {
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        part.emit(r, v);
      }
    }
  }

  /// The variable for where a row of the left operand begins.
  static int row(int r) {
    return OWN + r;
  }

  /// The variable for a vector of the right operand.
  final int right(int v) {
    return OWN + rows + v;
  }

  /// The variable for a vector of the result.
  final int sum(int r, int v) {
    return OWN + rows + vectors + r * vectors + v;
  }

  final void cast(CodeBuilder code, int... locals) {
    for (int local : locals) {
      code.aload(local).checkcast(array).astore(local);
    }
  }

  /// Adds the products of a column of the left operand and a row of the right one.
  final void multiply(CodeBuilder code) {
    for (int r = 0; r < rows; r++) {
      species(code).aload(A).iload(row(r)).iload(A_K).iadd().arrayLoad(element.kind());
      code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element.type()));
      code.astore(FACTOR);
      for (int v = 0; v < vectors; v++) {
        code.aload(FACTOR).aload(right(v)).aload(sum(r, v));
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, ANY_VECTOR, ANY_VECTOR));
        code.astore(sum(r, v));
      }
    }
  }

  private CodeBuilder species(CodeBuilder code) {
    return code.getstatic(vector, species, SPECIES);
  }

  final void zero(CodeBuilder code, int to) {
    species(code).invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES)).astore(to);
  }

  final void load(CodeBuilder code, int from, Runnable place, int to) {
    species(code).aload(from);
    place.run();
    code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int));
    code.astore(to);
  }

  final void store(CodeBuilder code, int from, int to, Runnable place) {
    code.aload(from).aload(to);
    place.run();
    code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
  }
}
