package org.wengert.backend.vector;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

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
final class IndirectTileEmitter extends ProductEmitter {
  // Local variables: the parameters of IndirectTile.run in their order, then the emitter's own.
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
  private static final int B_K = 16;

  /// @param bits the size of a register
  IndirectTileEmitter(LaneType element, int bits, int rows, int vectors) {
    super(element, "SPECIES_" + bits, bits / element.bits(), rows, vectors);
  }

  IndirectTile emit() {
    ClassDesc i = CD_int;
    ClassDesc o = CD_Object;
    ClassDesc is = CD_int.arrayType();
    return emit(
        IndirectTile.class,
        MethodTypeDesc.of(CD_void, o, i, is, i, is, o, i, is, i, o, i, i, CD_boolean));
  }

  @Override
  void run(CodeBuilder code) {
    cast(code, A, B, C);
    for (int r = 0; r < rows; r++) {
      code.iload(A_AT).aload(ROW_PLACES).iload(ROWS_AT).loadConstant(r).iadd().iaload();
      code.iadd().istore(row(r));
    }
    code.iload(FRESH)
        .ifThenElse(
            fresh -> forEachPart((r, v) -> zero(fresh, sum(r, v))),
            old -> forEachPart((r, v) -> load(old, C, () -> place(old, r, v), sum(r, v))));
    loop(code);
    forEachPart((r, v) -> store(code, sum(r, v), C, () -> place(code, r, v)));
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
    multiply(code);
    code.iinc(K, 1).goto_(top).labelBinding(end);
  }

  /// Pushes where a vector of the result is.
  private void place(CodeBuilder code, int r, int v) {
    code.iload(C_AT).iload(C_ROW).loadConstant(r).imul().iadd().loadConstant(v * lanes).iadd();
  }
}
