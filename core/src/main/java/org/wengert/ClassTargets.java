package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Checked target classes of a classifier, and which of them count. Immutable.
final class ClassTargets {
  private final Shape shape;
  private final long[] classes;
  private final boolean[] counted;

  private ClassTargets(Shape shape, long[] classes, boolean[] counted) {
    this.shape = shape;
    this.classes = classes;
    this.counted = counted;
  }

  /// The classes in `target`, where `ignoreIndex` does not count and is replaced by 0.
  ///
  /// @param attempt the function, for messages
  ///
  /// @throws ShapeException naming the first class that does not exist
  static ClassTargets of(String attempt, Tensor target, int classCount, long ignoreIndex) {
    long[] classes = target.toLongArray();
    boolean[] counted = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      counted[i] = classes[i] != ignoreIndex;
      if (!counted[i]) {
        classes[i] = 0;
      } else if (classes[i] < 0 || classes[i] >= classCount) {
        throw (ShapeException)
            new ShapeException("target class " + classes[i] + " among " + classCount + " classes")
                .hint("classes count from 0 to " + (classCount - 1) + "; ignoreIndex is skipped")
                .during(attempt);
      }
    }
    return new ClassTargets(target.shape(), classes, counted);
  }

  /// Whether no sample is ignored.
  boolean allCount() {
    for (boolean counts : counted) {
      if (!counts) {
        return false;
      }
    }
    return true;
  }

  /// The classes as indices.
  Tensor index() {
    return Tensor.over(new Storage.Longs(classes), shape);
  }

  /// Whether each sample counts.
  Tensor counts() {
    return Tensor.over(new Storage.Bools(counted), shape);
  }

  /// The weight of each sample: that of its class, 0 if it is ignored.
  Tensor weights(@Nullable Tensor weight, DType type) {
    Storage weights = Storage.allocate(type, classes.length);
    for (int i = 0; i < classes.length; i++) {
      double own = weight == null ? 1 : weight.at((int) classes[i]);
      weights.put(i, counted[i] ? own : 0);
    }
    return Tensor.over(weights, shape);
  }
}
