package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backends;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Reads `x[..]`: first what gives a view, axis by axis, then all index tensors at once. Holds what
/// it has read so far.
final class Subscript {
  private Variable view;
  private int axis;
  private final List<Integer> axes = new ArrayList<>();
  private final List<Tensor> places = new ArrayList<>();

  private Subscript(Variable x) {
    this.view = x;
  }

  static Variable read(Variable x, Index... indices) {
    try {
      Subscript subscript = new Subscript(x);
      for (Index index : withoutEllipsis(x.shape(), indices)) {
        subscript.read(index);
      }
      return subscript.axes.isEmpty() ? subscript.view : subscript.gathered();
    } catch (WengertException e) {
      throw Recorder.explained(e, "get", x);
    }
  }

  private static List<Index> withoutEllipsis(Shape x, Index... indices) {
    if (indices == null) {
      throw new OptionException("the indices are null")
          .hint("newAxis() is Python's None, all() takes a whole axis");
    }
    int used = 0;
    int ellipses = 0;
    for (Index index : indices) {
      requireIndex(index, indices);
      used += axesOf(index);
      ellipses += index instanceof Index.Ellipsis ? 1 : 0;
    }
    if (used > x.rank() || ellipses > 1) {
      String problem = ellipses > 1 ? "more than one ellipsis" : used + " axes are indexed";
      throw new ShapeException(problem + " in a tensor of rank " + x.rank())
          .hint("give at most one index for each axis, and one ellipsis for all others");
    }
    List<Index> all = new ArrayList<>();
    for (Index index : indices) {
      if (index instanceof Index.Ellipsis) {
        for (int i = used; i < x.rank(); i++) {
          all.add(Index.all());
        }
      } else {
        all.add(index);
      }
    }
    return all;
  }

  private static void requireIndex(@Nullable Index index, Index... indices) {
    if (index == null) {
      int place = Arrays.asList(indices).indexOf(null);
      throw new ShapeException("index " + place + " of " + indices.length + " is null")
          .hint("newAxis() is Python's None, all() takes the whole axis");
    }
  }

  private static int axesOf(Index index) {
    return switch (index) {
      case Index.At _, Index.Range _, Index.Places _ -> 1;
      case Index.Ellipsis _, Index.NewAxis _ -> 0;
      case Index.Mask(Tensor mask) -> mask.rank();
    };
  }

  private void read(Index index) {
    switch (index) {
      case Index.At(int place) -> {
        Indices.wrapped(Tensor.of(new int[] {place}), view.size(axis));
        view = F.select(view, axis, place);
      }
      case Index.Range range -> {
        IndexRange.of(view.shape(), axis, range.from(), range.to(), range.step());
        boolean whole = range.isWhole(view.size(axis));
        view = whole ? view : F.slice(view, axis, range.from(), range.to(), range.step());
        axis++;
      }
      case Index.NewAxis() -> view = F.unsqueeze(view, axis++);
      case Index.Mask(Tensor mask) -> readMask(mask);
      case Index.Places(Tensor at) -> add(Indices.wrapped(at, view.size(axis)));
      case Index.Ellipsis() -> throw new AssertionError("replaced before");
    }
  }

  private void add(Tensor at) {
    axes.add(axis++);
    places.add(at);
  }

  private void readMask(Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new DTypeException("a mask of type " + mask.dtype())
          .hint("compare, or convert with to(BOOL)");
    }
    if (mask.rank() == 0) {
      view = F.unsqueeze(view, axis);
      add(Tensor.arange(mask.longAt() == 0 ? 0 : 1));
      return;
    }
    int[] sizes = Arrays.copyOfRange(view.shape().toArray(), axis, axis + mask.rank());
    if (!mask.shape().equals(Shape.of(sizes))) {
      throw new ShapeException(
              "a mask of shape " + mask.shape() + " meets axes of sizes " + Shape.of(sizes))
          .hint("a mask has the sizes of the axes it selects from");
    }
    Tensor found = Backends.current().nonzero(mask);
    for (int i = 0; i < sizes.length; i++) {
      add(found.slice(1, i, i + 1, 1).reshape(found.size(0)));
    }
  }

  /// All index tensors at once: their axes are joined into one, along which one [Gather] reads.
  private Variable gathered() {
    Shape joint = places.stream().map(Tensor::shape).reduce(Shape.SCALAR, Shape::broadcast);
    int first = axes.getFirst();
    if (axes.getLast() - first != axes.size() - 1) {
      int[] from = axes.stream().mapToInt(Integer::intValue).toArray();
      int[] front = new int[from.length];
      Arrays.setAll(front, i -> i);
      view = F.moveDim(view, from, front);
      first = 0;
    }
    long[] flat = new long[joint.count()];
    int size = 1;
    for (int k = 0; k < axes.size(); k++) {
      long[] at = places.get(k).expand(joint).toLongArray();
      int along = view.size(first + k);
      for (int i = 0; i < flat.length; i++) {
        flat[i] = flat[i] * along + at[i];
      }
      size *= along;
    }
    Variable line = F.replaced(view, first, first + axes.size(), size);
    Tensor index = Tensor.over(new Storage.Longs(flat), Shape.of(flat.length));
    Variable read = F.selected(line, first, index);
    return F.replaced(read, first, first + 1, joint.toArray());
  }
}
