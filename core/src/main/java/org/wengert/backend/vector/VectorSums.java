package org.wengert.backend.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.wengert.backend.Folds;
import org.wengert.backend.LoopShape;
import org.wengert.backend.Program.Instruction;

/// A loop in vector registers with outputs that are summed up. A round of it computes as many
/// elements as there are lanes to sum in, so that each register of lanes gets its own. What is left
/// of the range goes through a last round under masks.
final class VectorSums extends VectorBody {
  private static final MethodTypeDesc IN_RANGE =
      MethodTypeDesc.of(MASK, ConstantDescs.CD_int, ConstantDescs.CD_int);

  private final int outputs;
  private final int registers;
  private final int[][] sums;
  private int register;
  private int end;
  private int mask = -1;

  VectorSums(LoopShape shape, CodeBuilder code, int lanes) {
    super(shape, code, lanes);
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
    lastRound();
    for (int k = 0; k < outputs; k++) {
      for (int r = 0; shape.isSum(k) && r < registers; r++) {
        intoLanes(k, r);
      }
    }
  }

  private void lastRound() {
    Label done = code.newLabel();
    mask = code.allocateLocal(TypeKind.REFERENCE);
    for (register = 0; register < registers; register++) {
      code.iload(LoopShape.FROM).iload(end).if_icmpge(done);
      species(reals);
      code.iload(LoopShape.FROM).iload(end);
      code.invokeinterface(SPECIES, "indexInRange", IN_RANGE).astore(mask);
      step();
    }
    code.labelBinding(done);
    code.iload(end).istore(LoopShape.FROM);
  }

  /// Moves the end back to the last full round.
  @Override
  protected void prepare() {
    end = code.allocateLocal(TypeKind.INT);
    code.iload(LoopShape.TO).istore(end);
    code.iload(LoopShape.TO).loadConstant(Folds.LANES - 1).isub().istore(LoopShape.TO);
  }

  @Override
  void input(Instruction i) {
    if (mask < 0) {
      super.input(i);
      return;
    }
    ClassDesc array = element.realType().arrayType();
    species(reals);
    position(shape.input((int) i.payload()));
    code.aload(mask);
    code.invokestatic(
        reals, "fromArray", MethodTypeDesc.of(reals, SPECIES, array, ConstantDescs.CD_int, MASK));
  }

  @Override
  protected void store(int output, int place) {
    if (shape.isSum(output)) {
      code.aload(sums[output][register]);
      load(place);
      if (mask < 0) {
        code.invokevirtual(reals, "add", MethodTypeDesc.of(reals, VECTOR));
      } else {
        code.aload(mask).invokevirtual(reals, "add", MethodTypeDesc.of(reals, VECTOR, MASK));
      }
      code.astore(sums[output][register]);
    } else if (mask < 0) {
      super.store(output, place);
    } else {
      load(place);
      position(shape.output(output));
      code.aload(mask);
      ClassDesc array = element.realType().arrayType();
      code.invokevirtual(
          reals,
          "intoArray",
          MethodTypeDesc.of(ConstantDescs.CD_void, array, ConstantDescs.CD_int, MASK));
    }
  }

  private void intoLanes(int output, int r) {
    int array = shape.output(output);
    code.aload(sums[output][r]).aload(array).iload(array + 1).loadConstant(r * lanes).iadd();
    ClassDesc type = shape.program().element().realType().arrayType();
    code.invokevirtual(
        reals, "intoArray", MethodTypeDesc.of(ConstantDescs.CD_void, type, ConstantDescs.CD_int));
  }
}
