package org.wengert.backend.vector;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

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
final class TileEmitter extends ProductEmitter {
  // Local variables: the parameters of Tile.run in their order, then the emitter's own.
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
  private static final int K = 16;

  TileEmitter(LaneType element, int rows, int vectors) {
    super(element, "SPECIES_PREFERRED", element.lanes(), rows, vectors);
  }

  Tile emit() {
    ClassDesc i = CD_int;
    ClassDesc o = CD_Object;
    return emit(Tile.class, MethodTypeDesc.of(CD_void, o, i, i, i, o, i, i, i, o, i, i, o, i, i));
  }

  @Override
  void run(CodeBuilder code) {
    cast(code, A, B, S, C);
    forEachPart((r, v) -> load(code, S, () -> place(code, S_AT, r, S_ROW, v), sum(r, v)));
    for (int r = 0; r < rows; r++) {
      place(code, A_AT, r, A_ROW, 0);
      code.istore(row(r));
    }
    loop(code);
    forEachPart((r, v) -> store(code, sum(r, v), C, () -> place(code, C_AT, r, C_ROW, v)));
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
    multiply(code);
    code.iload(A_K).iload(A_COLUMN).iadd().istore(A_K);
    code.iload(B_AT).iload(B_ROW).iadd().istore(B_AT);
    code.iinc(K, 1).goto_(top).labelBinding(end);
  }

  /// Pushes where a vector of a row begins.
  private void place(CodeBuilder code, int at, int row, int stride, int v) {
    code.iload(at);
    if (row > 0) {
      code.iload(stride).loadConstant(row).imul().iadd();
    }
    if (v > 0) {
      code.loadConstant(v * lanes).iadd();
    }
  }
}
