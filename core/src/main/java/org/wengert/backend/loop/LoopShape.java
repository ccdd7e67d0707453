package org.wengert.backend.loop;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.wengert.backend.Expr;
import org.wengert.backend.Program;

/// The parameters of a generated loop, `(int from, int to, T scalar..., (T[] array, int at)...)`,
/// and where they lie among the local variables. Immutable.
public final class LoopShape {
  /// The local variable with the first index.
  public static final int FROM = 0;

  /// The local variable with the index to stop before.
  public static final int TO = 1;

  private final Program program;
  private final int sums;
  private final List<ClassDesc> types = new ArrayList<>();
  private final int[] slots;

  /// @param sums how many of the last outputs are summed up
  LoopShape(Program program, int sums) {
    this.program = program;
    this.sums = sums;
    types.add(ConstantDescs.CD_int);
    types.add(ConstantDescs.CD_int);
    slots = new int[program.scalars() + program.outputs().size() + program.inputs() + 1];
    int slot = 2;
    int k = 0;
    for (int j = 0; j < program.scalars(); j++) {
      types.add(program.element().realType());
      slots[k++] = slot;
      slot += real().slotSize();
    }
    for (int array = 0; array < arrays(); array++) {
      types.add(arrayType(array));
      types.add(ConstantDescs.CD_int);
      slots[k++] = slot;
      slot += 2;
    }
    slots[k] = slot;
  }

  private TypeKind real() {
    return program.element().local(Expr.Kind.REAL);
  }

  /// What is computed.
  public Program program() {
    return program;
  }

  /// Whether an output is not an array of values but the 32 lanes in which values are summed up:
  /// that of element `i` in lane `i % 32`.
  public boolean isSum(int output) {
    return output >= program.outputs().size() - sums;
  }

  /// The number of outputs.
  public int outputs() {
    return program.outputs().size();
  }

  /// Whether any output is summed up.
  public boolean hasSums() {
    return sums > 0;
  }

  /// The number of outputs and inputs.
  int arrays() {
    return program.outputs().size() + program.inputs();
  }

  /// What the elements of an array are; outputs come first.
  Expr.Kind arrayKind(int array) {
    int outputs = program.outputs().size();
    return array < outputs ? program.outputKind(array) : program.inputKind(array - outputs);
  }

  /// The type of an array.
  ClassDesc arrayType(int array) {
    return program.element().elementType(arrayKind(array)).arrayType();
  }

  /// The local variable of a scalar.
  public int scalar(int j) {
    return slots[j];
  }

  /// The local variable of an output's array; the next one is where its range starts.
  public int output(int k) {
    return slots[program.scalars() + k];
  }

  /// The local variable of an input's array; the next one is where its range starts.
  public int input(int k) {
    return slots[program.scalars() + program.outputs().size() + k];
  }

  /// The first local variable behind the parameters.
  public int free() {
    return slots[slots.length - 1];
  }

  /// The method's type, with a result.
  MethodTypeDesc method(ClassDesc result) {
    return MethodTypeDesc.of(result, types);
  }
}
