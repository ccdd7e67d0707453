package org.wengert.backend.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.wengert.backend.Program.Instruction;
import org.wengert.backend.loop.LoopShape;

/// One step under a mask for the elements from [LoopShape#FROM] to [LoopShape#TO], of which it
/// takes as many as fill a register. What is summed up is added to the first lanes of its output.
///
/// A method of its own because calls under masks are large: C1 inlines hundreds of others for each,
/// and gives up when it has no more registers. The virtual machine can be left with a slow version
/// of the method then.
final class VectorRest extends VectorBody {
  private static final MethodTypeDesc IN_RANGE =
      MethodTypeDesc.of(MASK, ConstantDescs.CD_int, ConstantDescs.CD_int);

  private int mask;

  VectorRest(LoopShape shape, CodeBuilder code, int lanes) {
    super(shape, code, lanes);
  }

  @Override
  public void write() {
    begin();
    step();
    code.iload(LoopShape.FROM);
  }

  @Override
  protected void prepare() {
    mask = code.allocateLocal(TypeKind.REFERENCE);
    species(reals);
    code.iload(LoopShape.FROM).iload(LoopShape.TO);
    code.invokeinterface(SPECIES, "indexInRange", IN_RANGE).astore(mask);
  }

  @Override
  void input(Instruction i) {
    ClassDesc array = element.realType().arrayType();
    species(reals);
    position(shape.input((int) i.payload()));
    code.aload(mask);
    code.invokestatic(
        reals, "fromArray", MethodTypeDesc.of(reals, SPECIES, array, ConstantDescs.CD_int, MASK));
  }

  @Override
  protected void store(int output, int place) {
    ClassDesc array = element.realType().arrayType();
    if (shape.isSum(output)) {
      addToLanes(output, place);
      return;
    }
    load(place);
    position(shape.output(output));
    code.aload(mask);
    code.invokevirtual(
        reals,
        "intoArray",
        MethodTypeDesc.of(ConstantDescs.CD_void, array, ConstantDescs.CD_int, MASK));
  }

  private void addToLanes(int output, int place) {
    int array = shape.output(output);
    ClassDesc type = element.realType().arrayType();
    species(reals);
    code.aload(array).iload(array + 1);
    code.invokestatic(
        reals, "fromArray", MethodTypeDesc.of(reals, SPECIES, type, ConstantDescs.CD_int));
    load(place);
    code.aload(mask).invokevirtual(reals, "add", MethodTypeDesc.of(reals, VECTOR, MASK));
    code.aload(array).iload(array + 1);
    code.invokevirtual(
        reals, "intoArray", MethodTypeDesc.of(ConstantDescs.CD_void, type, ConstantDescs.CD_int));
  }
}
