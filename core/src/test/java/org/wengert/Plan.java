package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A [Program] worked out: concrete calls whose operands fit, stay inside each function's domain
/// and away from kinks, and whose results stay moderate. The last call gives a scalar.
final class Plan {
  private static final int MOST_ELEMENTS = 64;
  private static final double[] OFFSETS = {0, 0.5, -0.5, 1.1, -1.1, 0.25, -0.25, 1.7, -1.7};

  final List<double[]> leaves = new ArrayList<>();
  final List<int[]> shapes = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();

  private final SplittableRandom random;
  private final List<Dual> values = new ArrayList<>();
  private final List<Integer> pool = new ArrayList<>();

  Plan(Program program) {
    random = new SplittableRandom(program.seed());
    for (List<Integer> leaf : program.leaves()) {
      double[] numbers = numbers(Dual.count(Call.sizes(leaf)));
      leaves.add(numbers);
      shapes.add(Call.sizes(leaf));
      pool.add(values.size());
      values.add(Dual.constant(Call.sizes(leaf), numbers));
    }
    for (Program.Instruction i : program.instructions()) {
      pool.add(tamed(perform(i)));
    }
    int last = weighed(pool.getLast());
    int other = weighed(pool.get(random.nextInt(pool.size())));
    emit(new Call.Zip(Pair.ADD, last, other));
  }

  /// Random numbers from -1.5 to 1.5.
  double[] numbers(int count) {
    return random.doubles(count, -1.5, 1.5).toArray();
  }

  /// The names of everything that happens.
  TreeSet<String> kinds() {
    return calls.stream().map(Call::kind).collect(Collectors.toCollection(TreeSet::new));
  }

  /// All values, given each leaf's direction.
  List<Dual> compute(List<double[]> directions) {
    List<Dual> results = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      results.add(Dual.variable(shapes.get(i), leaves.get(i), directions.get(i)));
    }
    for (Call call : calls) {
      results.add(call.compute(call.operands().stream().map(results::get).toList()));
    }
    return results;
  }

  private int[] shape(int x) {
    return values.get(x).shape;
  }

  private int emit(Call call) {
    calls.add(call);
    values.add(call.compute(call.operands().stream().map(values::get).toList()));
    return values.size() - 1;
  }

  private int operand(int back) {
    return pool.get(pool.size() - 1 - back % pool.size());
  }

  private int perform(Program.Instruction i) {
    int a = operand(i.a());
    int d = i.detail();
    return switch (i.kind()) {
      case CURVE -> curve(a, Curve.values()[d % Curve.values().length]);
      case PAIR -> pair(a, i.b(), Pair.values()[d % Pair.values().length]);
      case REDUCE -> reduce(a, d);
      case ALONG -> along(a, d);
      case MAT_MUL -> matMul(a, i.b());
      case RESHAPE -> reshape(a, d);
      case PERMUTE -> permute(a, d);
      case SLICE -> slice(a, d);
      case SELECT -> select(a, d);
      case JOIN -> join(a, i.b(), d);
      case EXPAND -> expand(a, d);
      case GATHER -> gather(a, d);
      case INDEX_SELECT -> indexSelect(a, d);
      case WHERE -> where(a, i.b(), d);
      case DETACH -> emit(new Call.Detach(a));
      case CONSTANT -> constant(Arrays.copyOf(shape(a), d % (shape(a).length + 1)));
    };
  }

  private int constant(int... shape) {
    List<Double> numbers = Arrays.stream(numbers(Dual.count(shape))).boxed().toList();
    return emit(new Call.Constant(Call.list(shape), numbers));
  }

  /// Large results are scaled down, so that a long program stays moderate.
  private int tamed(int x) {
    double largest = Arrays.stream(values.get(x).value).map(Math::abs).max().orElse(0);
    return largest > 3 ? emit(new Call.Affine(2 / largest, 0, x)) : x;
  }

  /// `Σ w x` with random weights.
  private int weighed(int x) {
    int product = emit(new Call.Zip(Pair.MUL, x, constant(shape(x))));
    return emit(new Call.Reduce(Call.Fold.SUM, List.of(), false, product));
  }

  private int curve(int a, Curve curve) {
    int x =
        switch (curve.domain) {
          case ANY -> a;
          case INSIDE -> emit(new Call.Affine(0.9, 0, emit(new Call.Map(Curve.TANH, a))));
          case POSITIVE -> positive(a);
          case OFF_ZERO -> emit(new Call.Affine(1, offset(values.get(a).value), a));
        };
    return emit(new Call.Map(curve, x));
  }

  private int positive(int a) {
    return emit(new Call.Affine(1, 0.5, emit(new Call.Map(Curve.SQUARE, a))));
  }

  /// What to add so that no number is near zero.
  private static double offset(double... numbers) {
    Comparator<Double> margin =
        Comparator.comparingDouble(
            by -> Arrays.stream(numbers).map(x -> Math.abs(x + by)).min().orElse(1));
    return Arrays.stream(OFFSETS).boxed().max(margin).orElseThrow();
  }

  private int pair(int a, int back, Pair pair) {
    int b = broadcasting(a, back);
    return switch (pair) {
      case ADD, SUB, MUL -> emit(new Call.Zip(pair, a, b));
      case DIV, ATAN2 -> emit(new Call.Zip(pair, a, positive(b)));
      case POW -> emit(new Call.Zip(pair, positive(a), emit(new Call.Map(Curve.TANH, b))));
      case MAXIMUM, MINIMUM -> {
        Dual difference = values.get(a).minus(values.get(b));
        int apart = emit(new Call.Affine(1, offset(difference.value), a));
        yield emit(new Call.Zip(pair, apart, b));
      }
    };
  }

  /// The first operand from `back` on that broadcasts with `a` to something small; `a` does.
  private int broadcasting(int a, int back) {
    return candidates(back)
        .filter(b -> isSmall(Dual.broadcast(shape(a), shape(b))))
        .findFirst()
        .orElse(a);
  }

  private static boolean isSmall(int... shape) {
    return shape != null && shape.length <= 3 && Dual.count(shape) <= MOST_ELEMENTS;
  }

  private Stream<Integer> candidates(int back) {
    return IntStream.range(0, pool.size()).mapToObj(i -> operand(back + i));
  }

  private int reduce(int a, int d) {
    Call.Fold fold = Call.Fold.values()[d % 6];
    int rank = shape(a).length;
    List<Integer> axes =
        IntStream.range(0, rank).filter(axis -> (d >> 4 & 1 << axis) != 0).boxed().toList();
    int x = fold == Call.Fold.AMAX || fold == Call.Fold.AMIN ? spread(a) : a;
    return emit(new Call.Reduce(fold, axes, (d >> 8 & 1) != 0, x));
  }

  private int along(int a, int d) {
    if (shape(a).length == 0) {
      return reduce(a, d);
    }
    Call.Fold[] folds = {Call.Fold.MAX, Call.Fold.SOFTMAX, Call.Fold.LOG_SOFTMAX};
    Call.Fold fold = folds[d % 3];
    int x = fold == Call.Fold.MAX ? spread(a) : a;
    return emit(new Call.Reduce(fold, List.of(d / 3 % shape(a).length), (d >> 8 & 1) != 0, x));
  }

  /// Keeps elements apart, so that none nearly equals the largest.
  private int spread(int a) {
    int[] order = IntStream.range(0, values.get(a).value.length).toArray();
    List<Double> ramp = Arrays.stream(order).mapToObj(i -> (i * 37 % 64) * 0.9).toList();
    int constant = emit(new Call.Constant(Call.list(shape(a)), ramp));
    return emit(new Call.Zip(Pair.ADD, a, constant));
  }

  private int matMul(int a, int back) {
    if (shape(a).length == 0) {
      return pair(a, back, Pair.MUL);
    }
    int b = candidates(back).filter(x -> multiplies(shape(a), shape(x))).findFirst().orElse(-1);
    if (b < 0) {
      int rank = shape(a).length;
      b = rank == 1 ? a : permuted(a, rank - 1, rank - 2);
    }
    return emit(new Call.MatMul(a, b));
  }

  private static boolean multiplies(int[] a, int... b) {
    if (b.length == 0 || a[a.length - 1] != b[Math.max(0, b.length - 2)]) {
      return false;
    }
    return a.length < 3 || b.length < 3 || a[0] == b[0] || a[0] == 1 || b[0] == 1;
  }

  /// Two axes exchanged.
  private int permuted(int a, int i, int j) {
    List<Integer> order = new ArrayList<>(Call.list(IntStream.range(0, shape(a).length).toArray()));
    Collections.swap(order, i, j);
    return emit(new Call.Moved(new Move.Permute(order), a));
  }

  private int reshape(int a, int d) {
    int count = Dual.count(shape(a));
    int[] reversed = shape(a).clone();
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = shape(a)[reversed.length - 1 - i];
    }
    List<List<Integer>> choices =
        List.of(
            List.of(count),
            List.of(1, count),
            List.of(count, 1),
            Call.list(reversed),
            count % 2 == 0 ? List.of(2, count / 2) : List.of(1, count, 1));
    return emit(new Call.Moved(new Move.Reshape(choices.get(d % choices.size())), a));
  }

  private int permute(int a, int d) {
    int rank = shape(a).length;
    return rank < 2 ? reshape(a, d) : permuted(a, d % rank, (d + 1 + d / 7 % (rank - 1)) % rank);
  }

  private int slice(int a, int d) {
    if (shape(a).length == 0) {
      return reshape(a, d);
    }
    int axis = d % shape(a).length;
    int size = shape(a)[axis];
    int from = d / 3 % size;
    int to = from + 1 + d / 12 % (size - from);
    return emit(new Call.Moved(new Move.Slice(axis, from, to, 1 + d / 48 % 2), a));
  }

  private int select(int a, int d) {
    if (shape(a).length == 0) {
      return reshape(a, d);
    }
    int axis = d % shape(a).length;
    return emit(new Call.Moved(new Move.Select(axis, d / 3 % shape(a)[axis]), a));
  }

  private int join(int a, int back, int d) {
    boolean stacked = shape(a).length == 0 || d % 2 == 0 && shape(a).length < 3;
    int axis = d / 2 % (shape(a).length + (stacked ? 1 : 0));
    if (2 * Dual.count(shape(a)) > MOST_ELEMENTS) {
      return select(a, d);
    }
    int b =
        candidates(back)
            .filter(x -> continues(shape(a), stacked ? -1 : axis, shape(x)))
            .findFirst()
            .orElse(a);
    return emit(new Call.Join(stacked, axis, List.of(a, b)));
  }

  private static boolean continues(int[] a, int axis, int... b) {
    int[] other = b.clone();
    if (axis >= 0 && b.length == a.length) {
      other[axis] = a[axis];
    }
    return Arrays.equals(a, other) && Dual.count(a) + Dual.count(b) <= MOST_ELEMENTS;
  }

  private int expand(int a, int d) {
    int[] to = shape(a).clone();
    for (int axis = 0; axis < to.length; axis++) {
      to[axis] = to[axis] == 1 ? 1 + (d >> 2 * axis & 3) : to[axis];
    }
    int[] longer = IntStream.concat(IntStream.of(1 + d % 3), Arrays.stream(to)).toArray();
    int[] wanted = isSmall(longer) ? longer : to;
    return isSmall(wanted)
        ? emit(new Call.Moved(new Move.Expand(Call.list(wanted)), a))
        : select(a, d);
  }

  private int gather(int a, int d) {
    if (shape(a).length == 0) {
      return reshape(a, d);
    }
    int axis = d % shape(a).length;
    int[] shape = Arrays.stream(shape(a)).map(size -> 1 + random.nextInt(size)).toArray();
    shape[axis] = 1 + random.nextInt(4);
    int size = shape(a)[axis];
    List<Long> positions = random.longs(Dual.count(shape), 0, size).boxed().toList();
    return emit(new Call.Moved(new Move.Gather(axis, Call.list(shape), positions), a));
  }

  private int indexSelect(int a, int d) {
    if (shape(a).length == 0) {
      return reshape(a, d);
    }
    int axis = d % shape(a).length;
    int[] positions = random.ints(1 + d / 3 % 4, 0, shape(a)[axis]).toArray();
    return emit(new Call.Moved(new Move.IndexSelect(axis, Call.list(positions)), a));
  }

  private int where(int a, int back, int d) {
    int b = broadcasting(a, back);
    int[] shape = Dual.broadcast(shape(a), shape(b));
    List<Boolean> condition =
        IntStream.range(0, Dual.count(shape)).mapToObj(i -> (d >> i % 13 & 1) != 0).toList();
    return emit(new Call.Where(Call.list(shape), condition, a, b));
  }
}
