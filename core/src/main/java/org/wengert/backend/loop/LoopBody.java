package org.wengert.backend.loop;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;
import org.wengert.backend.Expr;
import org.wengert.backend.Program.Instruction;

/// Writes the code of a loop: what a run needs once, then from [LoopShape#FROM] on, while it
/// lasts, every value into a local variable of its own and the results into their arrays. What a
/// value is, an element or a vector of them, is up to the subclass.
public abstract class LoopBody {
  /// What is computed, and from which parameters.
  protected final LoopShape shape;

  /// Where the code goes.
  protected final CodeBuilder code;

  private final List<Integer> locals = new ArrayList<>();

  /// A body to be written into `code`.
  protected LoopBody(LoopShape shape, CodeBuilder code) {
    this.shape = shape;
    this.code = code;
  }

  /// Writes the loop; its index is left in [LoopShape#FROM].
  public void write() {
    begin();
    Label test = code.newLabel();
    Label body = code.newLabel();
    code.goto_(test).labelBinding(body);
    step();
    code.labelBinding(test);
    test(body);
  }

  /// Writes what comes before the loop.
  protected final void begin() {
    List<Instruction> all = shape.program().instructions();
    for (int k = 0; k < all.size(); k++) {
      locals.add(code.allocateLocal(shape.program().element().local(Expr.Kind.REAL)));
    }
    prepare();
    for (int k = 0; k < all.size(); k++) {
      if (isOnce(all.get(k))) {
        once(all.get(k), locals.get(k));
      }
    }
  }

  /// Writes one step of the loop: all values, the outputs, and the way to the next step.
  protected final void step() {
    List<Instruction> all = shape.program().instructions();
    for (int k = 0; k < all.size(); k++) {
      if (!isOnce(all.get(k))) {
        value(all.get(k), locals.get(k));
      }
    }
    for (int k = 0; k < shape.program().outputs().size(); k++) {
      store(k, shape.program().outputs().get(k));
    }
    advance();
  }

  /// The local variable of the value at a place.
  protected final int local(int place) {
    return locals.get(place);
  }

  /// The kind of the value at a place.
  protected final Expr.Kind kind(int place) {
    return shape.program().instructions().get(place).kind();
  }

  /// Puts where a range is now, from its array on, on the stack.
  protected final void position(int arrayLocal) {
    code.aload(arrayLocal).iload(arrayLocal + 1).iload(LoopShape.FROM).iadd();
  }

  /// Code in front of everything else.
  protected void prepare() {}

  /// Whether a value is computed before the loop.
  protected abstract boolean isOnce(Instruction i);

  /// Code before the loop that stores a value.
  protected abstract void once(Instruction i, int local);

  /// Code that stores a value.
  protected abstract void value(Instruction i, int local);

  /// Code that stores a value into an output.
  protected abstract void store(int output, int place);

  /// Code that moves the index on.
  protected abstract void advance();

  /// Code that jumps to `body` while there is more.
  protected abstract void test(Label body);
}
