package org.wengert.backend.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.wengert.backend.Folds;
import org.wengert.backend.loop.LoopShape;

/// A loop in vector registers with outputs that are summed up. A round of it computes as many
/// elements as there are lanes to sum in, so that each register of lanes gets its own. What is left
/// of the range goes through steps under masks, see [VectorRest].
final class VectorSums extends VectorBody {
  private final VectorLoops loops;
  private final int outputs;
  private final int registers;
  private final int[][] sums;
  private int register;
  private int end;

  VectorSums(LoopShape shape, CodeBuilder code, int lanes, VectorLoops loops) {
    super(shape, code, lanes);
    this.loops = loops;
    outputs = shape.outputs();
    registers = Folds.LANES / lanes;
    sums = new int[outputs][registers];
  }

  @Override
  public void write() {
    begin();
    for (int k = 0; k < outputs; k++) {
      for (int r = 0; shape.isSum(k) && r < registers; r++) {
        sums[k][r] = code.allocateLocal(TypeKind.REFERENCE);
        species(reals);
        code.invokestatic(reals, "zero", MethodTypeDesc.of(reals, SPECIES));
        code.astore(sums[k][r]);
      }
    }
    Label test = code.newLabel();
    Label body = code.newLabel();
    code.goto_(test).labelBinding(body);
    for (register = 0; register < registers; register++) {
      step();
    }
    code.labelBinding(test);
    test(body);
    for (int k = 0; k < outputs; k++) {
      for (int r = 0; shape.isSum(k) && r < registers; r++) {
        intoLanes(k, r);
      }
    }
    rest();
    code.iload(end);
  }

  private void rest() {
    Label done = code.newLabel();
    Label next = code.newLabel();
    code.iload(end).istore(LoopShape.TO);
    code.labelBinding(next).iload(LoopShape.FROM).iload(end).if_icmpge(done);
    loops.callLast(shape, code);
    code.istore(LoopShape.FROM);
    for (int k = 0; k < outputs; k++) {
      if (shape.isSum(k)) {
        code.iinc(shape.output(k) + 1, lanes);
      }
    }
    code.goto_(next).labelBinding(done);
  }

  /// Moves the end back to the last full round.
  @Override
  protected void prepare() {
    end = code.allocateLocal(TypeKind.INT);
    code.iload(LoopShape.TO).istore(end);
    code.iload(LoopShape.TO).loadConstant(Folds.LANES - 1).isub().istore(LoopShape.TO);
  }

  @Override
  protected void store(int output, int place) {
    if (shape.isSum(output)) {
      code.aload(sums[output][register]);
      load(place);
      code.invokevirtual(reals, "add", MethodTypeDesc.of(reals, VECTOR));
      code.astore(sums[output][register]);
    } else {
      super.store(output, place);
    }
  }

  private void intoLanes(int output, int r) {
    int array = shape.output(output);
    code.aload(sums[output][r]).aload(array).iload(array + 1).loadConstant(r * lanes).iadd();
    ClassDesc type = element.realType().arrayType();
    code.invokevirtual(
        reals, "intoArray", MethodTypeDesc.of(ConstantDescs.CD_void, type, ConstantDescs.CD_int));
  }
}
