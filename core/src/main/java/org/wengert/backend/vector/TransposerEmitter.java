package org.wengert.backend.vector;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Writes the class of a [Transposer]: a square of as many vectors as a vector has lanes is
/// loaded, and for `h` = 1, 2, 4, ... every pair of vectors `i` and `i + h` exchanges the lanes in
/// which bit `h` differs; then it is stored.
///
/// ```java
/// FloatVector lower = v0.blend(v1.rearrange(EXCHANGE_1), UPPER_1);
/// v1 = v0.rearrange(EXCHANGE_1).blend(v1, UPPER_1);
/// v0 = lower;
/// ```
final class TransposerEmitter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc SHUFFLE = ClassDesc.of(PACKAGE + "VectorShuffle");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
  private static final ClassDesc ANY_VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc THIS = ClassDesc.of(TransposerEmitter.class.getName());

  // Local variables: the parameters of Transposer.run in their order, then the emitter's own.
  private static final int FROM = 1;
  private static final int AT = 2;
  private static final int COLUMN = 3;
  private static final int LAST = 4;
  private static final int TO = 5;
  private static final int TO_AT = 6;
  private static final int TO_ROW = 7;
  private static final int BLOCKS = 8;
  private static final int K = 9;
  private static final int LOWER = 10;
  private static final int OWN = 11;

  private final int lanes;
  private final ClassDesc vector;
  private final ClassDesc array;
  private final ClassDesc name;

  TransposerEmitter(LaneType element) {
    lanes = element.lanes();
    vector = ClassDesc.of(PACKAGE + element.vectorName());
    array = element.type().arrayType();
    name = ClassDesc.of(Transposer.class.getName() + element.vectorName());
  }

  /// Makes the class and its one instance.
  Transposer emit() {
    ClassDesc i = CD_int;
    MethodTypeDesc type = MethodTypeDesc.of(CD_void, CD_Object, i, i, i, CD_Object, i, i, i);
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                builder -> {
                  builder
                      .withFlags(AccessFlag.FINAL)
                      .withInterfaceSymbols(ClassDesc.of(Transposer.class.getName()))
                      .withMethodBody(INIT_NAME, MTD_void, 0, TransposerEmitter::constructor)
                      .withMethodBody(
                          CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, this::prepare)
                      .withMethodBody("run", type, ClassFile.ACC_PUBLIC, this::run);
                  for (int h = 1; h < lanes; h *= 2) {
                    int flags = ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
                    builder.withField("exchange" + h, SHUFFLE, flags);
                    builder.withField("upper" + h, MASK, flags);
                  }
                });
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return (Transposer) lookup.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a transposer does not load", e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  private void prepare(CodeBuilder code) {
    for (int h = 1; h < lanes; h *= 2) {
      code.getstatic(vector, "SPECIES_PREFERRED", SPECIES).loadConstant(h);
      code.invokestatic(THIS, "exchange", MethodTypeDesc.of(SHUFFLE, SPECIES, CD_int));
      code.putstatic(name, "exchange" + h, SHUFFLE);
      code.getstatic(vector, "SPECIES_PREFERRED", SPECIES).loadConstant(h);
      code.invokestatic(THIS, "upper", MethodTypeDesc.of(MASK, SPECIES, CD_int));
      code.putstatic(name, "upper" + h, MASK);
    }
    code.return_();
  }

  /// Lane `l` comes from lane `l ^ h`.
  static <E> VectorShuffle<E> exchange(VectorSpecies<E> species, int h) {
    return species.shuffleFromOp(lane -> lane ^ h);
  }

  /// The lanes whose number has bit `h`.
  static <E> VectorMask<E> upper(VectorSpecies<E> species, int h) {
    boolean[] bits = new boolean[species.length()];
    for (int lane = 0; lane < bits.length; lane++) {
      bits[lane] = (lane & h) != 0;
    }
    return species.loadMask(bits, 0);
  }

  private void run(CodeBuilder code) {
    code.aload(FROM).checkcast(array).astore(FROM);
    code.aload(TO).checkcast(array).astore(TO);
    for (int j = 0; j < lanes; j++) {
      code.loadConstant(j).iload(LAST);
      code.invokestatic(
          ClassDesc.of("java.lang.Math"), "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
      code.iload(COLUMN).imul().iload(AT).iadd().istore(OWN + j);
    }
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(K).iload(BLOCKS).loadConstant(lanes).imul().istore(BLOCKS);
    code.labelBinding(top).iload(K).iload(BLOCKS).if_icmpge(end);
    square(code);
    code.iinc(K, lanes).goto_(top).labelBinding(end).return_();
  }

  private void square(CodeBuilder code) {
    for (int j = 0; j < lanes; j++) {
      code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
      code.aload(FROM).iload(OWN + j).iload(K).iadd();
      code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int));
      code.astore(row(j));
    }
    for (int h = 1; h < lanes; h *= 2) {
      for (int j = 0; j < lanes; j++) {
        if ((j & h) == 0) {
          exchange(code, row(j), row(j + h), h);
        }
      }
    }
    for (int k = 0; k < lanes; k++) {
      code.aload(row(k)).aload(TO).iload(TO_AT);
      code.iload(K).loadConstant(k).iadd().iload(TO_ROW).imul().iadd();
      code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
    }
  }

  private int row(int j) {
    return OWN + lanes + j;
  }

  private void exchange(CodeBuilder code, int low, int high, int h) {
    code.aload(low);
    exchanged(code, high, h);
    blend(code, h).astore(LOWER);
    exchanged(code, low, h);
    code.aload(high);
    blend(code, h).astore(high);
    code.aload(LOWER).astore(low);
  }

  private void exchanged(CodeBuilder code, int row, int h) {
    code.aload(row).getstatic(name, "exchange" + h, SHUFFLE);
    code.invokevirtual(vector, "rearrange", MethodTypeDesc.of(vector, SHUFFLE));
  }

  private CodeBuilder blend(CodeBuilder code, int h) {
    code.getstatic(name, "upper" + h, MASK);
    return code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, ANY_VECTOR, MASK));
  }
}
