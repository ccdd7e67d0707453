package org.wengert.backend.loop;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import org.wengert.backend.Element;
import org.wengert.backend.Expr.Kind;
import org.wengert.backend.Fn;
import org.wengert.backend.Folds;
import org.wengert.backend.Primitive;
import org.wengert.backend.Program.Instruction;

/// A loop in plain Java, element by element.
final class PlainBody extends LoopBody {
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc FN = Fn.class.describeConstable().orElseThrow();

  private final Element element;
  private final boolean isFloat;

  PlainBody(LoopShape shape, CodeBuilder code) {
    super(shape, code);
    this.element = shape.program().element();
    this.isFloat = element == Element.FLOAT;
  }

  @Override
  protected boolean isOnce(Instruction i) {
    return switch (i.op()) {
      case CONSTANT, SCALAR, HELD -> true;
      default -> false;
    };
  }

  @Override
  protected void once(Instruction i, int local) {
    switch (i.op()) {
      case CONSTANT -> constant(i);
      case SCALAR -> code.loadLocal(element.local(Kind.REAL), shape.scalar((int) i.payload()));
      default -> {
        int array = shape.input((int) i.payload());
        code.aload(array).iload(array + 1).arrayLoad(element.element(i.kind()));
      }
    }
    code.storeLocal(element.local(i.kind()), local);
  }

  private void constant(Instruction i) {
    double value = Double.longBitsToDouble(i.payload());
    switch (element.local(i.kind())) {
      case FLOAT -> code.loadConstant((float) value);
      case DOUBLE -> code.loadConstant(value);
      case INT -> code.loadConstant((int) i.payload());
      default -> code.loadConstant(i.payload());
    }
  }

  @Override
  protected void value(Instruction i, int local) {
    switch (i.op()) {
      case INPUT -> {
        position(shape.input((int) i.payload()));
        code.arrayLoad(element.element(i.kind()));
      }
      case SELECT -> choice(i, () -> load(i.b()));
      case SHL, SHR -> shift(i);
      case CALL -> call(i, i.a());
      case CALL_WHERE -> choice(i, () -> call(i, i.b()));
      default -> {
        load(i.a());
        load(i.b());
        load(i.c());
        operation(i);
      }
    }
    code.storeLocal(element.local(i.kind()), local);
  }

  private void load(int place) {
    if (place >= 0) {
      code.loadLocal(element.local(kind(place)), local(place));
    }
  }

  private void operation(Instruction i) {
    boolean isWhole = i.kind() == Kind.WHOLE;
    switch (i.op()) {
      case ADD -> plain(isWhole, Opcode.IADD, Opcode.LADD, Opcode.FADD, Opcode.DADD);
      case SUB -> plain(isWhole, Opcode.ISUB, Opcode.LSUB, Opcode.FSUB, Opcode.DSUB);
      case MUL -> plain(false, Opcode.IMUL, Opcode.LMUL, Opcode.FMUL, Opcode.DMUL);
      case DIV -> plain(false, Opcode.IDIV, Opcode.LDIV, Opcode.FDIV, Opcode.DDIV);
      case NEG -> plain(false, Opcode.INEG, Opcode.LNEG, Opcode.FNEG, Opcode.DNEG);
      case FMA -> math("fma", 3);
      case MIN -> math("min", 2);
      case MAX -> math("max", 2);
      case ABS -> math("abs", 1);
      case SQRT -> root();
      case AND -> bitwise(i, Opcode.IAND, Opcode.LAND);
      case OR -> bitwise(i, Opcode.IOR, Opcode.LOR);
      case XOR -> bitwise(i, Opcode.IXOR, Opcode.LXOR);
      case NOT -> code.iconst_1().ixor();
      case LT -> truth(true, Opcode.IFLT);
      case LE -> truth(true, Opcode.IFLE);
      case EQ -> truth(false, Opcode.IFEQ);
      case NE -> truth(false, Opcode.IFNE);
      case BITS -> bits();
      case FROM_BITS -> fromBits();
      default -> throw new IllegalStateException("no operation: " + i);
    }
  }

  private void plain(boolean isWhole, Opcode ints, Opcode longs, Opcode floats, Opcode doubles) {
    Opcode whole = isFloat ? ints : longs;
    Opcode real = isFloat ? floats : doubles;
    code.with(OperatorInstruction.of(isWhole ? whole : real));
  }

  private void bitwise(Instruction i, Opcode ints, Opcode longs) {
    boolean wide = i.kind() == Kind.WHOLE && !isFloat;
    code.with(OperatorInstruction.of(wide ? longs : ints));
  }

  private void math(String name, int operands) {
    ClassDesc real = element.realType();
    ClassDesc[] types = new ClassDesc[operands];
    Arrays.fill(types, real);
    code.invokestatic(MATH, name, MethodTypeDesc.of(real, types));
  }

  /// The root of a `float` as that of a `double`, rounded: the same number.
  private void root() {
    if (isFloat) {
      code.f2d();
    }
    code.invokestatic(
        MATH, "sqrt", MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double));
    if (isFloat) {
      code.d2f();
    }
  }

  private void bits() {
    ClassDesc owner = isFloat ? ConstantDescs.CD_Float : ConstantDescs.CD_Double;
    String name = isFloat ? "floatToRawIntBits" : "doubleToRawLongBits";
    code.invokestatic(owner, name, MethodTypeDesc.of(element.wholeType(), element.realType()));
  }

  private void fromBits() {
    ClassDesc owner = isFloat ? ConstantDescs.CD_Float : ConstantDescs.CD_Double;
    String name = isFloat ? "intBitsToFloat" : "longBitsToDouble";
    code.invokestatic(owner, name, MethodTypeDesc.of(element.realType(), element.wholeType()));
  }

  /// 1 or 0 for a comparison; one with `NaN` holds for `NE` only.
  private void truth(boolean nanIsLarge, Opcode holds) {
    if (isFloat) {
      code.with(OperatorInstruction.of(nanIsLarge ? Opcode.FCMPG : Opcode.FCMPL));
    } else {
      code.with(OperatorInstruction.of(nanIsLarge ? Opcode.DCMPG : Opcode.DCMPL));
    }
    Label yes = code.newLabel();
    Label end = code.newLabel();
    code.branch(holds, yes).iconst_0().goto_(end);
    code.labelBinding(yes).iconst_1().labelBinding(end);
  }

  private void choice(Instruction i, Runnable yes) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    load(i.a());
    code.ifeq(no);
    yes.run();
    code.goto_(end).labelBinding(no);
    load(i.c());
    code.labelBinding(end);
  }

  private void shift(Instruction i) {
    load(i.a());
    code.loadConstant((int) i.payload());
    boolean left = i.op() == Primitive.SHL;
    if (isFloat) {
      code.with(OperatorInstruction.of(left ? Opcode.ISHL : Opcode.ISHR));
    } else {
      code.with(OperatorInstruction.of(left ? Opcode.LSHL : Opcode.LSHR));
    }
  }

  private void call(Instruction i, int x) {
    code.loadConstant((int) i.payload());
    load(x);
    if (isFloat) {
      code.f2d();
    }
    code.invokestatic(
        FN,
        "call",
        MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_int, ConstantDescs.CD_double));
    if (isFloat) {
      code.d2f();
    }
  }

  @Override
  protected void store(int output, int place) {
    if (shape.isSum(output)) {
      addToLane(output, place);
      return;
    }
    position(shape.output(output));
    load(place);
    TypeKind kind = element.element(kind(place));
    code.arrayStore(kind);
  }

  private void addToLane(int output, int place) {
    int lanes = shape.output(output);
    TypeKind kind = element.local(Kind.REAL);
    code.aload(lanes).iload(lanes + 1).iload(LoopShape.FROM).loadConstant(Folds.LANES - 1).iand();
    code.iadd().dup2().arrayLoad(kind);
    load(place);
    plain(false, Opcode.IADD, Opcode.LADD, Opcode.FADD, Opcode.DADD);
    code.arrayStore(kind);
  }

  @Override
  protected void advance() {
    code.iinc(LoopShape.FROM, 1);
  }

  @Override
  protected void test(Label body) {
    code.iload(LoopShape.FROM).iload(LoopShape.TO).if_icmplt(body);
  }
}
