package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.backend.Element;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The first-order rule of a pointwise operation as one kernel over `gy`, the operands and `y`:
/// nobody writes it twice, and the gradient of `gelu` is one pass over memory. It is found by
/// running the rule on probes, see [Trace], and taken only if it gives the same bits as the rule on
/// these and on others, with infinities, `NaN`, zeros of both signs and tiny numbers among them. So
/// nothing but the time tells whether a gradient came from a kernel or from the rule.
///
/// Only the library's own operations are traced, since a user's rule may do more than compute, and
/// only when they have been differentiated a few times, since a kernel takes a while to compile.
///
/// Immutable.
final class Traced {
  private static final Backend KERNELS = Backends.current();
  private static final Tensor[] NOTHING = {};
  private static final Traced NONE = new Traced(null, new int[0]);
  private static final int MOST = 512; // distinct operations: each costs a few classes
  private static final double[] EDGES = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    3,
    -3,
    2,
    1e-30,
    -1e-30,
    1e-42,
    1e30,
    -1e30,
    9,
    -12,
    90,
    -110,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };
  private static final int PROBES = 96;

  private static final int BOTH = 2; // in the place of an operand: both of two, in one kernel
  private static final int PATIENCE = 8; // gradients by the rule before it is traced

  private static final ConcurrentHashMap<Key, Traced> FOUND = new ConcurrentHashMap<>();
  private static final Traced[] ELEMENTARY = unknown(2 * Elementary.values().length);
  private static final Traced[] ARITHMETIC = unknown(6 * Arithmetic.values().length);

  private final @Nullable Kernel kernel;
  private final int[] operands; // of the kernel: 0 is gy, then the step's, then y
  private int uses; // counted before the rule is traced, by several threads perhaps, roughly

  private record Key(Op op, int input, DType type) {}

  private Traced(@Nullable Kernel kernel, int[] operands) {
    this.kernel = kernel;
    this.operands = operands;
  }

  private static Traced[] unknown(int count) {
    Traced[] all = new Traced[count];
    Arrays.setAll(all, i -> new Traced(null, new int[0]));
    return all;
  }

  /// The gradient of operand `input`, of the shape of `gy`, or null if the rule must be asked.
  ///
  /// @param into what the gradient may overwrite, or null
  static @Nullable Tensor gradient(Op op, int input, Tensor gy, Step step, @Nullable Tensor into) {
    Traced traced = of(op, input, gy.dtype());
    Tensor[] found =
        traced.kernel == null ? NOTHING : traced.gradients(traced.kernel, gy, step, into);
    return found.length == 0 ? null : found[0];
  }

  /// The gradients of both operands, of the shape of `gy`, in one pass over what they are computed
  /// from; none if there is no such kernel.
  ///
  /// @param into what the last gradient may overwrite, or null
  static Tensor[] gradients(Op op, Tensor gy, Step step, @Nullable Tensor into) {
    Traced traced = op instanceof Op.Pointwise2 ? of(op, BOTH, gy.dtype()) : NONE;
    return traced.kernel == null ? NOTHING : traced.gradients(traced.kernel, gy, step, into);
  }

  private static Traced of(Op op, int input, DType type) {
    int width = type == DType.FLOAT32 ? 0 : 1;
    return switch (op) {
      case Elementary row -> in(ELEMENTARY, 2 * row.ordinal() + width, row, input, type);
      case Arithmetic row ->
          in(ARITHMETIC, 6 * row.ordinal() + 2 * input + width, row, input, type);
      case Op.Pointwise row -> shared(row, input, type);
      case Op.Pointwise2 row -> shared(row, input, type);
      default -> NONE;
    };
  }

  private static Traced in(Traced[] places, int place, Op op, int input, DType type) {
    Traced known = places[place];
    if (known.kernel == null && known != NONE && ++known.uses > PATIENCE) {
      known = found(op, input, type);
      places[place] = known;
    }
    return known;
  }

  private static Traced shared(Op op, int input, DType type) {
    if (!Confined.is(op)) {
      return NONE;
    }
    Key key = new Key(op, input, type);
    Traced known = FOUND.get(key);
    if (known == null) {
      if (FOUND.size() >= MOST) {
        FOUND.clear(); // operations with numbers that change each time make room for others
      }
      known = new Traced(null, new int[0]);
      FOUND.put(key, known);
    } else if (known.kernel == null && known != NONE && ++known.uses > PATIENCE) {
      known = found(op, input, type);
      FOUND.put(key, known);
    }
    return known;
  }

  /// How many operations with numbers of their own are known.
  static int sharedCount() {
    return FOUND.size();
  }

  private static Traced found(Op op, int input, DType type) {
    return input == BOTH
        ? found(formula(op, 0, type), formula(op, 1, type))
        : found(formula(op, input, type));
  }

  private static Traced found(@Nullable Expr... formulas) {
    TreeSet<Integer> inputs = new TreeSet<>();
    List<Expr> known = new ArrayList<>();
    for (Expr formula : formulas) {
      if (formula == null || formula.inputs().length == 0 || formula.isInput()) {
        return NONE;
      }
      known.add(formula);
      Arrays.stream(formula.inputs()).forEach(inputs::add);
    }
    int[] used = inputs.stream().mapToInt(Integer::intValue).toArray();
    Expr[] renumbered = new Expr[used[used.length - 1] + 1];
    Arrays.fill(renumbered, Expr.of(0));
    for (int k = 0; k < used.length; k++) {
      renumbered[used[k]] = Expr.input(k);
    }
    Expr[] outputs = new Expr[known.size()];
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = known.get(k).over(renumbered, new double[0]);
    }
    return new Traced(Kernel.of(outputs), used);
  }

  /// The rule's expression, checked; null if there is none.
  private static @Nullable Expr formula(Op op, int input, DType type) {
    return Watch.unobserved(() -> Autograd.noGrad(() -> checked(op, input, type)));
  }

  private static @Nullable Expr checked(Op op, int input, DType type) {
    Variable[] probes = probes(op, type, 1);
    Variable[] others = probes(op, type, 2);
    Trace trace = new Trace();
    for (int k = 0; k < probes.length; k++) {
      trace.input(probes[k], k);
    }
    Variable[] gradient = new Variable[1];
    Expr formula = trace.of(() -> gradient[0] = rule(op, input, probes));
    return formula != null
            && formula.kind() == Expr.Kind.REAL
            && agrees(formula, type, probes, gradient[0].value)
            && agrees(formula, type, others, rule(op, input, others).value)
        ? formula
        : null;
  }

  /// `gy`, the operands and `y`.
  private static Variable[] probes(Op op, DType type, long seed) {
    Rng random = new Rng(seed);
    Variable gy = probe(type, random);
    Variable a = probe(type, random);
    if (op instanceof Op.Unary unary) {
      return new Variable[] {gy, a, unary.apply(a)};
    }
    Variable b = probe(type, random);
    return new Variable[] {gy, a, b, ((Op.Binary) op).apply(a, b)};
  }

  private static Variable probe(DType type, Rng random) {
    Tensor probe = Tensor.zeros(Shape.of(PROBES), type);
    for (int i = 0; i < PROBES; i++) {
      double ordinary = 2 * random.nextGaussian();
      boolean isEdge = random.nextInt(2) == 0;
      probe.storage().put(i, isEdge ? EDGES[random.nextInt(EDGES.length)] : ordinary);
    }
    return new Constant(probe);
  }

  private static Variable rule(Op op, int input, Variable[] p) {
    if (op instanceof Op.Unary unary) {
      return unary.backward(p[0], p[1], p[2]);
    }
    Op.Binary binary = (Op.Binary) op;
    return input == 0 ? binary.left(p[0], p[1], p[2], p[3]) : binary.right(p[0], p[1], p[2], p[3]);
  }

  private static boolean agrees(Expr formula, DType type, Variable[] probes, Tensor expected) {
    if (!expected.shape().equals(probes[0].shape()) || expected.dtype() != type) {
      return false;
    }
    Kernel kernel = Kernel.of(formula);
    double[] numbers = new double[probes.length];
    for (int i = 0; i < PROBES; i++) {
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = probes[k].value.at(i);
      }
      double actual = kernel.values(Element.of(type), numbers)[0];
      if (Double.compare(actual, expected.at(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  private Tensor[] gradients(Kernel rule, Tensor gy, Step step, @Nullable Tensor into) {
    DType type = gy.dtype();
    Tensor[] xs = new Tensor[operands.length];
    for (int k = 0; k < xs.length; k++) {
      xs[k] = operand(operands[k], gy, step);
      if (xs[k].dtype() != type) {
        return NOTHING;
      }
    }
    Tensor[] ys = new Tensor[rule.outputs().size()];
    if (gy.count() == 1 && ys.length == 1 && xs.length <= 3) {
      ys[0] = single(rule, type, gy.shape(), xs);
      return ys;
    }
    for (int k = 0; k < xs.length; k++) {
      xs[k] = collapsed(xs[k]);
    }
    for (int k = 0; k < ys.length; k++) {
      boolean isLast = k == ys.length - 1;
      ys[k] = isLast && into != null ? into : Tensor.empty(gy.shape(), type);
    }
    KERNELS.compute(rule, Kernel.NO_SCALARS, type, ys, xs);
    return ys;
  }

  private static Tensor operand(int k, Tensor gy, Step step) {
    if (k == 0) {
      return gy;
    }
    return k <= step.inputCount() ? step.input(k - 1).value : step.value;
  }

  /// A number that was repeated over all axes, such as the gradient of a sum, as one number.
  private static Tensor collapsed(Tensor x) {
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.stride(axis) != 0 && x.size(axis) != 1) {
        return x;
      }
    }
    Tensor one = x;
    for (int axis = 0; axis < x.rank() && x.count() > 0; axis++) {
      one = one.slice(axis, 0, 1, 1);
    }
    return one.count() == 1 ? one.reshape(Shape.SCALAR) : x;
  }

  /// The same for one number, without the cost of finding out how operands lie.
  private static Tensor single(Kernel rule, DType type, Shape shape, Tensor[] xs) {
    Tensor y = Tensor.empty(shape, type);
    Loop loop = rule.loop(KERNELS.loops(), Element.of(type), 0);
    if (type == DType.FLOAT32) {
      FloatSingle.run(loop, y, xs);
    } else {
      DoubleSingle.run(loop, y, xs);
    }
    return y;
  }
}
