package org.wengert.backend.vector;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;

/// Writes the class of a [Tile]. As Java it would be, for two rows of one vector of `float`:
///
/// ```java
/// FloatVector c0 = FloatVector.fromArray(SPECIES, s, sAt);
/// FloatVector c1 = FloatVector.fromArray(SPECIES, s, sAt + sRow);
/// for (int k = 0; k < depth; k++) {
///   FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
///   c0 = FloatVector.broadcast(SPECIES, a[aAt]).fma(b0, c0);
///   c1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]).fma(b0, c1);
///   aAt += aColumn;
///   bAt += bRow;
/// }
/// c0.intoArray(c, cAt);
/// c1.intoArray(c, cAt + cRow);
/// ```
///
/// The accumulators must be local variables to stay in registers, so every size is a method of its
/// own; and a method with so many calls is compiled well only if it calls the Vector API directly.
/// That is why the code is generated.
final class TileEmitter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc ANY_VECTOR = ClassDesc.of(PACKAGE + "Vector");

  // Local variables: the parameters of Tile.run in their order, then the emitter's own.
  private static final int A = 1;
  private static final int A_AT = 2;
  private static final int A_ROW = 3;
  private static final int A_COLUMN = 4;
  private static final int B = 5;
  private static final int B_AT = 6;
  private static final int B_ROW = 7;
  private static final int DEPTH = 8;
  private static final int S = 9;
  private static final int S_AT = 10;
  private static final int S_ROW = 11;
  private static final int C = 12;
  private static final int C_AT = 13;
  private static final int C_ROW = 14;
  private static final int FACTOR = 15;
  private static final int K = 16;
  private static final int A_K = 17;
  private static final int OWN = 18;

  private final LaneType element;
  private final int rows;
  private final int vectors;
  private final ClassDesc vector;
  private final ClassDesc array;

  TileEmitter(LaneType element, int rows, int vectors) {
    this.element = element;
    this.rows = rows;
    this.vectors = vectors;
    this.vector = ClassDesc.of(PACKAGE + element.vectorName());
    this.array = element.type().arrayType();
  }

  /// Makes the class and its one instance.
  Tile emit() {
    ClassDesc tile = Tile.class.describeConstable().orElseThrow();
    String size = rows + "x" + vectors;
    ClassDesc name = ClassDesc.of(Tile.class.getName() + element.vectorName() + size);
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                builder ->
                    builder
                        .withFlags(AccessFlag.FINAL)
                        .withInterfaceSymbols(tile)
                        .withMethodBody(INIT_NAME, MTD_void, 0, TileEmitter::constructor)
                        .withMethodBody("run", runType(), ClassFile.ACC_PUBLIC, this::run));
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      Class<?> type = lookup.lookupClass();
      return (Tile) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a tile of " + size + " vectors does not load", e);
    }
  }

  private static MethodTypeDesc runType() {
    ClassDesc i = CD_int;
    ClassDesc o = CD_Object;
    return MethodTypeDesc.of(CD_void, o, i, i, i, o, i, i, i, o, i, i, o, i, i);
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  private void run(CodeBuilder code) {
    for (int local : new int[] {A, B, S, C}) {
      code.aload(local).checkcast(array).astore(local);
    }
    forEachPart((r, v) -> load(code, S, () -> place(code, S_AT, r, S_ROW, v), sum(r, v)));
    for (int r = 0; r < rows; r++) {
      place(code, A_AT, r, A_ROW, 0);
      code.istore(A_K + 1 + r);
    }
    loop(code);
    forEachPart((r, v) -> store(code, r, v));
    code.return_();
  }

  private void loop(CodeBuilder code) {
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(K).iconst_0().istore(A_K);
    code.labelBinding(top).iload(K).iload(DEPTH).if_icmpge(end);
    for (int v = 0; v < vectors; v++) {
      int at = v;
      load(code, B, () -> place(code, B_AT, 0, B_ROW, at), right(v));
    }
    for (int r = 0; r < rows; r++) {
      species(code).aload(A).iload(A_K + 1 + r).iload(A_K).iadd().arrayLoad(element.kind());
      code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element.type()));
      code.astore(FACTOR);
      for (int v = 0; v < vectors; v++) {
        code.aload(FACTOR).aload(right(v)).aload(sum(r, v));
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, ANY_VECTOR, ANY_VECTOR));
        code.astore(sum(r, v));
      }
    }
    code.iload(A_K).iload(A_COLUMN).iadd().istore(A_K);
    code.iload(B_AT).iload(B_ROW).iadd().istore(B_AT);
    code.iinc(K, 1).goto_(top).labelBinding(end);
  }

  private interface Part {
    void emit(int row, int vector);
  }

  private void forEachPart(Part part) {
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        part.emit(r, v);
      }
    }
  }

  private int right(int v) {
    return OWN + rows + v;
  }

  private int sum(int r, int v) {
    return OWN + rows + vectors + r * vectors + v;
  }

  private CodeBuilder species(CodeBuilder code) {
    return code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
  }

  /// Pushes where a vector of a row begins.
  private void place(CodeBuilder code, int at, int row, int stride, int v) {
    code.iload(at);
    if (row > 0) {
      code.iload(stride).loadConstant(row).imul().iadd();
    }
    if (v > 0) {
      code.loadConstant(v * element.lanes()).iadd();
    }
  }

  private void load(CodeBuilder code, int from, Runnable place, int to) {
    species(code).aload(from);
    place.run();
    code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int));
    code.astore(to);
  }

  private void store(CodeBuilder code, int r, int v) {
    code.aload(sum(r, v)).aload(C);
    place(code, C_AT, r, C_ROW, v);
    code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
  }
}
