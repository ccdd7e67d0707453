package org.wengert.io;

import java.util.List;
import org.wengert.tensor.Shape;

/// Checks the sizes that a file gives for a tensor, before memory is taken by them. Stateless.
final class FileShape {
  /// The most axes that are read; PyTorch and NumPy have no more either.
  static final int MAX_RANK = 64;

  private FileShape() {}

  /// The shape with these sizes.
  ///
  /// @throws FileFormatException if there are too many, one is negative or beyond a Java array, or
  ///     their product is
  static Shape of(List<Long> sizes, Place place) {
    if (sizes.size() > MAX_RANK) {
      throw place.found("a shape of " + sizes.size() + " axes", "at most " + MAX_RANK);
    }
    long count = 1;
    for (long size : sizes) {
      if (size < 0) {
        throw place.found("an axis of size " + size, "0 or more");
      }
      if (size > Integer.MAX_VALUE) {
        throw place.found("an axis of size " + size, "at most " + Integer.MAX_VALUE);
      }
      count = Math.min(count * Math.max(size, 1), 1L << 31);
    }
    if (count > Integer.MAX_VALUE && !sizes.contains(0L)) {
      throw place.found("shape " + shown(sizes), "at most " + Integer.MAX_VALUE + " elements");
    }
    return Shape.of(sizes.stream().mapToInt(Long::intValue).toArray());
  }

  /// Demands that `given` bytes are what elements of this type and shape take.
  ///
  /// @throws FileFormatException if they are more or fewer
  static void checkBytes(long given, ElementCode code, Shape shape, Place place) {
    long needed = (long) shape.count() * code.width();
    if (given != needed) {
      throw place.found(given + " bytes of data", needed + " for " + code + " " + shown(shape));
    }
  }

  private static String shown(Object shape) {
    String text = shape.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
