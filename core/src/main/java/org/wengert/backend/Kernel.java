package org.wengert.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Expr.Kind;
import org.wengert.tensor.OptionException;

/// A function of elements, or several over the same inputs, compiled to one loop: for each width,
/// for plain and for vector backends, and for each choice of inputs that are one number for a whole
/// run. Loops are made when they are first wanted, and kernels of the same structure are the same
/// kernel, so that a program has as many classes as it has different functions.
///
/// ```
/// Expr x = Expr.input(0);
/// Kernel swish = Kernel.of(x.mul(Fn.SIGMOID.of(x)));
/// swish.run(n, y, 0, xs, 0);
/// ```
///
/// Numbers that change from run to run, such as a learning rate, are scalars and need no new loop.
/// Thread-safe.
public final class Kernel {
  /// How many inputs, from the first on, can be one number for a whole run.
  public static final int HOLDABLE = 4;

  /// Nothing, for kernels without scalars.
  public static final double[] NO_SCALARS = {};

  private static final int CACHED = 1024;
  private static final Map<Program, Kernel> CACHE = new LinkedHashMap<>(64, 0.75f, true);

  private final List<Expr> outputs;
  private final Program structure;
  private final int masks;
  private final int inputs;
  private final int scalars;
  private final boolean isOfNumbers;
  private final @Nullable Loop[] loops;

  private Kernel(List<Expr> outputs, Program structure) {
    this.outputs = outputs;
    this.structure = structure;
    this.inputs = structure.inputs();
    this.scalars = structure.scalars();
    this.isOfNumbers =
        IntStream.range(0, inputs).allMatch(k -> structure.inputKind(k) == Kind.REAL)
            && outputs.stream().allMatch(output -> output.kind() == Kind.REAL);
    this.masks = 1 << Math.min(inputs, HOLDABLE);
    this.loops = new Loop[2 * Element.values().length * masks];
  }

  /// The kernel that computes these expressions.
  ///
  /// @throws OptionException if there is none, if one is a whole number, if an input is read as a
  ///     number and as a truth, or if a loop cannot take as many arrays
  public static Kernel of(Expr... outputs) {
    KernelRules.outputs(outputs);
    List<Expr> results = List.of(outputs);
    Program structure = Program.of(results, null);
    synchronized (CACHE) {
      Kernel known = CACHE.get(structure);
      if (known == null) {
        KernelRules.structure(structure);
        known = new Kernel(results, structure);
        CACHE.put(structure, known);
        if (CACHE.size() > CACHED) {
          CACHE.remove(CACHE.keySet().iterator().next());
        }
      }
      return known;
    }
  }

  /// The expressions.
  public List<Expr> outputs() {
    return outputs;
  }

  /// The number of inputs.
  public int inputs() {
    return inputs;
  }

  /// The number of scalars.
  public int scalars() {
    return scalars;
  }

  Kind inputKind(int input) {
    return structure.inputKind(input);
  }

  /// Refuses to run with too few arrays or numbers, for backends: loops do not check.
  ///
  /// @throws OptionException if outputs, inputs or scalars are missing
  public void check(int outputs, int inputs, int scalars) {
    if (outputs != this.outputs.size() || inputs < this.inputs || scalars < this.scalars) {
      throw KernelRules.counts(this, outputs, inputs, scalars);
    }
  }

  /// The loop for a width.
  ///
  /// @param held the inputs whose first element serves for the whole run, a bit for each of the
  ///     first four
  public Loop loop(LoopCompiler compiler, Element element, int held) {
    Objects.checkIndex(held, masks); // else it would be another width's loop
    int place = (compiler.rank() * Element.values().length + element.ordinal()) * masks + held;
    Loop loop = loops[place];
    return loop != null ? loop : compiled(compiler, element, held, place);
  }

  private synchronized Loop compiled(LoopCompiler compiler, Element element, int held, int place) {
    Loop loop = loops[place];
    if (loop == null) {
      loop = compiler.compile(Program.of(outputs, element).holding(held), 0);
      loops[place] = loop;
    }
    return loop;
  }

  /// The first output for one element, in `double`.
  public double value(double[] inputs, double... scalars) {
    return values(inputs, scalars)[0];
  }

  /// All outputs for one element, in `double`.
  public double[] values(double[] inputs, double... scalars) {
    return values(Element.DOUBLE, inputs, scalars);
  }

  /// All outputs for one element as loops of a width give them: numbers, or 0 and 1 for truths.
  public double[] values(Element element, double[] inputs, double... scalars) {
    check(outputs.size(), inputs.length, scalars.length);
    return Interpreter.run(outputs, element, inputs, scalars);
  }

  /// Refuses arrays or numbers that are missing, and loops over numbers where one is of truths.
  private Loop checked(Element element, int inputs, double[] scalars) {
    check(1, inputs, scalars.length);
    if (!isOfNumbers) {
      throw KernelRules.truths();
    }
    return loop(Backends.current().loops(), element, 0);
  }

  /// `y[i] = f(a[i])` for `n` elements from `yAt` and `aAt` on; `y` may be `a` at the same place.
  ///
  /// @throws OptionException if `f` has more outputs or inputs, or truths, or scalars are missing
  /// @throws org.wengert.tensor.ShapeException if a range leaves its array, or if in one array that
  ///     of the output overlaps that of an input in part; so for the other runs
  public void run(int n, float[] y, int yAt, float[] a, int aAt, double... scalars) {
    Loop loop = checked(Element.FLOAT, 1, scalars);
    KernelRules.ranges(n, y, yAt, a, aAt);
    loop.run(n, y, yAt, a, aAt, scalars);
  }

  /// `y[i] = f(a[i], b[i])` for `n` elements.
  public void run(
      int n, float[] y, int yAt, float[] a, int aAt, float[] b, int bAt, double... scalars) {
    Loop loop = checked(Element.FLOAT, 2, scalars);
    KernelRules.ranges(n, y, yAt, a, aAt);
    KernelRules.ranges(n, y, yAt, b, bAt);
    loop.run(n, y, yAt, a, aAt, b, bAt, scalars);
  }

  /// `y[i] = f(a[i])` for `n` elements.
  public void run(int n, double[] y, int yAt, double[] a, int aAt, double... scalars) {
    Loop loop = checked(Element.DOUBLE, 1, scalars);
    KernelRules.ranges(n, y, yAt, a, aAt);
    loop.run(n, y, yAt, a, aAt, scalars);
  }

  /// `y[i] = f(a[i], b[i])` for `n` elements.
  public void run(
      int n, double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, double... scalars) {
    Loop loop = checked(Element.DOUBLE, 2, scalars);
    KernelRules.ranges(n, y, yAt, a, aAt);
    KernelRules.ranges(n, y, yAt, b, bAt);
    loop.run(n, y, yAt, a, aAt, b, bAt, scalars);
  }

  /// Any number of outputs and inputs.
  ///
  /// @param arrays those of the outputs, then those of the inputs: `float[]` or `double[]` as
  ///     `element` says, and `boolean[]` for truths
  /// @param at where each range starts
  public void run(Element element, int n, Object[] arrays, int[] at, double... scalars) {
    int count = outputs.size();
    check(count, Math.min(arrays.length, at.length) - count, scalars.length);
    KernelRules.types(this, element, arrays);
    for (int output = 0; output < count; output++) {
      KernelRules.ranges(n, arrays[output], at[output], arrays[output], at[output]);
      for (int k = count; k < count + inputs; k++) {
        KernelRules.ranges(n, arrays[output], at[output], arrays[k], at[k]);
      }
    }
    loop(Backends.current().loops(), element, 0).run(n, arrays, at, scalars);
  }
}
