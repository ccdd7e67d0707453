package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Order, ties, `NaN`s and bounds of the functions that sort, search and count.
class SortFunctionsTest {
  private static final double NAN = Double.NaN;

  @Property(tries = 100)
  void sortsLikeJavaAndKeepsEqualsInPlace(
      @ForAll @Size(max = 40) List<@DoubleRange(min = -3, max = 3) Double> numbers,
      @ForAll boolean descending) {
    double[] rounded = numbers.stream().mapToDouble(Math::rint).toArray();
    Comparator<Integer> order = Comparator.comparingDouble(i -> rounded[i] + 0.0);
    long[] expected =
        IntStream.range(0, rounded.length)
            .boxed()
            .sorted(descending ? order.reversed() : order)
            .mapToLong(i -> i)
            .toArray();
    Variable index = F.argSort(Variable.constant(rounded), 0, descending);
    assertArrayEquals(expected, index.value().toLongArray());
  }

  @Property(tries = 100)
  void findsValuesWhereTheyWouldBeInserted(
      @ForAll @Size(max = 20) List<@DoubleRange(min = -3, max = 3) Double> numbers,
      @ForAll @DoubleRange(min = -4, max = 4) double value,
      @ForAll boolean right) {
    double[] sorted = numbers.stream().mapToDouble(Math::rint).sorted().toArray();
    double wanted = Math.rint(value);
    long expected = Arrays.stream(sorted).filter(s -> right ? s <= wanted : s < wanted).count();
    Variable found = F.searchSorted(Variable.constant(sorted), Variable.constant(wanted), right);
    assertEquals(Shape.SCALAR, found.shape());
    assertEquals(expected, found.value().longAt());
  }

  @Property(tries = 100)
  void uniqueCountsAndRebuilds(
      @ForAll @Size(max = 20) List<@DoubleRange(min = -3, max = 3) Double> numbers) {
    double[] rounded = numbers.stream().mapToDouble(x -> Math.rint(x) + 0.0).toArray();
    TreeMap<Double, Long> counts = new TreeMap<>();
    for (double number : rounded) {
      counts.merge(number, 1L, Long::sum);
    }
    F.Unique unique = F.unique(Variable.constant(rounded));
    assertArrayEquals(
        counts.keySet().stream().mapToDouble(x -> x).toArray(),
        unique.values().value().toDoubleArray());
    assertArrayEquals(
        counts.values().stream().mapToLong(x -> x).toArray(),
        unique.counts().value().toLongArray());
    if (rounded.length > 0) {
      Variable again = F.indexSelect(unique.values(), 0, unique.inverse());
      assertArrayEquals(rounded, again.value().toDoubleArray());
    }
  }

  @Test
  void aNaNIsLargerThanAllNumbers() {
    Variable x = Variable.constant(1, NAN, -0.0, 0.0, Double.POSITIVE_INFINITY);
    assertArrayEquals(new long[] {2, 3, 0, 4, 1}, F.argSort(x, 0, false).value().toLongArray());
    assertArrayEquals(new long[] {1, 4, 0, 2, 3}, F.argSort(x, 0, true).value().toLongArray());
    assertEquals(1, F.median(x, 0, false).indices().value().longAt());
    assertEquals(1, F.argMin(x).value().longAt());
  }

  @Test
  void theMiddleIsTheLowerOfTwoAndEqualsShareItsGradient() {
    Leaf x = Variable.of(3, 1, 1, 5);
    Variable middle = F.median(x);
    middle.backward();
    assertEquals(1, middle.item());
    assertArrayEquals(new double[] {0, 0.5, 0.5, 0}, x.grad().toDoubleArray());
    assertEquals(1, F.kthValue(x, 2, 0, false).values().item());
  }

  @Test
  void integersAreComparedExactly() {
    long large = (1L << 60) + 1;
    Variable x = Variable.constant(Tensor.of(large, large - 1, large - 2));
    assertArrayEquals(new long[] {2, 1, 0}, F.argSort(x, 0, false).value().toLongArray());
    assertEquals(2, F.argMin(x).value().longAt());
    Variable least = F.amin(Variable.constant(Tensor.of(Long.MIN_VALUE, 5L)), false);
    assertEquals(Long.MIN_VALUE, least.value().longAt());
    Variable sorted = F.sort(x, 0, false).values();
    Variable first = Variable.constant(Tensor.of(large - 1));
    assertEquals(1, F.searchSorted(sorted, first, false).value().longAt());
  }

  @Test
  void countsWithAndWithoutWeights() {
    Variable x = Variable.constant(Tensor.of(3L, 1L, 3L));
    assertArrayEquals(new long[] {0, 1, 0, 2, 0}, F.binCount(x, 5).value().toLongArray());
    Leaf weights = Variable.of(0.5, 2, 3);
    Variable weighed = F.binCount(x, weights, 0);
    assertArrayEquals(new double[] {0, 2, 0, 3.5}, weighed.value().toDoubleArray());
    assertEquals(DType.INT64, F.binCount(Variable.constant(Tensor.arange(0)), 0).dtype());
  }

  @Test
  void boundsAreExplained() {
    Variable x = Variable.constant(1, 2, 3);
    refuses("topk: k = 4 on an axis of size 3", () -> F.topk(x, 4, 0, true));
    refuses("kthValue: k = 0 on an axis of size 3", () -> F.kthValue(x, 0, 0, false));
    refuses("median: axis 0 of shape (0) is empty", () -> F.median(x.slice(0, 0, 0)));
    refuses("min: axis 0 of shape (0) is empty", () -> F.min(x.slice(0, 0, 0)));
    refuses(
        "searchSorted: values of shape (3) in rows of (3, 1)",
        () -> F.searchSorted(x.reshape(3, 1), x, false));
    refuses(
        "binCount: a negative number", () -> F.binCount(Variable.constant(Tensor.of(-1L, 2L)), 0));
  }

  private static void refuses(String start, Executable call) {
    String text = assertThrows(ShapeException.class, call).getMessage();
    assertTrue(text.startsWith(start), text);
    assertTrue(text.contains("hint: "), text);
  }
}
