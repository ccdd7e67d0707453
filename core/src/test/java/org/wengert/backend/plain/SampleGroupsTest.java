package org.wengert.backend.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class SampleGroupsTest {
  private static int groups(int samples, int side, int weights) {
    Tensor gy = Tensor.ones(1, 1, 1, 1).expand(Shape.of(samples, 8, side, side));
    return new SampleGroups(gy, side * side, weights).count();
  }

  @Test
  void aLargeWeightIsNotCopiedForEveryGroup() {
    assertEquals(1, groups(32, 64, 2_359_296));
    assertEquals(8, groups(32, 64, 500_000));
  }

  @Test
  void aSmallWeightHasAGroupForSomeThousandPositions() {
    assertEquals(32, groups(32, 64, 3_000));
    assertEquals(8, groups(32, 32, 3_000));
    assertEquals(32, groups(640, 64, 3_000));
  }

  @Test
  void whatAThreadWorksInIsKeptForItsNextCall() {
    Panels panels = Panels.of(DType.FLOAT64);
    Object array = panels.scratch(0, 100);
    assertSame(array, panels.scratch(0, 90));
  }
}
