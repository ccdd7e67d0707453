package org.wengert.backend.vector;

import java.lang.classfile.ClassBuilder;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.wengert.backend.Element;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.LoopShape;

/// The compiler of loops in vector registers. What is left of a range that does not fill them is
/// done by the plain loop. Stateless and thread-safe.
final class VectorLoops extends LoopCompiler {
  static final VectorLoops INSTANCE = new VectorLoops();

  private VectorLoops() {
    super(1, MethodHandles.lookup());
  }

  @Override
  protected int lanes(Element element) {
    return element == Element.FLOAT
        ? FloatVector.SPECIES_PREFERRED.length()
        : DoubleVector.SPECIES_PREFERRED.length();
  }

  @Override
  protected boolean writeFast(LoopShape shape, ClassBuilder loop) {
    int lanes = lanes(shape.program().element());
    fast(
        shape,
        loop,
        code -> {
          VectorBody body =
              shape.hasSums()
                  ? new VectorSums(shape, code, lanes)
                  : new VectorBody(shape, code, lanes);
          body.write();
          code.iload(LoopShape.FROM);
        });
    return true;
  }
}
