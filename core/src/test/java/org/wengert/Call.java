package org.wengert;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// One call in a random program: the same thing said twice, to the library and in plain loops.
sealed interface Call {
  /// Which earlier values it takes.
  List<Integer> operands();

  /// What the library does.
  Variable record(List<Variable> xs);

  /// What the textbook does.
  Dual compute(List<Dual> xs);

  /// The name under which coverage is counted.
  default String kind() {
    return getClass().getSimpleName();
  }

  /// Numbers that are no operand's.
  record Constant(List<Integer> shape, List<Double> numbers) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of();
    }

    @Override
    public Variable record(List<Variable> xs) {
      return Variable.constant(Tensor.of(array(numbers)).reshape(Shape.of(sizes(shape))));
    }

    @Override
    public Dual compute(List<Dual> xs) {
      return Dual.constant(sizes(shape), array(numbers));
    }
  }

  /// A function of one number.
  record Map(Curve curve, int x) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }

    @Override
    public Variable record(List<Variable> xs) {
      return curve.function.apply(xs.getFirst());
    }

    @Override
    public Dual compute(List<Dual> xs) {
      return xs.getFirst().map(curve.value, curve.derivative);
    }

    @Override
    public String kind() {
      return curve.name();
    }
  }

  /// A function of two numbers.
  record Zip(Pair pair, int a, int b) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(a, b);
    }

    @Override
    public Variable record(List<Variable> xs) {
      return pair.function.apply(xs.get(0), xs.get(1));
    }

    @Override
    public Dual compute(List<Dual> xs) {
      return xs.get(0).zip(xs.get(1), pair.value, pair.byA, pair.byB);
    }

    @Override
    public String kind() {
      return pair.name();
    }
  }

  /// `x · factor + summand`.
  record Affine(double factor, double summand, int x) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }

    @Override
    public Variable record(List<Variable> xs) {
      return xs.getFirst().mul(factor).add(summand);
    }

    @Override
    public Dual compute(List<Dual> xs) {
      return xs.getFirst().map(x -> x * factor + summand, (x, y) -> factor);
    }
  }

  /// What folds axes, or works along one.
  enum Fold {
    SUM,
    MEAN,
    AMAX,
    AMIN,
    VAR,
    LOG_SUM_EXP,
    MAX,
    SOFTMAX,
    LOG_SOFTMAX
  }

  /// A reduction over axes, or a function along the first of them.
  record Reduce(Fold fold, List<Integer> axes, boolean keep, int x) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }

    @Override
    public Variable record(List<Variable> xs) {
      Variable x = xs.getFirst();
      int[] over = sizes(axes);
      return switch (fold) {
        case SUM -> F.sum(x, keep, over);
        case MEAN -> F.mean(x, keep, over);
        case AMAX -> F.amax(x, keep, over);
        case AMIN -> F.amin(x, keep, over);
        case VAR -> F.var(x, 0, keep, over);
        case LOG_SUM_EXP -> F.logSumExp(x, keep, over);
        case MAX -> F.max(x, over[0], keep).values();
        case SOFTMAX -> F.softmax(x, over[0]);
        case LOG_SOFTMAX -> F.logSoftmax(x, over[0]);
      };
    }

    @Override
    public Dual compute(List<Dual> xs) {
      Dual x = xs.getFirst();
      boolean[] over = new boolean[x.shape.length];
      IntStream.range(0, over.length).forEach(i -> over[i] = axes.isEmpty() || axes.contains(i));
      double count = Dual.count(x.shape) / (double) Dual.count(Dual.kept(x.shape, over));
      Dual y =
          switch (fold) {
            case SUM -> x.sum(over);
            case MEAN -> x.sum(over).times(1 / count);
            case AMAX, MAX -> x.amax(over);
            case AMIN -> x.times(-1).amax(over).times(-1);
            case VAR ->
                x.minus(x.sum(over).times(1 / count))
                    .map(d -> d * d, (d, z) -> 2 * d)
                    .sum(over)
                    .times(1 / count);
            case LOG_SUM_EXP -> x.logSumExp(over);
            case SOFTMAX -> x.minus(x.logSumExp(over)).map(Math::exp, (d, z) -> z);
            case LOG_SOFTMAX -> x.minus(x.logSumExp(over));
          };
      boolean folds = fold != Fold.SOFTMAX && fold != Fold.LOG_SOFTMAX;
      return keep || !folds ? y : y.as(dropped(x.shape, over));
    }

    private static int[] dropped(int[] shape, boolean... over) {
      return IntStream.range(0, shape.length).filter(i -> !over[i]).map(i -> shape[i]).toArray();
    }

    @Override
    public String kind() {
      return fold.name();
    }
  }

  /// The matrix product.
  record MatMul(int a, int b) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(a, b);
    }

    @Override
    public Variable record(List<Variable> xs) {
      return F.matMul(xs.get(0), xs.get(1));
    }

    @Override
    public Dual compute(List<Dual> xs) {
      return xs.get(0).matMul(xs.get(1));
    }
  }

  /// `condition ? a : b` with a condition of the result's shape.
  record Where(List<Integer> shape, List<Boolean> condition, int a, int b) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(a, b);
    }

    @Override
    public Variable record(List<Variable> xs) {
      boolean[] flags = new boolean[condition.size()];
      IntStream.range(0, flags.length).forEach(i -> flags[i] = condition.get(i));
      Tensor mask = Tensor.of(flags).reshape(Shape.of(sizes(shape)));
      return F.where(Variable.constant(mask), xs.get(0), xs.get(1));
    }

    @Override
    public Dual compute(List<Dual> xs) {
      Dual y = new Dual(sizes(shape));
      for (int i = 0; i < y.value.length; i++) {
        Dual from = xs.get(condition.get(i) ? 0 : 1);
        y.take(i, from, Dual.flat(Dual.index(i, y.shape), from.shape));
      }
      return y;
    }
  }

  /// The numbers without the derivative.
  record Detach(int x) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }

    @Override
    public Variable record(List<Variable> xs) {
      return xs.getFirst().detach();
    }

    @Override
    public Dual compute(List<Dual> xs) {
      return xs.getFirst().detached();
    }
  }

  /// Elements moved: what a [Move] says of them.
  record Moved(Move move, int x) implements Call {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }

    @Override
    public Variable record(List<Variable> xs) {
      return move.record(xs.getFirst());
    }

    @Override
    public Dual compute(List<Dual> xs) {
      Dual x = xs.getFirst();
      int[] to = move.shape(x.shape);
      IntUnaryOperator source = i -> Dual.flat(move.source(Dual.index(i, to), x.shape), x.shape);
      return move instanceof Move.Reshape ? x.as(to) : x.pick(to, source);
    }

    @Override
    public String kind() {
      return move.getClass().getSimpleName();
    }
  }

  /// Values one behind the other along an axis, which is a new one for a stack.
  record Join(boolean stacked, int axis, List<Integer> operands) implements Call {
    @Override
    public Variable record(List<Variable> xs) {
      return stacked ? F.stack(xs, axis) : F.cat(xs, axis);
    }

    @Override
    public Dual compute(List<Dual> xs) {
      List<Dual> parts = xs.stream().map(x -> stacked ? x.as(withAxis(x.shape)) : x).toList();
      int[] to = parts.getFirst().shape.clone();
      to[axis] = parts.stream().mapToInt(x -> x.shape[axis]).sum();
      Dual y = new Dual(to);
      int start = 0;
      for (Dual x : parts) {
        for (int i = 0; i < x.value.length; i++) {
          int[] index = Dual.index(i, x.shape);
          index[axis] += start;
          y.take(Dual.flat(index, to), x, i);
        }
        start += x.shape[axis];
      }
      return y;
    }

    private int[] withAxis(int... shape) {
      return IntStream.range(0, shape.length + 1)
          .map(i -> i == axis ? 1 : shape[i < axis ? i : i - 1])
          .toArray();
    }

    @Override
    public String kind() {
      return stacked ? "Stack" : "Cat";
    }
  }

  static int[] sizes(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  static List<Integer> list(int... sizes) {
    return Arrays.stream(sizes).boxed().toList();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
