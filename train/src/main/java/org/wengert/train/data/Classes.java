package org.wengert.train.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The classes that occur among labels, in ascending order, and which one each sample has.
///
/// @param labels the classes' labels
/// @param ofSample for each sample, the place of its label among them
/// @param sizes for each class, how many samples it has
@SuppressWarnings("ArrayRecordComponent") // nobody compares these, and only this package sees them
record Classes(long[] labels, int[] ofSample, int[] sizes) {
  /// @throws OptionException if the labels are no whole numbers along one axis, or none
  static Classes of(Tensor labels) {
    if (labels.rank() != 1 || labels.count() == 0 || labels.dtype().isFloating()) {
      throw new OptionException("labels are " + labels.dtype() + " " + labels.shape())
          .hint("give one whole number for each sample, the class it belongs to");
    }
    long[] each = labels.toLongArray();
    long[] distinct = Arrays.stream(each).sorted().distinct().toArray();
    int[] ofSample = new int[each.length];
    int[] sizes = new int[distinct.length];
    for (int i = 0; i < each.length; i++) {
      ofSample[i] = Arrays.binarySearch(distinct, each[i]);
      sizes[ofSample[i]]++;
    }
    return new Classes(distinct, ofSample, sizes);
  }

  int count() {
    return labels.length;
  }

  /// The samples of a class, in order.
  int[] members(int place) {
    return IntStream.range(0, ofSample.length).filter(i -> ofSample[i] == place).toArray();
  }

  /// The same classes, the one of the first sample first.
  Classes inOrderOfAppearance() {
    int[] order = Arrays.stream(ofSample).distinct().toArray();
    int[] placeOf = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      placeOf[order[i]] = i;
    }
    return new Classes(
        Arrays.stream(order).mapToLong(c -> labels[c]).toArray(),
        Arrays.stream(ofSample).map(c -> placeOf[c]).toArray(),
        Arrays.stream(order).map(c -> sizes[c]).toArray());
  }

  /// For each sample, one divided by the size of its class.
  double[] balancingWeights() {
    return Arrays.stream(ofSample).mapToDouble(c -> 1.0 / sizes[c]).toArray();
  }
}
