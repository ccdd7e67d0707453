package org.wengert.backend.vector;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;

/// Writes the class of an [IndirectTile]. As Java it would be, for one row of one vector of
/// `float`:
///
/// ```java
/// int row0 = aAt + rowPlaces[rowsAt];
/// FloatVector c0 =
///     fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, cAt);
/// for (int k = 0; k < depth; k++) {
///   FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + bPlaces[k]);
///   c0 = FloatVector.broadcast(SPECIES, a[row0 + aPlaces[k]]).fma(b0, c0);
/// }
/// c0.intoArray(c, cAt);
/// ```
///
/// The accumulators must be local variables to stay in registers, so every size is a method of its
/// own; and a method with so many calls is compiled well only if it calls the Vector API directly.
/// That is why the code is generated.
final class IndirectTileEmitter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc ANY_VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc INTS = CD_int.arrayType();

  // Local variables: the parameters of IndirectTile.run in their order, then the emitter's own.
  private static final int A = 1;
  private static final int A_AT = 2;
  private static final int ROW_PLACES = 3;
  private static final int ROWS_AT = 4;
  private static final int A_PLACES = 5;
  private static final int B = 6;
  private static final int B_AT = 7;
  private static final int B_PLACES = 8;
  private static final int DEPTH = 9;
  private static final int C = 10;
  private static final int C_AT = 11;
  private static final int C_ROW = 12;
  private static final int FRESH = 13;
  private static final int K = 14;
  private static final int A_K = 15;
  private static final int B_K = 16;
  private static final int FACTOR = 17;
  private static final int OWN = 18;

  private final ClassDesc vector;
  private final ClassDesc type;
  private final TypeKind kind;
  private final int bits;
  private final int lanes;
  private final int rows;
  private final int vectors;

  /// @param bits the size of a register
  IndirectTileEmitter(LaneType element, int bits, int rows, int vectors) {
    this.vector = ClassDesc.of(PACKAGE + element.vectorName());
    this.type = element.type();
    this.kind = element.kind();
    this.bits = bits;
    this.lanes = bits / element.bits();
    this.rows = rows;
    this.vectors = vectors;
  }

  /// Makes the class and its one instance.
  IndirectTile emit() {
    String size = rows + "x" + vectors;
    ClassDesc tile = IndirectTile.class.describeConstable().orElseThrow();
    ClassDesc name = ClassDesc.of(IndirectTile.class.getName() + vector.displayName() + size);
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                builder ->
                    builder
                        .withFlags(AccessFlag.FINAL)
                        .withInterfaceSymbols(tile)
                        .withMethodBody(INIT_NAME, MTD_void, 0, IndirectTileEmitter::constructor)
                        .withMethodBody("run", runType(), ClassFile.ACC_PUBLIC, this::run));
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return (IndirectTile) lookup.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a tile of " + size + " vectors does not load", e);
    }
  }

  private static MethodTypeDesc runType() {
    ClassDesc i = CD_int;
    ClassDesc o = CD_Object;
    return MethodTypeDesc.of(CD_void, o, i, INTS, i, INTS, o, i, INTS, i, o, i, i, CD_boolean);
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  private void run(CodeBuilder code) {
    for (int local : new int[] {A, B, C}) {
      code.aload(local).checkcast(type.arrayType()).astore(local);
    }
    for (int r = 0; r < rows; r++) {
      code.iload(A_AT).aload(ROW_PLACES).iload(ROWS_AT).loadConstant(r).iadd().iaload();
      code.iadd().istore(row(r));
    }
    code.iload(FRESH)
        .ifThenElse(
            fresh -> forEachPart((r, v) -> zero(fresh, r, v)),
            old -> forEachPart((r, v) -> load(old, C, () -> place(old, r, v), sum(r, v))));
    loop(code);
    forEachPart((r, v) -> store(code, r, v));
    code.return_();
  }

  private void loop(CodeBuilder code) {
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(K);
    code.labelBinding(top).iload(K).iload(DEPTH).if_icmpge(end);
    code.aload(A_PLACES).iload(K).iaload().istore(A_K);
    code.iload(B_AT).aload(B_PLACES).iload(K).iaload().iadd().istore(B_K);
    for (int v = 0; v < vectors; v++) {
      int at = v * lanes;
      load(code, B, () -> code.iload(B_K).loadConstant(at).iadd(), right(v));
    }
    for (int r = 0; r < rows; r++) {
      species(code).aload(A).iload(row(r)).iload(A_K).iadd().arrayLoad(kind);
      code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, type));
      code.astore(FACTOR);
      for (int v = 0; v < vectors; v++) {
        code.aload(FACTOR).aload(right(v)).aload(sum(r, v));
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, ANY_VECTOR, ANY_VECTOR));
        code.astore(sum(r, v));
      }
    }
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

  private int row(int r) {
    return OWN + r;
  }

  private int right(int v) {
    return OWN + rows + v;
  }

  private int sum(int r, int v) {
    return OWN + rows + vectors + r * vectors + v;
  }

  private CodeBuilder species(CodeBuilder code) {
    return code.getstatic(vector, "SPECIES_" + bits, SPECIES);
  }

  /// Pushes where a vector of the result is.
  private void place(CodeBuilder code, int r, int v) {
    code.iload(C_AT).iload(C_ROW).loadConstant(r).imul().iadd().loadConstant(v * lanes).iadd();
  }

  private void zero(CodeBuilder code, int r, int v) {
    species(code).invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES));
    code.astore(sum(r, v));
  }

  private void load(CodeBuilder code, int from, Runnable place, int to) {
    species(code).aload(from);
    place.run();
    MethodTypeDesc load = MethodTypeDesc.of(vector, SPECIES, type.arrayType(), CD_int);
    code.invokestatic(vector, "fromArray", load).astore(to);
  }

  private void store(CodeBuilder code, int r, int v) {
    code.aload(sum(r, v)).aload(C);
    place(code, r, v);
    MethodTypeDesc store = MethodTypeDesc.of(CD_void, type.arrayType(), CD_int);
    code.invokevirtual(vector, "intoArray", store);
  }
}
