package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AxesTest {
  @Test
  void axesAreSortedAndCountedFromTheFront() {
    assertEquals("[0, 2]", Axes.of(3, -1, 0).toString());
    assertEquals(Axes.of(3, 0, 2), Axes.of(3, -1, 0));
    assertEquals(Axes.of(3, 0, 2).hashCode(), Axes.of(3, -1, 0).hashCode());
  }

  @Test
  void noneMeansAll() {
    assertEquals("[0, 1, 2]", Axes.of(3).toString());
    assertEquals(0, Axes.of(0).count());
  }

  @Test
  void aScalarAcceptsItsMissingAxis() {
    assertEquals(0, Axes.of(0, 0).count());
    assertEquals(0, Axes.of(0, -1).count());
    assertThrows(ShapeException.class, () -> Axes.of(0, 1));
  }

  @Test
  void anAxisMayBeNamedOnce() {
    ShapeException error = assertThrows(ShapeException.class, () -> Axes.of(2, 1, -1));
    assertEquals(
        "axis 1 is named twice in [1, -1]\n  hint: name each axis once; -1 is the last axis",
        error.getMessage());
  }

  @Test
  void reducedAxesAreKeptOrDropped() {
    Axes axes = Axes.of(3, 0, 2);
    assertEquals(Shape.of(1, 3, 1), axes.kept(Shape.of(2, 3, 4)));
    assertEquals(Shape.of(3), axes.dropped(Shape.of(2, 3, 4)));
    assertEquals(8, axes.reducedCount(Shape.of(2, 3, 4)));
    assertEquals(0, axes.reducedCount(Shape.of(0, 3, 4)));
    assertTrue(axes.contains(2));
    assertFalse(axes.contains(1));
    assertEquals(Shape.SCALAR, Axes.of(2).dropped(Shape.of(2, 3)));
  }

  @Test
  void leadingAxesAreTheOutermostOnes() {
    assertTrue(Axes.of(3, 0, 1).areLeading());
    assertTrue(Axes.of(3).areLeading());
    assertTrue(Axes.of(0).areLeading());
    assertFalse(Axes.of(3, 0, 2).areLeading());
    assertFalse(Axes.of(3, 1).areLeading());
  }
}
