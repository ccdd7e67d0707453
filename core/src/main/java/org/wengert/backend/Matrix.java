package org.wengert.backend;

import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// A matrix in a storage, with any strides: what kernels pass to [Backend#multiply]. Element `(i,
/// j)` lies at `at + i rowStride + j columnStride`; a stride of 0 repeats.
///
/// @param storage where the elements are
/// @param at where element `(0, 0)` is
/// @param rows the number of rows
/// @param columns the number of columns
/// @param rowStride the distance between neighbours in a column
/// @param columnStride the distance between neighbours in a row
public record Matrix(
    Storage storage, int at, int rows, int columns, int rowStride, int columnStride) {

  /// The matrix in the last two axes of a tensor, the first one if there are many.
  public static Matrix of(Tensor x) {
    return new Matrix(x.storage(), x.offset(), x.size(-2), x.size(-1), x.stride(-2), x.stride(-1));
  }

  /// A matrix that lies in a storage row by row.
  public static Matrix rowMajor(Storage storage, int at, int rows, int columns) {
    return new Matrix(storage, at, rows, columns, columns, 1);
  }

  /// A vector as each of many rows.
  public static Matrix repeated(Tensor row, int rows) {
    return new Matrix(row.storage(), row.offset(), rows, row.size(0), 0, row.stride(0));
  }

  /// The type of the elements.
  public DType dtype() {
    return storage.dtype();
  }

  /// Rows as columns.
  public Matrix transposed() {
    return new Matrix(storage, at, columns, rows, columnStride, rowStride);
  }

  /// The same matrix, beginning elsewhere in the storage.
  public Matrix movedTo(int start) {
    return new Matrix(storage, start, rows, columns, rowStride, columnStride);
  }

  /// The rows from `from` on, `count` of them.
  public Matrix rows(int from, int count) {
    return new Matrix(storage, at + from * rowStride, count, columns, rowStride, columnStride);
  }

  /// The columns from `from` on, `count` of them.
  public Matrix columns(int from, int count) {
    return new Matrix(storage, at + from * columnStride, rows, count, rowStride, columnStride);
  }

  /// Whether neighbours in a row lie side by side.
  public boolean hasUnitColumns() {
    return columnStride == 1 || columns <= 1;
  }
}
