package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Einstein sums against the definition: one loop for each letter.
class EinsumProperties {
  private static final String LETTERS = "abcdA";
  private static final int[] SIZES = {2, 3, 1, 4, 2};

  private static Variable random(Rng random, int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT64, random));
  }

  private static String word(Rng random, int most) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  /// A term's sizes; now and then an axis is 1 and broadcasts.
  private static int[] sizes(String term, Rng random) {
    int[] sizes = term.chars().map(letter -> SIZES[LETTERS.indexOf(letter)]).toArray();
    boolean distinct = term.chars().distinct().count() == term.length();
    for (int i = 0; distinct && i < sizes.length; i++) {
      sizes[i] = random.nextInt(8) == 0 ? 1 : sizes[i];
    }
    return sizes;
  }

  @Property(tries = 150)
  void einsumIsTheSumOverAllIndices(@ForAll long seed) {
    Rng random = new Rng(seed);
    List<String> terms = new ArrayList<>();
    List<Variable> operands = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      terms.add(word(random, 3));
      operands.add(random(random, sizes(terms.getLast(), random)));
    }
    String all = String.join("", terms);
    StringBuilder output = new StringBuilder();
    all.chars().distinct().filter(c -> random.nextBoolean()).forEach(output::appendCodePoint);
    String equation = String.join(", ", terms) + " -> " + output;
    Variable y = F.einsum(equation, operands.toArray(new Variable[0]));
    assertArrayEquals(
        byDefinition(terms, operands, output.toString(), y.shape()),
        y.value().toDoubleArray(),
        1e-12,
        equation);
  }

  private static double[] byDefinition(
      List<String> terms, List<Variable> operands, String output, Shape shape) {
    int[] index = new int[LETTERS.length()];
    int[] limits = limits(terms, operands);
    Tensor sums = Tensor.zeros(shape, DType.FLOAT64);
    do {
      double product = 1;
      for (int i = 0; i < terms.size(); i++) {
        product *= operands.get(i).value().at(place(terms.get(i), index, operands.get(i).shape()));
      }
      int[] place = place(output, index, shape);
      int at = 0;
      for (int axis = 0; axis < place.length; axis++) {
        at = at * shape.size(axis) + place[axis];
      }
      sums.storage().put(at, sums.storage().at(at) + product);
    } while (advanced(index, limits));
    return sums.toDoubleArray();
  }

  /// The largest size of each letter, 1 for one that does not occur.
  private static int[] limits(List<String> terms, List<Variable> operands) {
    int[] limits = new int[LETTERS.length()];
    Arrays.fill(limits, 1);
    for (int i = 0; i < terms.size(); i++) {
      for (int axis = 0; axis < terms.get(i).length(); axis++) {
        int letter = LETTERS.indexOf(terms.get(i).charAt(axis));
        limits[letter] = Math.max(limits[letter], operands.get(i).size(axis));
      }
    }
    return limits;
  }

  private static int[] place(String term, int[] index, Shape shape) {
    int[] place = new int[term.length()];
    Arrays.setAll(place, i -> Math.min(index[LETTERS.indexOf(term.charAt(i))], shape.size(i) - 1));
    return place;
  }

  private static boolean advanced(int[] index, int[] limits) {
    for (int i = 0; i < index.length; i++) {
      if (++index[i] < limits[i]) {
        return true;
      }
      index[i] = 0;
    }
    return false;
  }

  @Test
  void withoutAnArrowLettersThatOccurOnceRemainInAlphabeticalOrder() {
    Variable x = random(new Rng(1), 2, 3);
    assertArrayEquals(x.mT().value().toDoubleArray(), F.einsum("ba", x).value().toDoubleArray());
    assertEquals(Shape.of(3, 2), F.einsum("aB", x).shape());
    assertEquals(Shape.of(3), F.einsum("ij,i", x, x.select(1, 0)).shape());
  }

  @Test
  void anEllipsisStandsForAxesThatBroadcast() {
    Rng random = new Rng(3);
    Variable x = random(random, 4, 1, 2, 3);
    Variable y = random(random, 5, 3, 2);
    Variable expected = x.matMul(y);
    for (String equation : List.of("...ij,...jk->...ik", "...ij,...jk")) {
      Variable product = F.einsum(equation, x, y);
      assertEquals(expected.shape(), product.shape());
      assertArrayEquals(expected.value().toDoubleArray(), product.value().toDoubleArray(), 1e-14);
    }
    assertEquals(Shape.of(2, 4, 1, 3), F.einsum("...ij->i...j", x).shape());
    assertEquals(Shape.of(2), F.einsum("...ij->i", x).shape());
  }

  @Test
  void sumsHaveGradientsOfBothOrders() {
    Rng random = new Rng(4);
    assertThatGradient((a, b, c) -> F.einsum("iij,jk,k...->...i", a, b, c))
        .at(
            random(random, 2, 2, 3).value(),
            random(random, 3, 1).value(),
            random(random, 4, 2).value())
        .isCorrectToSecondOrder();
  }

  @Test
  void emptyAxesSumToZero() {
    Variable empty = Variable.constant(Tensor.zeros(Shape.of(2, 0), DType.FLOAT64));
    assertArrayEquals(new double[4], F.einsum("ij,kj->ik", empty, empty).value().toDoubleArray());
    assertEquals(Shape.of(0, 2), F.einsum("ij,i->ji", empty, empty.sum(1)).shape());
  }

  @Test
  void equationsThatDoNotFitAreExplained() {
    Variable x = random(new Rng(5), 2, 3);
    assertRefused("ij,jk->ik", "axis 'j' has size 2 in operand 1, but size 3 before", x, x);
    assertRefused("ij", "1 terms for 2 operands", x, x);
    assertRefused("ijk->i", "'ijk' names 3 axes of operand 0 of shape (2, 3)", x);
    assertRefused("i...jk->i", "'i...jk' names 3 axes", x);
    assertRefused("ij->ik", "the result's axis 'k' is in no operand", x);
    assertRefused("ij->ii", "the result names axis 'i' twice", x);
    assertRefused("i1->i", "'1' in term 'i1'", x);
    assertRefused("ii->i", "axis 'i' has size 3 in operand 0, but size 2 before", x);
  }

  private static void assertRefused(String equation, String problem, Variable... operands) {
    String text =
        assertThrows(ShapeException.class, () -> F.einsum(equation, operands)).getMessage();
    assertTrue(text.startsWith("einsum '" + equation + "': "), text);
    assertTrue(text.contains(problem), text);
    assertTrue(text.contains("input 0  (2, 3)"), text);
    assertTrue(text.contains("hint: "), text);
  }
}
