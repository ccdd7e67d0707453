package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.wengert.OpCatalogue.Entry;
import org.wengert.backend.Reduction;
import org.wengert.backend.Taps;
import org.wengert.backend.Window;
import org.wengert.tensor.Axes;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Every operation of [OpCatalogue] on operands of ranks 0 to 5, each beside its plain [Twin].
final class Twins {
  /// An operation with all its twins.
  record Family(Op op, List<Twin> twins) {
    /// Whether numbers are added up in an order that depends on how the operand is stored.
    boolean sums() {
      return switch (op) {
        case SumTo _, Expand _, LogSumExp _, Softmax _, LogSoftmax _, Convolve _ -> true;
        default -> false;
      };
    }
  }

  private final List<Family> families = new ArrayList<>();

  private Twins() {}

  static List<Family> families() {
    Twins twins = new Twins();
    twins.addElements();
    twins.addMatrices();
    twins.addConvolutions();
    twins.addReductions();
    twins.addLines();
    twins.addPlacements();
    twins.addMoves();
    return twins.families;
  }

  private void addElements() {
    for (Entry entry : OpCatalogue.entries()) {
      switch (entry.op()) {
        case Op.Pointwise _, Cast _, Clone _ ->
            families.add(new Family(entry.op(), Twin.flat(entry)));
        case Op.Pointwise2 _, Compare _ -> broadcast(entry, Shape.SCALAR, Shape.SCALAR);
        default -> {}
      }
    }
  }

  private void broadcast(Entry entry, Shape a, Shape b) {
    families.add(new Family(entry.op(), Twin.broadcast(entry, a.rank(), a, b)));
  }

  private void addMatrices() {
    for (Entry entry : OpCatalogue.entries()) {
      switch (entry.op()) {
        case MatMul _ -> broadcast(entry, Shape.of(2, 3), Shape.of(3, 2));
        case Linear _ -> families.add(new Family(entry.op(), Twin.rows(entry)));
        case Solve _, SolveTriangular _ -> broadcast(entry, Shape.of(3, 3), Shape.of(3, 2));
        case Det _, DetSign _, LogAbsDet _, Inverse _, Cholesky _, Eigenvalues _, Eigenvectors _ ->
            stacked(entry, Shape.of(3, 3));
        case OrthogonalFactor _, SingularValues _, SingularVectors _, Pinverse _ ->
            stacked(entry, Shape.of(4, 2));
        case LayerNorm op when !op.weighted() && !op.biased() -> stacked(entry, op.normalized());
        case Unfold op -> stacked(entry, sizes(op.windows(), Window::size));
        case MaxPool op -> stacked(entry, sizes(op.windows(), Window::size));
        case WindowArgMax op -> stacked(entry, sizes(op.windows(), Window::size));
        case Fold op ->
            stacked(
                entry,
                Twin.joined(
                    sizes(op.windows(), Window::kernel), sizes(op.windows(), Window::outputs)));
        default -> {}
      }
    }
  }

  private void stacked(Entry entry, Shape core) {
    families.add(new Family(entry.op(), Twin.stacked(entry, core)));
  }

  /// Along one to three axes, beside what it is composed of.
  private void addConvolutions() {
    Window window = Window.sliding(4, 3, 2, 1, 1, 2);
    for (boolean transposed : new boolean[] {false, true}) {
      List<Twin> twins = new ArrayList<>();
      for (int axes = 1; axes <= 3; axes++) {
        Convolve op = new Convolve(Collections.nCopies(axes, window), 2, transposed);
        Shape plane = sizes(op.windows(), transposed ? Window::outputs : Window::size);
        Shape kernel = sizes(op.windows(), Window::kernel);
        List<Shape> operands =
            List.of(
                Twin.joined(Shape.of(2, 4), plane),
                Twin.joined(Shape.of(4, 2), kernel),
                Shape.of(4));
        twins.add(new Twin(like(op, operands), operands, axes, op::compose));
      }
      families.add(new Family(new Convolve(List.of(window), 2, transposed), twins));
    }
  }

  private static Shape sizes(List<Window> windows, ToIntFunction<Window> size) {
    return Shape.of(windows.stream().mapToInt(size).toArray());
  }

  /// Every set of axes of every shape.
  private void addReductions() {
    Shape at = Shape.of(2, 1);
    reduced(new SumTo(at), true, SumTo::new);
    reduced(new LogSumExp(at), false, LogSumExp::new);
    for (boolean least : new boolean[] {false, true}) {
      reduced(new Extreme(at, least), false, to -> new Extreme(to, least));
    }
  }

  private void reduced(Op example, boolean empty, Function<Shape, Op> op) {
    Twin.Along along =
        (x, axes) -> {
          Shape y = x;
          for (int axis : axes) {
            y = y.with(axis, 1);
          }
          return op.apply(y);
        };
    List<Twin> twins = new ArrayList<>();
    for (Shape x : Shapes.OF_ALL_RANKS) {
      for (int set = 1; set < 1 << x.rank(); set++) {
        int chosen = set;
        int[] axes =
            IntStream.range(0, x.rank()).filter(axis -> (chosen >> axis & 1) == 1).toArray();
        if (empty || Arrays.stream(axes).allMatch(axis -> x.size(axis) > 0)) {
          twins.add(Twin.along(Twins::like, along, List.of(x), axes));
        }
      }
    }
    families.add(new Family(example, twins));
  }

  /// The operation on operands from the same domains as in the catalogue.
  private static Entry like(Op op, List<Shape> operands) {
    return OpCatalogue.entries().stream()
        .filter(entry -> entry.op().getClass() == op.getClass())
        .findFirst()
        .map(
            entry ->
                new Entry(
                    op, List.of(operands), entry.domains(), List.of(), entry.never(), List.of()))
        .orElseThrow();
  }

  /// Operations along one axis that need nothing to be made for it.
  private void addLines() {
    for (Entry entry : OpCatalogue.entries()) {
      switch (entry.op()) {
        case Softmax op -> line(op, true, (x, axes) -> new Softmax(axes[0]));
        case LogSoftmax op -> line(op, true, (x, axes) -> new LogSoftmax(axes[0]));
        case CumSum op -> line(op, true, (x, axes) -> new CumSum(axes[0], op.reversed()));
        case LogCumSumExp op -> line(op, true, (x, axes) -> new LogCumSumExp(axes[0]));
        case ArgExtreme op -> line(op, false, (x, axes) -> new ArgExtreme(axes[0], op.least()));
        case ArgSort op -> line(op, true, (x, axes) -> new ArgSort(axes[0], op.descending()));
        case CumulativeArgMax op ->
            line(op, true, (x, axes) -> new CumulativeArgMax(axes[0], op.least()));
        default -> {}
      }
    }
  }

  private void line(Op op, boolean empty, Twin.Along along) {
    along(op, empty, along, (x, axis) -> List.of(x));
  }

  /// Every axis of every shape, counted from the front or from the end.
  private void along(
      Op op, boolean empty, Twin.Along along, BiFunction<Shape, Integer, List<Shape>> operands) {
    List<Twin> twins = new ArrayList<>();
    for (Shape x : Shapes.OF_ALL_RANKS) {
      for (int axis = 0; axis < x.rank(); axis++) {
        if (empty || x.size(axis) > 0) {
          int named = (axis + x.rank()) % 2 == 0 ? axis : axis - x.rank();
          twins.add(Twin.along(Twins::like, along, operands.apply(x, axis), named));
        }
      }
    }
    families.add(new Family(op, twins));
  }

  private void addPlacements() {
    for (boolean reversed : new boolean[] {false, true}) {
      along(
          Recurrence.along(0, 1, reversed),
          true,
          (x, axes) -> Recurrence.along(axes[0], x.size(axes[0]), reversed),
          (x, axis) -> List.of(x, x));
    }
    along(
        new Cat(0),
        true,
        (x, axes) -> new Cat(axes[0]),
        (x, axis) -> List.of(x, x.with(axis, 2), x.with(axis, 0), x));
    along(
        new AddParts(List.of()),
        true,
        (x, axes) -> {
          IndexRange front = new IndexRange(0, Math.ceilDiv(x.size(axes[0]), 2), 1);
          return new AddParts(List.of(new Embed(axes[0], front, x)));
        },
        (x, axis) -> List.of(x, x.with(axis, Math.ceilDiv(x.size(axis), 2))));
    Taps taps = Taps.sums(Window.adaptive(1, 1));
    line(
        new Resample(0, taps),
        false,
        (x, axes) -> new Resample(axes[0], Interpolation.CUBIC.taps(x.size(axes[0]), 3, false, 0)));
    line(new Slice(0, 0, 1, 1), true, (x, axes) -> new Slice(axes[0], -3, 9, 2));
    line(
        new Embed(0, new IndexRange(0, 0, 1), Shape.of(0)),
        true,
        (x, axes) -> {
          int size = x.size(axes[0]);
          return new Embed(axes[0], new IndexRange(1, size, 2), x.with(axes[0], 2 * size + 1));
        });
    addIndexed();
  }

  /// The operations that hold their axis counted from the front.
  private void addIndexed() {
    Tensor none = Tensor.of(new int[0]);
    line(
        new Gather(0, none),
        false,
        (x, axes) -> {
          int axis = Axes.normalize(axes[0], x.rank());
          return new Gather(axis, Shapes.index(x.with(axis, 4), axis, x.size(axis)));
        });
    line(
        new ScatterAdd(0, none, Shape.of(0)),
        true,
        (x, axes) -> {
          int axis = Axes.normalize(axes[0], x.rank());
          return new ScatterAdd(axis, Shapes.index(x, axis, 3), x.with(axis, 3));
        });
    for (boolean self : new boolean[] {false, true}) {
      for (Reduction how : List.of(Reduction.MAX, Reduction.MIN)) {
        along(
            new ScatterExtreme(how, 0, none, self),
            false,
            (x, axes) -> {
              int axis = Axes.normalize(axes[0], x.rank());
              Tensor index = Shapes.index(x.with(axis, 4), axis, x.size(axis));
              return new ScatterExtreme(how, axis, index, self);
            },
            (x, axis) -> List.of(x, x.with(axis, 4)));
      }
    }
  }

  /// Operations that only move elements: the twin gathers each from where it must come.
  private void addMoves() {
    List<Twin> permuted = new ArrayList<>();
    List<Twin> reshaped = new ArrayList<>();
    List<Twin> picked = new ArrayList<>();
    for (Shape x : Shapes.OF_ALL_RANKS) {
      Shapes.orders(x.rank()).forEach(order -> permuted.add(permuted(x, order)));
      for (Shape y : Shapes.OF_ALL_RANKS) {
        if (x.count() == y.count()) {
          reshaped.add(moved(new Reshape(y), x, y, i -> i));
        }
      }
      if (x.count() > 0) {
        int at = x.count() / 2;
        picked.add(moved(new Pick(at), x, Shape.SCALAR, i -> at));
      }
    }
    families.add(new Family(Permute.of(), permuted));
    families.add(new Family(new Reshape(Shape.SCALAR), reshaped));
    families.add(new Family(new Pick(0), picked));
    families.add(new Family(new Expand(Shape.SCALAR), expanded()));
    families.add(new Family(new Where(Tensor.of(new boolean[] {true})), chosen()));
  }

  private static Twin permuted(Shape x, int... order) {
    Shape y = Shapes.permuted(x, order);
    Move move = new Move.Permute(Call.list(order));
    return moved(
        Permute.of(order),
        x,
        y,
        i -> Dual.flat(move.source(Dual.index(i, y.toArray()), x.toArray()), x.toArray()));
  }

  private static List<Twin> expanded() {
    List<Twin> expanded = new ArrayList<>();
    for (List<Shape> pair : Shapes.pairs(5)) {
      Shape x = pair.getFirst();
      Shape y = Shape.broadcast(x, pair.getLast());
      expanded.add(
          moved(new Expand(y), x, y, i -> Dual.flat(Dual.index(i, y.toArray()), x.toArray())));
    }
    return expanded;
  }

  /// @param source where the element at a place of the result comes from, in row-major order
  private static Twin moved(Op op, Shape x, Shape y, IntUnaryOperator source) {
    int[] places = IntStream.range(0, y.count()).map(source).toArray();
    Gather gather = new Gather(0, Tensor.of(places));
    return new Twin(
        like(op, List.of(x)),
        List.of(x),
        0,
        xs -> gather.apply(xs.getFirst().reshape(x.count())).reshape(y));
  }

  /// The condition has the shape of the result, of an operand, or none.
  private static List<Twin> chosen() {
    List<Twin> chosen = new ArrayList<>();
    for (List<Shape> pair : Shapes.pairs(5)) {
      Shape y = Shape.broadcast(pair.getFirst(), pair.getLast());
      List<Shape> masks = List.of(y, pair.getFirst(), pair.getLast(), Shape.SCALAR);
      Tensor mask = Shapes.mask(masks.get(chosen.size() % masks.size()));
      Where plain = new Where(mask.expand(y).copy());
      chosen.add(
          new Twin(
              like(new Where(mask), pair),
              pair,
              0,
              xs -> plain.apply(Twin.repeated(xs.get(0), y), Twin.repeated(xs.get(1), y))));
    }
    return chosen;
  }
}
