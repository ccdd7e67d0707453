package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ShapeTest {
  private static String problem(Executable failing) {
    return assertThrows(ShapeException.class, failing).getMessage();
  }

  @Test
  void aShapeKnowsItsSizes() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(3, shape.rank());
    assertEquals(24, shape.count());
    assertEquals(4, shape.size(-1));
    assertEquals(2, shape.size(0));
    assertArrayEquals(new int[] {2, 3, 4}, shape.toArray());
    assertEquals("(2, 3, 4)", shape.toString());
    assertEquals(Shape.of(2, 3, 4), shape);
    assertEquals(Shape.of(2, 3, 4).hashCode(), shape.hashCode());
    assertFalse(shape.equals(Shape.of(2, 12)));
  }

  @Test
  void noSizesAreTheOneScalar() {
    assertSame(Shape.SCALAR, Shape.of());
    assertEquals(1, Shape.SCALAR.count());
    assertEquals("()", Shape.SCALAR.toString());
  }

  @Test
  void aShapeKeepsNoHoldOfTheCallersArray() {
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.toArray()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
  }

  @Test
  void aSizeOfZeroMeansNoElementsHoweverLargeTheOthers() {
    assertEquals(0, Shape.of(Integer.MAX_VALUE, 0, Integer.MAX_VALUE).count());
  }

  @Test
  void negativeSizesAreRefused() {
    assertEquals(
        "negative size -2 in shape [3, -2]\n  hint: sizes are 0 or more",
        problem(() -> Shape.of(3, -2)));
  }

  @Test
  void moreElementsThanAnArrayHoldsAreRefused() {
    assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).count());
    assertEquals(
        "shape (65536, 32768) has more than 2147483647 elements\n"
            + "  hint: a tensor lives in one Java array; split it along an axis",
        problem(() -> Shape.of(65536, 32768)));
    problem(() -> Shape.of(65536, 65536, 65536, 65536)); // 2⁶⁴, which wraps to 0
    problem(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void aScalarHasNoAxisToAskFor() {
    String expected = "axis 0 does not exist in a tensor of rank 0";
    assertEquals(expected, message(() -> Shape.SCALAR.size(0)));
    assertEquals(expected, message(() -> Shape.SCALAR.with(0, 1)));
    assertEquals(expected, message(() -> Shape.SCALAR.remove(0)));
    assertEquals(
        "axis -1 does not exist in a tensor of rank 0", message(() -> Shape.SCALAR.size(-1)));
    assertEquals(expected, message(() -> Tensor.of(1.0).slice(0, 0, 1, 1)));
    assertEquals(expected, message(() -> Tensor.of(1.0).stride(0)));
  }

  private static String message(Executable failing) {
    return assertThrows(ShapeException.class, failing).problem();
  }

  @Test
  void axesOutsideTheRankAreRefused() {
    assertEquals(
        "axis 2 does not exist in a tensor of rank 2\n  hint: axes go from -2 to 1",
        problem(() -> Shape.of(2, 3).size(2)));
    assertEquals(
        "axis -3 does not exist in a tensor of rank 2", message(() -> Shape.of(2, 3).size(-3)));
  }

  @Test
  void axesAreReplacedInsertedAndRemoved() {
    Shape shape = Shape.of(2, 3);
    assertEquals(Shape.of(2, 9), shape.with(-1, 9));
    assertEquals(Shape.of(1, 2, 3), shape.insert(0, 1));
    assertEquals(Shape.of(2, 1, 3), shape.insert(1, 1));
    assertEquals(Shape.of(2, 3, 1), shape.insert(2, 1));
    assertEquals(Shape.of(2, 3, 1), shape.insert(-1, 1));
    assertEquals(Shape.of(1, 2, 3), shape.insert(-3, 1));
    assertEquals(Shape.of(5), Shape.SCALAR.insert(0, 5));
    assertEquals(Shape.of(3), shape.remove(0));
    assertEquals(Shape.of(2), shape.remove(-1));
    assertSame(Shape.SCALAR, Shape.of(2).remove(0));
    problem(() -> shape.insert(3, 1));
  }

  @Test
  void shapesBroadcastFromTheInnermostAxis() {
    assertEquals(Shape.of(2, 3), Shape.broadcast(Shape.of(2, 3), Shape.of(3)));
    assertEquals(Shape.of(2, 3), Shape.broadcast(Shape.of(2, 1), Shape.of(1, 3)));
    assertEquals(Shape.of(2, 3), Shape.broadcast(Shape.SCALAR, Shape.of(2, 3)));
    assertEquals(Shape.of(0), Shape.broadcast(Shape.of(1), Shape.of(0)));
    assertEquals(
        "size 3 meets size 2 at axis -1\n"
            + "  hint: sizes must be equal or 1, aligned at the innermost axis; reshape"
            + " one operand",
        problem(() -> Shape.broadcast(Shape.of(2, 3), Shape.of(2))));
    assertEquals(
        "size 0 meets size 2 at axis -1", message(() -> Shape.broadcast(Shape.of(0), Shape.of(2))));
  }

  @Test
  void broadcastsToAsksForOneDirection() {
    assertTrue(Shape.of(3).broadcastsTo(Shape.of(2, 3)));
    assertTrue(Shape.of(1).broadcastsTo(Shape.of(0)));
    assertFalse(Shape.of(2, 3).broadcastsTo(Shape.of(3)));
    assertFalse(Shape.of(2).broadcastsTo(Shape.of(1)));
  }

  @Test
  void oneSizeIsComputedFromTheOthers() {
    Shape x = Shape.of(2, 3, 4);
    assertEquals(Shape.of(6, 4), Shape.resolve(x, -1, 4));
    assertEquals(Shape.of(24), Shape.resolve(x, -1));
    assertEquals(Shape.of(5), Shape.resolve(x, 5)); // whether it fits is reshape's to say
    assertEquals(Shape.of(0, 3), Shape.resolve(Shape.of(0, 6), -1, 3));
    assertEquals(Shape.of(1), Shape.resolve(Shape.SCALAR, -1));
    assertEquals(
        "two sizes of [-1, -1] are -1\n  hint: only one size can be computed from the others",
        problem(() -> Shape.resolve(x, -1, -1)));
    assertEquals(
        "24 elements of shape (2, 3, 4) do not divide into (-1, 5)\n"
            + "  hint: the product of the other sizes must divide the number of elements",
        problem(() -> Shape.resolve(x, -1, 5)));
    problem(() -> Shape.resolve(Shape.of(0), -1, 0));
    problem(() -> Shape.resolve(x, -1, -2, -2));
    problem(() -> Shape.resolve(x, -1, 1 << 30, 1 << 30, 16)); // 2⁶⁴
  }
}
