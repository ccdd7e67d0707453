package org.wengert.backend;

import java.lang.reflect.Array;
import java.util.List;
import org.wengert.backend.Expr.Kind;
import org.wengert.backend.Program.Instruction;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;

/// What expressions and kernels refuse, in words.
final class KernelRules {
  /// How many inputs or scalars may be numbered.
  static final int PLACES = 120;

  private static final int SLOTS = 255; // of the parameters of a method, in the JVM

  private KernelRules() {}

  /// The number of an input or a scalar.
  static int place(String what, int i) {
    if (i < 0 || i >= PLACES) {
      throw new OptionException(what + "(" + i + ") does not exist")
          .hint("they are numbered from 0 to " + (PLACES - 1) + "; begin with " + what + "(0)");
    }
    return i;
  }

  /// How far bits are shifted.
  static int shift(String what, int count) {
    if (count < 0 || count > 63) {
      throw new OptionException(what + "(" + count + ") shifts more bits than there are")
          .hint("the bits of a float shift by 0 to 31, those of a double by 0 to 63");
    }
    return count;
  }

  /// What stands at a place that an expression names.
  static void given(String what, long place, int count) {
    if (place >= count) {
      throw new OptionException(
              "the expression reads " + what + "(" + place + ") and " + count + " are given")
          .hint("give one " + what + " for each, up to the one with the highest number");
    }
  }

  static void coefficients(double... coefficients) {
    if (coefficients.length == 0) {
      throw new OptionException("a polynomial without coefficients")
          .hint("give at least one, the highest power's first: 0 is the polynomial 0");
    }
  }

  static void outputs(Expr... outputs) {
    if (outputs.length == 0) {
      throw new OptionException("a kernel of no expressions")
          .hint("give an expression for each output, as in Kernel.of(Expr.input(0).square())");
    }
  }

  /// What no loop can be written for.
  static void structure(Program structure) {
    for (int k = 0; k < structure.outputs().size(); k++) {
      if (structure.outputKind(k) == Kind.WHOLE) {
        throw new OptionException("output " + k + " of the kernel is a whole number")
            .hint("arrays hold numbers or truths: end with fromBits() or with a comparison");
      }
    }
    for (Instruction i : structure.instructions()) {
      if (i.op() == Primitive.INPUT && structure.inputKind((int) i.payload()) != i.kind()) {
        throw new OptionException("input " + i.payload() + " is read as a number and as a truth")
            .hint("it is one array: use input(" + i.payload() + ").ne(0) for the truth");
      }
    }
    int arrays = structure.outputs().size() + structure.inputs();
    int slots = 2 + 2 * arrays + 2 * structure.scalars();
    if (slots > SLOTS) {
      throw new OptionException(
              "a kernel of %d outputs, %d inputs and %d scalars"
                  .formatted(structure.outputs().size(), structure.inputs(), structure.scalars()))
          .hint("a loop takes at most 126 of them in all: make several kernels of it");
    }
  }

  /// Whether the loop of floats has these bits.
  static void width(Element element, Instruction i) {
    boolean isShift = i.op() == Primitive.SHL || i.op() == Primitive.SHR;
    if (isShift && element == Element.FLOAT && i.payload() > 31) {
      throw new OptionException("a shift by " + i.payload() + " in a loop of floats")
          .hint("the bits of a float shift by 0 to 31; run this kernel on doubles");
    }
  }

  /// Too few outputs, inputs or scalars.
  static OptionException counts(Kernel kernel, int outputs, int inputs, int scalars) {
    return new OptionException(
            "a kernel of %d outputs, %d inputs and %d scalars runs with %d, %d and %d"
                .formatted(
                    kernel.outputs().size(),
                    kernel.inputs(),
                    kernel.scalars(),
                    outputs,
                    inputs,
                    scalars))
        .hint("give an array for each output and input and a number for each scalar, in order");
  }

  /// Arrays of the wrong type.
  static void types(Kernel kernel, Element element, Object... arrays) {
    List<Expr> outputs = kernel.outputs();
    for (int k = 0; k < outputs.size() + kernel.inputs(); k++) {
      Kind kind = k < outputs.size() ? outputs.get(k).kind() : kernel.inputKind(k - outputs.size());
      Class<?> real = element == Element.FLOAT ? float[].class : double[].class;
      Class<?> wanted = kind == Kind.TRUTH ? boolean[].class : real;
      if (arrays[k].getClass() != wanted) {
        String given = arrays[k].getClass().getSimpleName();
        throw new OptionException("array " + k + " of the kernel's run is a " + given)
            .hint("it must be a " + wanted.getSimpleName() + ": outputs come first, then inputs");
      }
    }
  }

  /// Refuses ranges that leave their arrays, and an output that overlaps an input in part.
  static void ranges(int n, Object y, int yAt, Object a, int aAt) {
    range(n, y, yAt);
    range(n, a, aAt);
    if (y == a && yAt != aAt && Math.abs((long) yAt - aAt) < n) {
      throw new ShapeException(
              "the output from %d on overlaps the input from %d on in one array, %d elements each"
                  .formatted(yAt, aAt, n))
          .hint("let them be the same range, or apart: copy the input first");
    }
  }

  private static void range(int n, Object array, int at) {
    int length = Array.getLength(array);
    if (n < 0 || at < 0 || at > length - n) {
      throw new ShapeException(
              "a run over %d elements from %d on leaves a %s of %d elements"
                  .formatted(n, at, array.getClass().getSimpleName(), length))
          .hint("give a longer array, an earlier start, or fewer elements");
    }
  }

  /// Numbers where truths are read or made.
  static OptionException truths() {
    return new OptionException("the kernel reads or makes truths, and runs over numbers alone")
        .hint("call run(element, n, arrays, at), with a boolean[] for each truth");
  }
}
