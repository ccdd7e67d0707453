package org.wengert.train.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Samples that are the rows of tensors in memory, such as images and their labels. Batches are
/// gathered by copying rows, and a subset copies nothing.
///
/// ```
/// TensorDataset<Sample> digits = TensorDataset.of(images, labels);
/// record Pair(Tensor left, Tensor right, Tensor same) {}
/// TensorDataset<Pair> pairs = TensorDataset.of(new Pair(lefts, rights, same));
/// ```
///
/// Immutable and thread-safe as long as nobody rewrites the tensors.
///
/// Source: `torch.utils.data.TensorDataset`.
///
/// @param <S> a sample: a tensor or a record of tensors
public final class TensorDataset<S> implements BatchDataset<S> {
  private final S all;
  private final int rows;
  private final int @Nullable [] indices; // null: all rows

  private TensorDataset(S all, int rows, int @Nullable [] indices) {
    this.all = all;
    this.rows = rows;
    this.indices = indices;
  }

  /// Samples of an input and a target.
  ///
  /// @param inputs the first axis counts samples
  /// @param targets as many
  /// @throws OptionException if there are not as many
  public static TensorDataset<Sample> of(Tensor inputs, Tensor targets) {
    return of(new Sample(inputs, targets));
  }

  /// The rows of all tensors in a record, or of one tensor.
  ///
  /// @param all in each tensor, the first axis counts samples
  /// @throws OptionException if a tensor has no axis, or another number of rows than the first one,
  ///     or if `all` is no record of tensors
  public static <S> TensorDataset<S> of(S all) {
    List<Tensor> parts = new ArrayList<>();
    S compact =
        Records.combine(
            List.of(all),
            part -> {
              parts.add(part.getFirst());
              return part.getFirst().contiguous();
            });
    if (parts.isEmpty()) {
      throw new OptionException(all.getClass().getSimpleName() + " has no tensors")
          .hint("samples are rows of tensors");
    }
    for (Tensor part : parts) {
      if (part.rank() == 0
          || parts.getFirst().rank() == 0
          || part.size(0) != parts.getFirst().size(0)) {
        throw new OptionException(
                "rows of " + parts.getFirst().shape() + " do not go with rows of " + part.shape())
            .hint("the first axis of every tensor counts the samples");
      }
    }
    return new TensorDataset<>(compact, parts.getFirst().size(0), null);
  }

  /// All samples as one batch: of a subset a copy, else the tensors this was made of.
  public S all() {
    return indices == null ? all : gather(indices);
  }

  @Override
  public int size() {
    return indices == null ? rows : indices.length;
  }

  /// One sample; a view, nothing is copied.
  @Override
  public S get(int index) {
    int row = row(index);
    return Records.combine(List.of(all), part -> Rows.row(part.getFirst(), row));
  }

  private int row(int index) {
    int checked = Objects.checkIndex(index, size());
    return indices == null ? checked : indices[checked];
  }

  @Override
  public S batch(int... indices) {
    return gather(rows(indices));
  }

  private int[] rows(int[] indices) {
    return Arrays.stream(indices).map(this::row).toArray();
  }

  private S gather(int[] rowsOf) {
    return Records.combine(List.of(all), part -> Rows.gather(part.getFirst(), rowsOf));
  }

  @Override
  public TensorDataset<S> subset(int... indices) {
    Subset.check(indices, size());
    return new TensorDataset<>(all, rows, rows(indices));
  }
}
