package org.wengert.backend.vector;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.invoke.MethodHandles;
import org.wengert.backend.Element;
import org.wengert.backend.loop.ClassFileCompiler;
import org.wengert.backend.loop.LoopShape;

/// The compiler of loops in vector registers. What is left of a range that does not fill them is
/// done by the plain loop. Stateless and thread-safe.
final class VectorLoops extends ClassFileCompiler {
  static final VectorLoops INSTANCE = new VectorLoops();

  private VectorLoops() {
    super(1, MethodHandles.lookup());
  }

  @Override
  protected int lanes(Element element) {
    return element == Element.FLOAT ? Width.floats().length() : Width.doubles().length();
  }

  @Override
  protected boolean writeFast(LoopShape shape, ClassBuilder loop) {
    int lanes = lanes(shape.program().element());
    if (shape.hasSums()) {
      method("fast", shape, loop, c -> new VectorSums(shape, c, lanes, this).write());
      method("last", shape, loop, c -> new VectorRest(shape, c, lanes).write());
    } else {
      method("fast", shape, loop, c -> new VectorBody(shape, c, lanes).write());
    }
    return true;
  }

  /// Calls the method `last`, see [VectorRest].
  void callLast(LoopShape shape, CodeBuilder code) {
    call("last", shape, code);
  }
}
