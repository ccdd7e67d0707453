package org.wengert.backend.loop;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.wengert.backend.Element;
import org.wengert.backend.Expr;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Program;
import org.wengert.tensor.OptionException;

/// Makes loops: a hidden class for each, with a method in plain Java and, in a subclass, one in
/// vector registers, whose bits are the same. A class takes about half a millisecond.
///
/// Stateless and thread-safe.
public class ClassFileCompiler implements LoopCompiler {
  /// The compiler of plain loops.
  public static final ClassFileCompiler PLAIN = new ClassFileCompiler(0, MethodHandles.lookup());

  /// How many elements of a range a vector loop gets that is not compiled yet.
  private static final int SLICE = 256;

  /// From so many tries on, or when one was fast, a vector loop gets all.
  private static final int TRIES = 1 << 15;

  private static final ClassDesc SELF = ClassFileCompiler.class.describeConstable().orElseThrow();
  private static final ClassDesc LOOP = Loop.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc GENERAL =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_int,
          ConstantDescs.CD_Object.arrayType(),
          ConstantDescs.CD_int.arrayType(),
          ConstantDescs.CD_double.arrayType());
  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final MethodTypeDesc INTS =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc TRIED =
      MethodTypeDesc.of(
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);
  private static final int STATIC = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;

  private final int rank;
  private final MethodHandles.Lookup lookup;
  private final ClassDesc name;

  /// A compiler that defines its classes in the package of `lookup`.
  ///
  /// @param rank its place among the compilers: 0 for plain loops, 1 for vector loops
  protected ClassFileCompiler(int rank, MethodHandles.Lookup lookup) {
    this.rank = rank;
    this.lookup = lookup;
    this.name = ClassDesc.of(lookup.lookupClass().getPackageName(), "Generated");
  }

  @Override
  public final int rank() {
    return rank;
  }

  /// Writes a method `int fast(from, to, ...)` that computes elements from `from` on, and returns
  /// the index of the first that it left. Not asked for a program that calls functions.
  ///
  /// @return whether there is one
  protected boolean writeFast(LoopShape shape, ClassBuilder loop) {
    return false;
  }

  /// How many elements the method `fast` computes at once.
  protected int lanes(Element element) {
    return 1;
  }

  /// Writes a method with the parameters of a loop, whose body puts an index on the stack.
  protected final void method(
      String method, LoopShape shape, ClassBuilder loop, Consumer<CodeBuilder> body) {
    loop.withMethodBody(
        method,
        shape.method(ConstantDescs.CD_int),
        STATIC,
        c -> {
          body.accept(c);
          c.ireturn();
        });
  }

  @Override
  public final Loop compile(Program program, int sums) {
    LoopShape shape = new LoopShape(program, sums);
    byte[] bytes = bytes(shape);
    try {
      Class<?> type = lookup.defineHiddenClass(bytes, true).lookupClass();
      return (Loop) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated loop does not load", e);
    }
  }

  private byte[] bytes(LoopShape shape) {
    try {
      return ClassFile.of().build(name, loop -> write(shape, loop));
    } catch (IllegalArgumentException e) { // what the JDK throws for methods beyond 64 KB
      int values = shape.program().instructions().size();
      OptionException refusal =
          new OptionException("a kernel of " + values + " values is too long for one loop")
              .hint("let several kernels compute parts of it; some 2,000 values fit");
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private void write(LoopShape shape, ClassBuilder loop) {
    loop.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
        .withSuperclass(LOOP);
    loop.withMethodBody(
        ConstantDescs.INIT_NAME,
        ConstantDescs.MTD_void,
        ClassFile.ACC_PUBLIC,
        c ->
            c.aload(0)
                .invokespecial(LOOP, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
    MethodTypeDesc type = shape.method(ConstantDescs.CD_void);
    loop.withMethodBody(
        "plain",
        type,
        STATIC,
        c -> {
          new PlainBody(shape, c).write();
          c.return_();
        });
    String entry = "plain";
    if (!shape.program().hasCalls() && writeFast(shape, loop)) {
      entry = "all";
      loop.withField("tries", ConstantDescs.CD_int, STATIC);
      loop.withMethodBody("cold", type, STATIC, c -> cold(shape, c));
      loop.withMethodBody("all", type, STATIC, c -> both(shape, c));
    }
    writeEntries(shape, entry, loop);
  }

  /// The fast method, then, for what it left, the fast one once more over the last elements, some
  /// for the second time; or the plain one if these are too few, or no longer what they were since
  /// an output replaces an input.
  private void both(LoopShape shape, CodeBuilder c) {
    int start = c.allocateLocal(TypeKind.INT);
    Label end = c.newLabel();
    Label plain = c.newLabel();
    if (!shape.hasSums()) {
      Label warm = c.newLabel();
      tries(c).loadConstant(TRIES).if_icmpge(warm);
      call("cold", shape, c, ConstantDescs.CD_void);
      c.return_().labelBinding(warm);
    }
    c.iload(LoopShape.FROM).istore(start);
    call("fast", shape, c);
    c.istore(LoopShape.FROM);
    c.iload(LoopShape.FROM).iload(LoopShape.TO).if_icmpge(end);
    int lanes = lanes(shape.program().element());
    c.iload(LoopShape.TO).loadConstant(lanes).isub().iload(start).if_icmplt(plain);
    for (int output = 0; output < shape.program().outputs().size(); output++) {
      for (int input = 0; input < shape.program().inputs(); input++) {
        c.aload(shape.output(output)).aload(shape.input(input)).if_acmpeq(plain);
      }
    }
    c.iload(LoopShape.TO).loadConstant(lanes).isub().istore(LoopShape.FROM);
    call("fast", shape, c);
    c.pop().return_();
    c.labelBinding(plain);
    call("plain", shape, c, ConstantDescs.CD_void);
    c.labelBinding(end).return_();
  }

  /// Until the virtual machine has compiled the fast method, that one takes microseconds for each
  /// operation: then it gets the first elements of a range only, which is how it comes to be
  /// compiled, and the plain one the others. The bits are the same.
  private void cold(LoopShape shape, CodeBuilder c) {
    int clock = c.allocateLocal(TypeKind.LONG);
    int start = c.allocateLocal(TypeKind.INT);
    int end = c.allocateLocal(TypeKind.INT);
    c.invokestatic(SYSTEM, "nanoTime", MethodTypeDesc.of(ConstantDescs.CD_long)).lstore(clock);
    c.iload(LoopShape.FROM).istore(start).iload(LoopShape.TO).istore(end);
    c.iload(LoopShape.TO).iload(LoopShape.FROM).loadConstant(SLICE).iadd();
    c.invokestatic(MATH, "min", INTS).istore(LoopShape.TO);
    call("fast", shape, c);
    c.istore(LoopShape.FROM);
    Program program = shape.program();
    int registers = SLICE / lanes(program.element());
    tries(c).lload(clock).iload(LoopShape.FROM).iload(start).isub();
    c.loadConstant(registers * program.instructions().size());
    c.invokestatic(SELF, "tried", TRIED).putstatic(name, "tries", ConstantDescs.CD_int);
    c.iload(end).istore(LoopShape.TO);
    call("plain", shape, c, ConstantDescs.CD_void);
    c.return_();
  }

  /// How many tries a vector loop has made; called by the generated ones.
  ///
  /// @param tries without this one
  /// @param start when it started
  /// @param elements how many it computed
  /// @param operations how many operations on registers it took
  public static int tried(int tries, long start, int elements, int operations) {
    // Compiled, an operation takes half a nanosecond; interpreted, or compiled in haste, over 50.
    boolean isFast = System.nanoTime() - start < 500 + 2L * operations;
    return elements == SLICE && isFast ? TRIES : tries + 1;
  }

  private CodeBuilder tries(CodeBuilder c) {
    return c.getstatic(name, "tries", ConstantDescs.CD_int);
  }

  /// Calls a method that [#method] wrote, with the present values of the parameters.
  protected final void call(String method, LoopShape shape, CodeBuilder c) {
    call(method, shape, c, ConstantDescs.CD_int);
  }

  private void call(String method, LoopShape shape, CodeBuilder c, ClassDesc result) {
    parameters(shape, c);
    c.invokestatic(name, method, shape.method(result));
  }

  private static void parameters(LoopShape shape, CodeBuilder c) {
    MethodTypeDesc type = shape.method(ConstantDescs.CD_void);
    int slot = 0;
    for (ClassDesc parameter : type.parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      c.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
  }

  private void writeEntries(LoopShape shape, String entry, ClassBuilder loop) {
    loop.withMethodBody("run", GENERAL, ClassFile.ACC_PUBLIC, c -> general(shape, entry, c));
    Program program = shape.program();
    int inputs = program.inputs();
    for (int array = 0; array < shape.arrays(); array++) {
      if (shape.arrayKind(array) != Expr.Kind.REAL) {
        return;
      }
    }
    if (program.outputs().size() == 1 && inputs >= 1 && inputs <= 3) {
      MethodTypeDesc type = direct(shape);
      loop.withMethodBody("run", type, ClassFile.ACC_PUBLIC, c -> direct(shape, entry, c));
    }
  }

  /// From arrays of arrays.
  private void general(LoopShape shape, String entry, CodeBuilder c) {
    c.iconst_0().iload(1);
    scalars(shape, 4, c);
    for (int array = 0; array < shape.arrays(); array++) {
      c.aload(2).loadConstant(array).aaload().checkcast(shape.arrayType(array));
      c.aload(3).loadConstant(array).iaload();
    }
    c.invokestatic(name, entry, shape.method(ConstantDescs.CD_void)).return_();
  }

  private static MethodTypeDesc direct(LoopShape shape) {
    List<ClassDesc> types = new ArrayList<>();
    types.add(ConstantDescs.CD_int);
    for (int array = 0; array < shape.arrays(); array++) {
      types.add(shape.arrayType(array));
      types.add(ConstantDescs.CD_int);
    }
    types.add(ConstantDescs.CD_double.arrayType());
    return MethodTypeDesc.of(ConstantDescs.CD_void, types);
  }

  private void direct(LoopShape shape, String entry, CodeBuilder c) {
    c.iconst_0().iload(1);
    scalars(shape, 2 + 2 * shape.arrays(), c);
    for (int array = 0; array < shape.arrays(); array++) {
      c.aload(2 + 2 * array).iload(3 + 2 * array);
    }
    c.invokestatic(name, entry, shape.method(ConstantDescs.CD_void)).return_();
  }

  private static void scalars(LoopShape shape, int local, CodeBuilder c) {
    for (int j = 0; j < shape.program().scalars(); j++) {
      c.aload(local).loadConstant(j).daload();
      if (shape.program().element() == Element.FLOAT) {
        c.d2f();
      }
    }
  }
}
