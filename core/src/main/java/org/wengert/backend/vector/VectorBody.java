package org.wengert.backend.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Locale;
import org.wengert.backend.Element;
import org.wengert.backend.Expr.Kind;
import org.wengert.backend.Primitive;
import org.wengert.backend.Program.Instruction;
import org.wengert.backend.loop.LoopBody;
import org.wengert.backend.loop.LoopShape;

/// A loop in vector registers: every primitive is one call of the Vector API, which the compiler
/// replaces by an instruction, since all calls are direct and in one method.
sealed class VectorBody extends LoopBody permits VectorRest, VectorSums {
  static final ClassDesc VECTOR = vectorClass("Vector");
  static final ClassDesc MASK = vectorClass("VectorMask");
  static final ClassDesc SPECIES = vectorClass("VectorSpecies");
  private static final ClassDesc OPERATORS = vectorClass("VectorOperators");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");

  private final boolean isFloat;
  final Element element;
  final ClassDesc reals;
  private final ClassDesc wholes;
  final int lanes;

  VectorBody(LoopShape shape, CodeBuilder code, int lanes) {
    super(shape, code);
    this.element = shape.program().element();
    this.isFloat = element == Element.FLOAT;
    this.reals = vectorClass(isFloat ? "FloatVector" : "DoubleVector");
    this.wholes = vectorClass(isFloat ? "IntVector" : "LongVector");
    this.lanes = lanes;
  }

  private static ClassDesc vectorClass(String name) {
    return ClassDesc.of("jdk.incubator.vector", name);
  }

  @Override
  public void write() {
    super.write();
    code.iload(LoopShape.FROM);
  }

  /// Moves the end back to the last full vector.
  @Override
  protected void prepare() {
    code.iload(LoopShape.TO).loadConstant(lanes - 1).isub().istore(LoopShape.TO);
  }

  @Override
  protected boolean isOnce(Instruction i) {
    return false;
  }

  @Override
  protected void once(Instruction i, int local) {
    throw new IllegalStateException("nothing is computed before the loop");
  }

  @Override
  protected void value(Instruction i, int local) {
    switch (i.op()) {
      case CONSTANT -> constant(i);
      case SCALAR -> {
        species(reals);
        code.loadLocal(element.local(Kind.REAL), shape.scalar((int) i.payload()));
        broadcast(reals, element.realType());
      }
      case HELD -> held(i);
      case INPUT -> input(i);
      default -> {
        load(i.a());
        operation(i);
      }
    }
    code.storeLocal(TypeKind.REFERENCE, local);
  }

  final void load(int place) {
    code.aload(local(place));
  }

  final void species(ClassDesc vector) {
    code.getstatic(vector, Width.SPECIES, SPECIES);
  }

  private void broadcast(ClassDesc vector, ClassDesc number) {
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, number));
  }

  private void constant(Instruction i) {
    boolean isReal = i.kind() == Kind.REAL;
    species(isReal ? reals : wholes);
    double value = Double.longBitsToDouble(i.payload());
    switch (element.local(i.kind())) {
      case FLOAT -> code.loadConstant((float) value);
      case DOUBLE -> code.loadConstant(value);
      case INT -> code.loadConstant((int) i.payload());
      default -> code.loadConstant(i.payload());
    }
    broadcast(isReal ? reals : wholes, isReal ? element.realType() : element.wholeType());
  }

  private void held(Instruction i) {
    int array = shape.input((int) i.payload());
    species(reals);
    code.aload(array).iload(array + 1);
    if (i.kind() == Kind.TRUTH) {
      code.baload();
      code.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, ConstantDescs.CD_boolean));
    } else {
      code.arrayLoad(element.local(Kind.REAL));
      broadcast(reals, element.realType());
    }
  }

  void input(Instruction i) {
    boolean isTruth = i.kind() == Kind.TRUTH;
    ClassDesc result = isTruth ? MASK : reals;
    ClassDesc array = (isTruth ? ConstantDescs.CD_boolean : element.realType()).arrayType();
    species(reals);
    position(shape.input((int) i.payload()));
    code.invokestatic(
        result, "fromArray", MethodTypeDesc.of(result, SPECIES, array, ConstantDescs.CD_int));
  }

  private void operation(Instruction i) {
    boolean isWhole = i.kind() == Kind.WHOLE;
    switch (i.op()) {
      case ADD -> binary(isWhole ? wholes : reals, "add", i.b());
      case SUB -> binary(isWhole ? wholes : reals, "sub", i.b());
      case MUL -> binary(reals, "mul", i.b());
      case DIV -> binary(reals, "div", i.b());
      case MIN -> binary(reals, "min", i.b());
      case MAX -> binary(reals, "max", i.b());
      case NEG, ABS, SQRT -> code.invokevirtual(reals, lowerCase(i.op()), MethodTypeDesc.of(reals));
      case FMA -> {
        load(i.b());
        load(i.c());
        code.invokevirtual(reals, "fma", MethodTypeDesc.of(reals, VECTOR, VECTOR));
      }
      case LT, LE, EQ, NE -> compare(i);
      case AND, OR, XOR -> logic(i);
      case NOT -> code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
      case SELECT -> select(i);
      case BITS -> reinterpret(reals, isFloat ? "Ints" : "Longs", wholes);
      case FROM_BITS -> reinterpret(wholes, isFloat ? "Floats" : "Doubles", reals);
      case SHL, SHR -> shift(i);
      case CALL_WHERE -> callWhere(i);
      default -> throw new IllegalStateException("no operation: " + i);
    }
  }

  private void reinterpret(ClassDesc from, String as, ClassDesc to) {
    code.invokevirtual(from, "reinterpretAs" + as, MethodTypeDesc.of(to));
  }

  private static String lowerCase(Primitive op) {
    return op.name().toLowerCase(Locale.ROOT);
  }

  private void binary(ClassDesc vector, String name, int b) {
    load(b);
    code.invokevirtual(vector, name, MethodTypeDesc.of(vector, VECTOR));
  }

  private void compare(Instruction i) {
    code.getstatic(OPERATORS, i.op().name(), COMPARISON);
    load(i.b());
    code.invokevirtual(reals, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
  }

  private void logic(Instruction i) {
    if (i.kind() == Kind.TRUTH) {
      load(i.b());
      String name = lowerCase(i.op());
      code.invokevirtual(MASK, name, MethodTypeDesc.of(MASK, MASK));
    } else {
      code.getstatic(OPERATORS, i.op().name(), ASSOCIATIVE);
      load(i.b());
      code.invokevirtual(wholes, "lanewise", MethodTypeDesc.of(wholes, BINARY, VECTOR));
    }
  }

  /// The operands change places: `no.blend(yes, mask)`.
  private void select(Instruction i) {
    code.pop();
    load(i.c());
    load(i.b());
    load(i.a());
    code.invokevirtual(reals, "blend", MethodTypeDesc.of(reals, VECTOR, MASK));
  }

  /// Where some element asks for it, through arrays; the compiler leaves that out as long as none
  /// ever did.
  private void callWhere(Instruction i) {
    Label none = code.newLabel();
    Label end = code.newLabel();
    ClassDesc array = element.realType().arrayType();
    code.invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(ConstantDescs.CD_boolean)).ifeq(none);
    species(reals);
    code.loadConstant((int) i.payload());
    load(i.a());
    ClassDesc truths = ConstantDescs.CD_boolean.arrayType();
    code.invokevirtual(MASK, "toArray", MethodTypeDesc.of(truths));
    load(i.b());
    code.invokevirtual(reals, "toArray", MethodTypeDesc.of(array));
    load(i.c());
    code.invokevirtual(reals, "toArray", MethodTypeDesc.of(array));
    code.invokestatic(
        ClassDesc.of("org.wengert.backend", "Fn"),
        "callWhere",
        MethodTypeDesc.of(array, ConstantDescs.CD_int, truths, array, array));
    code.iconst_0();
    code.invokestatic(
        reals, "fromArray", MethodTypeDesc.of(reals, SPECIES, array, ConstantDescs.CD_int));
    code.goto_(end).labelBinding(none);
    load(i.c());
    code.labelBinding(end);
  }

  private void shift(Instruction i) {
    code.getstatic(OPERATORS, i.op() == Primitive.SHL ? "LSHL" : "ASHR", BINARY);
    if (isFloat) {
      code.loadConstant((int) i.payload());
    } else {
      code.loadConstant(i.payload());
    }
    code.invokevirtual(wholes, "lanewise", MethodTypeDesc.of(wholes, BINARY, element.wholeType()));
  }

  @Override
  protected void store(int output, int place) {
    boolean isTruth = kind(place) == Kind.TRUTH;
    int array = shape.output(output);
    load(place);
    position(array);
    ClassDesc type = isTruth ? ConstantDescs.CD_boolean : element.realType();
    code.invokevirtual(
        isTruth ? MASK : reals,
        "intoArray",
        MethodTypeDesc.of(ConstantDescs.CD_void, type.arrayType(), ConstantDescs.CD_int));
  }

  @Override
  protected void advance() {
    code.iinc(LoopShape.FROM, lanes);
  }

  @Override
  protected void test(Label body) {
    code.iload(LoopShape.FROM).iload(LoopShape.TO).if_icmplt(body);
  }
}
