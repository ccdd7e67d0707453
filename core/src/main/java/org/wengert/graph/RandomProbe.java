package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.graph.Structure.Pair;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Finds out what a Jacobian with very many numbers is, from what it does to random gradients and
/// tangents. The norm is an estimate by Hutchinson's method (1990): the mean of `‖Jᵀ g‖²` over
/// random signs `g` is the square of the Frobenius norm.
final class RandomProbe {
  private static final int PROBES = 8;

  private final Walk walk;
  private final Link link;
  private final Vertex of;
  private final Vertex by;
  private final double precision;
  private final Rng random = new Rng(1);

  RandomProbe(Walk walk, Link link, Vertex of, Vertex by) {
    this.walk = walk;
    this.link = link;
    this.of = of;
    this.by = by;
    this.precision = 100 * Probe.precision(of);
  }

  LocalJacobian jacobian() {
    return new LocalJacobian(of.shape(), by.shape(), words(), norm(), false, null);
  }

  private double norm() {
    double squares = 0;
    for (int probe = 0; probe < PROBES; probe++) {
      double norm = Numbers.norm(back(signs(of.value().count())));
      squares += norm * norm / PROBES;
    }
    return Math.sqrt(squares);
  }

  private String words() {
    double[] g = normal(of.value().count());
    double[] back = back(g).toDoubleArray();
    if (Arrays.stream(back).allMatch(x -> x == 0)) {
      return "zero";
    }
    double[] sums = back(ones(g.length)).toDoubleArray();
    if (g.length == back.length && isProduct(back, g, sums)) {
      boolean isConstant = Arrays.stream(sums).allMatch(x -> x == sums[0]);
      return isConstant ? Structure.scaled(sums[0], "identity") : "diagonal";
    }
    String taken = taken(g, back, sums);
    if (!taken.isEmpty()) {
      return taken;
    }
    List<Pair> pairs = pairs();
    int identity = pairs.stream().mapToInt(Pair::size).reduce(1, (a, b) -> a * b);
    String size = g.length / identity + " × " + back.length / identity;
    return pairs.isEmpty() ? "no structure found" : Structure.product(pairs, size);
  }

  /// Whether values are taken over, repeated or added up, without any other factor.
  private String taken(double[] g, double[] back, double... sums) {
    double[] dx = normal(back.length);
    double[] forth = walk.forth(link, tensor(dx, by.value())).toDoubleArray();
    double[] ones = walk.forth(link, tensor(ones(back.length), by.value())).toDoubleArray();
    boolean isTaken = isAmong(forth, dx) || isAmong(back, g);
    return isTaken ? Structure.taken(rounded(ones), rounded(sums)) : "";
  }

  private static int[] rounded(double... numbers) {
    return Arrays.stream(numbers).mapToInt(x -> (int) Math.rint(x)).toArray();
  }

  private static boolean isAmong(double[] found, double... given) {
    double[] sorted = given.clone();
    Arrays.sort(sorted);
    return Arrays.stream(found).allMatch(x -> x == 0 || Arrays.binarySearch(sorted, x) >= 0);
  }

  private boolean isProduct(double[] product, double[] a, double... b) {
    double largest = Arrays.stream(product).map(Math::abs).max().orElse(0);
    for (int i = 0; i < product.length; i++) {
      if (!(Math.abs(product[i] - a[i] * b[i]) <= precision * largest)) {
        return false;
      }
    }
    return true;
  }

  /// Axes between which it is the identity, none used twice.
  private List<Pair> pairs() {
    int[] rows = of.shape().toArray();
    int[] columns = by.shape().toArray();
    List<Pair> pairs = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        int size = rows[row];
        int other = column;
        boolean isFree = pairs.stream().noneMatch(pair -> pair.column() == other);
        if (size > 1 && size == columns[column] && isFree && isIdentity(row, column)) {
          pairs.add(Pair.of(row, column, rows, columns));
          break;
        }
      }
    }
    return pairs;
  }

  /// Whether a gradient that is constant along the result's axis comes back constant along the
  /// operand's, and factors put to its places come back at the same places.
  private boolean isIdentity(int row, int column) {
    int[] rows = of.shape().toArray();
    int[] columns = by.shape().toArray();
    int size = rows[row];
    double[] inner = normal(of.value().count() / size);
    double[] scales = normal(size);
    double[] plain = back(along(inner, rows, row, ones(size))).toDoubleArray();
    double[] scaled = back(along(inner, rows, row, scales)).toDoubleArray();
    int stride = Structure.count(Arrays.copyOfRange(columns, column + 1, columns.length));
    double[] places = new double[plain.length];
    double[] firsts = new double[plain.length];
    for (int i = 0; i < plain.length; i++) {
      int place = i / stride % size;
      places[i] = scales[place];
      firsts[i] = plain[i - place * stride];
    }
    return isProduct(plain, firsts, ones(plain.length)) && isProduct(scaled, firsts, places);
  }

  /// The product of numbers on all axes but one with numbers on that one.
  private static double[] along(double[] inner, int[] sizes, int axis, double... scales) {
    int stride = Structure.count(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
    double[] product = new double[inner.length * scales.length];
    for (int i = 0; i < product.length; i++) {
      int place = i / stride % scales.length;
      product[i] = scales[place] * inner[i / stride / scales.length * stride + i % stride];
    }
    return product;
  }

  private Tensor back(double... gy) {
    return walk.back(List.of(link), tensor(gy, of.value()));
  }

  private static Tensor tensor(double[] numbers, Tensor like) {
    return Tensor.of(numbers).reshape(like.shape()).to(like.dtype());
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// Random numbers that both types can hold.
  private double[] normal(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, _ -> (float) random.nextGaussian());
    return numbers;
  }

  private double[] signs(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, _ -> random.nextBoolean() ? 1 : -1);
    return numbers;
  }
}
