package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that look up vectors by index.
abstract class EmbeddingFunctions extends GridFunctions {
  EmbeddingFunctions() {}

  /// As many places as the largest index asks for; see [#oneHot(Variable, int)].
  ///
  /// @throws ShapeException if there is no index, or a negative one
  public static Variable oneHot(Variable index) {
    try {
      long largest = -1;
      for (long i : index.value().toLongArray()) {
        largest = Math.max(largest, i);
      }
      if (largest < 0) {
        throw new ShapeException("no index says how many classes there are")
            .hint("pass the number of classes");
      }
      if (largest >= Integer.MAX_VALUE) {
        throw new ShapeException("index " + largest + " needs more classes than an axis can have")
            .hint("an axis has at most " + Integer.MAX_VALUE + " places");
      }
      return oneHot(index, (int) largest + 1);
    } catch (WengertException e) {
      throw refused(e, "oneHot", index);
    }
  }

  /// A new innermost axis of `classes` places with 1 at the index and 0 elsewhere: `INT64`.
  ///
  /// @throws ShapeException if an index is not below `classes`
  public static Variable oneHot(Variable index, int classes) {
    try {
      if (classes < 1) {
        throw Recorder.explained(
            new OptionException(classes + " classes")
                .hint("1 or more; without a number, as needed"),
            "oneHot",
            index);
      }
      Tensor checked = Check.indices("oneHot", index, index, classes);
      Variable column = Variable.constant(checked.reshape(checked.shape().insert(-1, 1)));
      return eq(column, Variable.constant(Tensor.arange(classes))).to(DType.INT64);
    } catch (WengertException e) {
      throw refused(e, "oneHot", index);
    }
  }

  /// `weight[index]`: the row of each index, as of words in a vocabulary.
  ///
  /// @param weight of shape `(rows, columns)`
  /// @param index integers of any shape; the result has one more axis
  /// @throws ShapeException if there is no such row
  public static Variable embedding(Variable weight, Variable index) {
    return embedding(weight, index, -1, false);
  }

  /// `weight[index]`, with options for the gradient.
  ///
  /// @param weight of shape `(rows, columns)`
  /// @param index integers of any shape; the result has one more axis
  /// @param paddingIndex the row that gets no gradient; -1 if there is none
  /// @param scaleByFrequency whether the gradient of a row is divided by the number of times its
  ///     index comes
  /// @throws ShapeException if there is no such row
  public static Variable embedding(
      Variable weight, Variable index, int paddingIndex, boolean scaleByFrequency) {
    try {
      if (weight.rank() != 2) {
        throw (ShapeException)
            new ShapeException("a weight of rank " + weight.rank())
                .hint("it has a row for each index")
                .during("embedding")
                .operand("weight", weight.name(), weight.shape().toString());
      }
      Variable flat = index.reshape(Shape.of(index.shape().count()));
      Variable rows = indexSelect(weight, 0, flat);
      if (scaleByFrequency) {
        Variable detached = rows.detach();
        rows = detached.add(rows.sub(detached).mul(shares(flat.value(), weight)));
      }
      if (paddingIndex >= 0) {
        rows = where(unsqueeze(flat.eq(paddingIndex), 1), rows.detach(), rows);
      }
      return rows.reshape(index.shape().insert(-1, weight.size(1)));
    } catch (WengertException e) {
      throw refused(e, "embedding", weight, index);
    }
  }

  /// One over the number of times each index comes, as a column.
  private static Variable shares(Tensor index, Variable weight) {
    int[] counts = new int[weight.size(0)];
    long[] rows = index.toLongArray();
    for (long row : rows) {
      counts[(int) row]++;
    }
    double[] shares = Arrays.stream(rows).mapToDouble(row -> 1.0 / counts[(int) row]).toArray();
    return Variable.constant(Tensor.of(shares).to(weight.dtype()).reshape(rows.length, 1));
  }

  /// The vectors of whole bags of indices, each folded to one vector; an empty bag gives zeros.
  ///
  /// @param weight of shape `(rows, columns)`
  /// @param index the indices of all bags, one bag behind the other
  /// @param offsets where each bag begins
  /// @return of shape `(bags, columns)`
  /// @throws ShapeException if there is no such row or the offsets do not ascend from 0
  public static Variable embeddingBag(Variable weight, Variable index, Variable offsets, Bag bag) {
    try {
      long[] starts = offsets.value().toLongArray();
      int count = index.shape().count();
      for (int i = 0; i < starts.length; i++) {
        long least = i == 0 ? 0 : starts[i - 1];
        if (index.rank() != 1 || starts[i] < least || starts[i] > count || starts[0] != 0) {
          throw new ShapeException("offset " + starts[i] + " of bag " + i + " in " + index.shape())
              .hint("the indices are a vector, the offsets ascend in it from 0");
        }
      }
      Variable rows = embedding(weight, index);
      List<Variable> bags = new ArrayList<>();
      for (int i = 0; i < starts.length; i++) {
        int end = i + 1 < starts.length ? (int) starts[i + 1] : count;
        Variable own = rows.slice(0, (int) starts[i], end);
        bags.add(own.size(0) == 0 ? own.sum(0) : folded(own, bag));
      }
      return stack(bags, 0);
    } catch (WengertException e) {
      throw refused(e, "embeddingBag", weight, index, offsets);
    }
  }

  private static Variable folded(Variable rows, Bag bag) {
    return switch (bag) {
      case SUM -> rows.sum(0);
      case MEAN -> rows.mean(0);
      case MAX -> F.max(rows, 0, false).values();
    };
  }
}
