package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.wengert.OpCatalogue.Entry;
import org.wengert.tensor.Shape;

/// Two ways to say the same: an operation on operands of some shapes, and the same operation on
/// operands laid out plainly, as it is held against differences by [OpClaims].
///
/// @param entry the operation and where its operands may lie
/// @param operands the shapes
/// @param core how many of the last axes are matrices or planes, not to be made of equal lines
/// @param plain the other way
record Twin(Entry entry, List<Shape> operands, int core, Function<List<Variable>, Variable> plain) {

  /// The number of axes of the operand that has most.
  int rank() {
    return operands.stream().mapToInt(Shape::rank).max().orElseThrow();
  }

  /// Elements one behind the other.
  static List<Twin> flat(Entry entry) {
    List<Twin> twins = new ArrayList<>();
    for (Shape x : Shapes.OF_ALL_RANKS) {
      twins.add(new Twin(entry, List.of(x), 0, xs -> entry.apply(List.of(flat(xs))).reshape(x)));
    }
    return twins;
  }

  private static Variable flat(List<Variable> xs) {
    return dense(xs.getFirst()).reshape(xs.getFirst().value().count());
  }

  /// Both operands repeated to what they broadcast to, except for the last `core` axes.
  static List<Twin> broadcast(Entry entry, int core, Shape a, Shape b) {
    List<Twin> twins = new ArrayList<>();
    for (List<Shape> pair : Shapes.pairs(5 - core)) {
      Shape both = Shape.broadcast(pair.get(0), pair.get(1));
      List<Shape> operands = List.of(joined(pair.get(0), a), joined(pair.get(1), b));
      twins.add(
          new Twin(
              entry,
              operands,
              core,
              xs ->
                  entry.apply(
                      List.of(
                          repeated(xs.get(0), joined(both, a)),
                          repeated(xs.get(1), joined(both, b))))));
    }
    return twins;
  }

  static Variable repeated(Variable x, Shape to) {
    return dense(x.expand(to));
  }

  /// The same numbers, stored one behind the other.
  private static Variable dense(Variable x) {
    return x.mul(1);
  }

  static Shape joined(Shape outer, Shape inner) {
    Shape joined = outer;
    for (int size : inner.toArray()) {
      joined = joined.insert(-1, size);
    }
    return joined;
  }

  /// A layer on the last axis, on rows one behind the other.
  static List<Twin> rows(Entry entry) {
    List<Twin> twins = new ArrayList<>();
    for (Shape x : Shapes.OF_ALL_RANKS) {
      if (x.rank() > 0) {
        List<Shape> operands = List.of(x, Shape.of(2, x.size(-1)), Shape.of(2));
        Shape rows = Shape.of(x.with(-1, 1).count(), x.size(-1));
        Shape y = entry.infer(operands);
        twins.add(
            new Twin(
                entry,
                operands,
                0,
                xs -> {
                  Variable dense = dense(xs.get(0)).reshape(rows);
                  return entry.apply(List.of(dense, dense(xs.get(1)), dense(xs.get(2)))).reshape(y);
                }));
      }
    }
    return twins;
  }

  /// One core after the other: what is computed for each of many matrices or planes.
  static List<Twin> stacked(Entry entry, Shape core) {
    List<Twin> twins = new ArrayList<>();
    for (Shape lead : Shapes.OF_ALL_RANKS) {
      if (lead.count() > 0 && lead.rank() + core.rank() <= 5) {
        Shape x = joined(lead, core);
        Shape rows = core.insert(0, lead.count());
        twins.add(
            new Twin(
                entry,
                List.of(x),
                core.rank(),
                xs -> {
                  Variable all = dense(xs.getFirst()).reshape(rows);
                  List<Variable> each =
                      IntStream.range(0, lead.count())
                          .mapToObj(i -> entry.apply(List.of(all.select(0, i))))
                          .toList();
                  return F.stack(each, 0).reshape(entry.infer(List.of(x)));
                }));
      }
    }
    return twins;
  }

  /// An operation along axes of operands whose first has shape `x`.
  interface Along {
    Op over(Shape x, int... axes);
  }

  /// The axes brought to the end and merged, and all others, too: an operation on a matrix.
  static Twin along(
      BiFunction<Op, List<Shape>, Entry> entries, Along along, List<Shape> operands, int... axes) {
    Shape x = operands.getFirst();
    Entry entry = entries.apply(along.over(x, axes), operands);
    int[] last = Arrays.stream(axes).map(axis -> axis < 0 ? axis + x.rank() : axis).toArray();
    int[] order =
        IntStream.concat(
                IntStream.range(0, x.rank())
                    .filter(axis -> Arrays.stream(last).noneMatch(one -> one == axis)),
                Arrays.stream(last))
            .toArray();
    Shape y = Shapes.permuted(entry.infer(operands), order);
    return new Twin(
        entry,
        operands,
        0,
        xs -> {
          List<Variable> rows = xs.stream().map(v -> matrix(v, axes.length, order)).toList();
          List<Shape> shapes = rows.stream().map(Variable::shape).toList();
          Entry plain = entries.apply(along.over(shapes.getFirst(), 1), shapes);
          return plain.apply(rows).reshape(y).permute(inverse(order));
        });
  }

  private static Variable matrix(Variable x, int folded, int... order) {
    int[] sizes = Arrays.stream(order).map(x::size).toArray();
    int at = order.length - folded;
    int rows = Arrays.stream(sizes, 0, at).reduce(1, (m, n) -> m * n);
    int columns = Arrays.stream(sizes, at, sizes.length).reduce(1, (m, n) -> m * n);
    return dense(x.permute(order)).reshape(rows, columns);
  }

  private static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      inverse[order[axis]] = axis;
    }
    return inverse;
  }

  @Override
  public String toString() {
    return entry.op() + " " + operands;
  }
}
