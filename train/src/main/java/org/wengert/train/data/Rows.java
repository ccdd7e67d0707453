package org.wengert.train.data;

import java.util.List;
import java.util.Objects;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Samples in and out of tensors whose first axis counts them, by copying whole rows.
final class Rows {
  private Rows() {}

  /// Tensors of one shape and type as rows of a new one.
  ///
  /// @throws ShapeException if one has another shape or type than the first
  static Tensor stack(List<Tensor> rows) {
    Tensor first = rows.getFirst();
    Tensor result = Tensor.empty(first.shape().insert(0, rows.size()), first.dtype());
    for (int i = 0; i < rows.size(); i++) {
      Tensor row = rows.get(i);
      if (!row.shape().equals(first.shape()) || row.dtype() != first.dtype()) {
        throw new ShapeException("samples of one batch differ")
            .hint("give all the same shape and type, or the loader a Collate")
            .operand("sample", "0", first.dtype() + " " + first.shape())
            .operand("sample", String.valueOf(i), row.dtype() + " " + row.shape());
      }
      copy(row.isContiguous() ? row : row.contiguous(), 0, result, i);
    }
    return result;
  }

  /// The rows of these numbers, in a new tensor.
  ///
  /// @param from its elements lie row by row without gaps
  static Tensor gather(Tensor from, int[] indices) {
    Tensor result = Tensor.empty(from.shape().with(0, indices.length), from.dtype());
    for (int i = 0; i < indices.length; i++) {
      copy(from, Objects.checkIndex(indices[i], from.size(0)), result, i);
    }
    return result;
  }

  /// A view of one row.
  static Tensor row(Tensor from, int index) {
    Shape row = from.shape().remove(0);
    return from.slice(0, index, index + 1, 1).reshape(row);
  }

  /// Copies as much as a row of `to` holds.
  private static void copy(Tensor from, int row, Tensor to, int place) {
    int length = to.count() / to.size(0);
    System.arraycopy(
        Elements.array(from.storage()),
        from.offset() + row * length,
        Elements.array(to.storage()),
        place * length,
        length);
  }
}
