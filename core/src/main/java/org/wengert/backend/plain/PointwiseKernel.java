package org.wengert.backend.plain;

import org.wengert.backend.Element;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Runs the loop of a [Kernel] over tensors. Operands without gaps, and single numbers, go through
/// in one run, cut into chunks for several threads when it is long; others in runs along the
/// innermost axes, behind a copy where the elements of a run are not neighbours.
///
/// The choices depend on the shapes alone, and no bit depends on them.
final class PointwiseKernel {
  private static final int CHUNK = 1 << 14; // elements; below two of these, one thread is faster

  private PointwiseKernel() {}

  static Tensor map(LoopCompiler compiler, Kernel f, double[] scalars, Tensor x) {
    f.check(1, 1, scalars.length);
    DType type = x.dtype().toFloating();
    Tensor from = x.to(type);
    Tensor y = Tensor.empty(from.shape(), resultType(f, type));
    if (y.count() >= 2 * CHUNK || !from.isContiguous()) {
      run(compiler, f, scalars, type, new Tensor[] {y}, from);
      return y;
    }
    Loop loop = f.loop(compiler, Element.of(type), 0);
    int n = y.count();
    int i = from.offset();
    if (y.dtype() == DType.BOOL) {
      run(compiler, f, scalars, type, new Tensor[] {y}, from);
    } else if (type == DType.FLOAT32) {
      loop.run(n, floats(y), 0, floats(from), i, scalars);
    } else {
      loop.run(n, doubles(y), 0, doubles(from), i, scalars);
    }
    return y;
  }

  static Tensor zip(
      LoopCompiler compiler,
      Kernel f,
      double[] scalars,
      Tensor a,
      Tensor b,
      Shape shape,
      DType type) {
    f.check(1, 2, scalars.length);
    Tensor left = a.to(type);
    Tensor right = b.to(type);
    Tensor y = Tensor.empty(shape, resultType(f, type));
    int held = y.count() >= 2 * CHUNK ? -1 : held(y, left, 0) | held(y, right, 1);
    if (held < 0 || y.dtype() == DType.BOOL) {
      run(compiler, f, scalars, type, new Tensor[] {y}, left, right);
      return y;
    }
    Loop loop = f.loop(compiler, Element.of(type), held);
    int n = y.count();
    int i = left.offset();
    int j = right.offset();
    if (type == DType.FLOAT32) {
      loop.run(n, floats(y), 0, floats(left), i, floats(right), j, scalars);
    } else {
      loop.run(n, doubles(y), 0, doubles(left), i, doubles(right), j, scalars);
    }
    return y;
  }

  private static float[] floats(Tensor x) {
    return ((Storage.Floats) x.storage()).array();
  }

  private static double[] doubles(Tensor x) {
    return ((Storage.Doubles) x.storage()).array();
  }

  private static DType resultType(Kernel f, DType type) {
    return f.outputs().getFirst().kind() == Expr.Kind.TRUTH ? DType.BOOL : type;
  }

  /// 0 if the operand goes through in one run beside `y`, the bit of its place if it is one number,
  /// or -1.
  private static int held(Tensor y, Tensor x, int place) {
    if (x.count() == y.count()) {
      return x.isContiguous() ? 0 : -1;
    }
    return x.count() == 1 && place < Kernel.HOLDABLE ? 1 << place : -1;
  }

  /// Overwrites all of `ys`, which have the same shape and no gaps. The inputs broadcast to it, and
  /// have the type `type`, or are truths.
  static void run(
      LoopCompiler compiler, Kernel f, double[] scalars, DType type, Tensor[] ys, Tensor... xs) {
    f.check(ys.length, xs.length, scalars.length);
    Tensor y = ys[0];
    if (y.count() == 0) {
      return;
    }
    int held = 0;
    for (int k = 0; k < xs.length && held >= 0; k++) {
      held |= held(y, xs[k], k);
    }
    Element element = Element.of(type);
    if (held >= 0) {
      new Whole(f.loop(compiler, element, held), held, scalars, ys, xs).run();
    } else {
      strided(compiler, f, scalars, element, ys, xs);
    }
  }

  private static void strided(
      LoopCompiler compiler,
      Kernel f,
      double[] scalars,
      Element element,
      Tensor[] ys,
      Tensor[] xs) {
    int rows = ys[0].size(0);
    int parts = Math.min(rows, ys[0].count() / CHUNK);
    if (parts < 2) {
      runs(compiler, f, scalars, element, ys, xs);
      return;
    }
    Shape shape = ys[0].shape();
    Workers.forEach(
        parts,
        part -> {
          int from = (int) ((long) rows * part / parts);
          int to = (int) ((long) rows * (part + 1) / parts);
          Tensor[] outputs = sliced(shape, from, to, ys);
          runs(compiler, f, scalars, element, outputs, sliced(shape, from, to, xs));
        });
  }

  private static Tensor[] sliced(Shape shape, int from, int to, Tensor[] all) {
    Tensor[] parts = new Tensor[all.length];
    for (int k = 0; k < parts.length; k++) {
      parts[k] = all[k].expand(shape).slice(0, from, to, 1);
    }
    return parts;
  }

  private static void runs(
      LoopCompiler compiler,
      Kernel f,
      double[] scalars,
      Element element,
      Tensor[] ys,
      Tensor[] xs) {
    Tensor[] all = new Tensor[ys.length + xs.length];
    System.arraycopy(ys, 0, all, 0, ys.length);
    System.arraycopy(xs, 0, all, ys.length, xs.length);
    Nest nest = Nest.over(ys[0].shape(), all);
    int held = 0;
    boolean copied = false;
    for (int k = 0; k < xs.length; k++) {
      int step = nest.step(ys.length + k);
      boolean isHeld = step == 0 && nest.length() > 1;
      if (isHeld && k < Kernel.HOLDABLE) {
        held |= 1 << k;
      } else if (isHeld || step != 0 && step != 1 && nest.length() > 1) {
        all[ys.length + k] = isHeld ? xs[k].expand(ys[0].shape()).copy() : xs[k].copy();
        copied = true;
      }
    }
    nest = copied ? Nest.over(ys[0].shape(), all) : nest;
    Loop loop = f.loop(compiler, element, held);
    Object[] arrays = arrays(all);
    int length = nest.length();
    nest.forEachRun(at -> loop.run(length, arrays, at, scalars));
  }

  private static Object[] arrays(Tensor[] all) {
    Object[] arrays = new Object[all.length];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = Elements.array(all[k].storage());
    }
    return arrays;
  }

  /// One run over all elements, or a chunk of them.
  ///
  /// @param held the inputs that are one number
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  private record Whole(Loop loop, int held, double[] scalars, Tensor[] ys, Tensor[] xs) {
    void run() {
      int n = ys[0].count();
      int chunks = Math.max(1, n / CHUNK);
      Object[] arrays = new Object[ys.length + xs.length];
      for (int k = 0; k < arrays.length; k++) {
        arrays[k] = Elements.array(tensor(k).storage());
      }
      if (chunks == 1) {
        loop.run(n, arrays, starts(0), scalars);
      } else {
        Workers.forEach(
            chunks,
            chunk -> {
              int from = chunk * CHUNK;
              int to = chunk == chunks - 1 ? n : from + CHUNK;
              loop.run(to - from, arrays, starts(from), scalars);
            });
      }
    }

    private Tensor tensor(int k) {
      return k < ys.length ? ys[k] : xs[k - ys.length];
    }

    private int[] starts(int from) {
      int[] at = new int[ys.length + xs.length];
      for (int k = 0; k < at.length; k++) {
        boolean isHeld = k >= ys.length && (held >> (k - ys.length) & 1) == 1;
        at[k] = tensor(k).offset() + (isHeld ? 0 : from);
      }
      return at;
    }
  }
}
