package org.wengert.nn;

import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;

/// Numbers that are given once for all axes of a plane or once for each.
final class PerAxis {
  private PerAxis() {}

  /// One number for each axis.
  ///
  /// @throws OptionException if there are neither as many numbers nor one
  static int[] of(String what, List<Integer> numbers, int axes) {
    if (numbers.size() != 1 && numbers.size() != axes) {
      throw new OptionException(what + " " + numbers + " for " + axes + " axes")
          .hint("give one number for all axes or one for each");
    }
    int[] each = new int[axes];
    Arrays.setAll(each, axis -> numbers.get(numbers.size() == 1 ? 0 : axis));
    return each;
  }

  /// `what=(2, 2)`, as layers print it.
  static String text(String what, List<Integer> numbers, int axes) {
    return what + "=" + Shape.of(of(what, numbers, axes));
  }

  /// `, what=(2, 2)`, but nothing if it is what it is by default.
  static String text(String what, List<Integer> numbers, int axes, int usual) {
    return numbers.stream().allMatch(n -> n == usual) ? "" : ", " + text(what, numbers, axes);
  }
}
