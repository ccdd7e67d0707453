package org.wengert.benchmarks.peers;

import static org.bytedeco.pytorch.global.torch.set_num_threads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.wengert.benchmarks.Workload;
import org.wengert.tensor.DType;

/// A step by libtorch, written as its users write it: the same numbers as a [Workload] of ours.
///
/// Values in between are freed as soon as the next one is computed, as a C++ or Python program
/// would; otherwise they would push each other out of the cache.
abstract class Libtorch {
  private final Deque<org.wengert.tensor.Tensor> given;
  private final List<Tensor> leaves = new ArrayList<>();
  private Optional<Fused> optimizer = Optional.empty();

  /// @param ours before its first step
  Libtorch(Workload ours) {
    given = new ArrayDeque<>(ours.tensors());
  }

  static void threads(int count) {
    set_num_threads(count);
  }

  /// The next tensor, as one that wants a gradient.
  final Tensor leaf() {
    Tensor leaf = data().requires_grad_(true);
    leaves.add(leaf);
    return leaf;
  }

  /// The same where libtorch's functions want an optional one.
  final TensorOptional optional() {
    return new TensorOptional(leaf());
  }

  /// The next tensor.
  final Tensor data() {
    org.wengert.tensor.Tensor next = given.removeFirst();
    long[] sizes = new long[next.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = next.size(axis);
    }
    return next.dtype() == DType.INT64
        ? Tensor.create(next.toLongArray(), sizes)
        : Tensor.create(next.toFloatArray(), sizes);
  }

  /// Lets the leaves move.
  final void optimizer(Fused.Rule rule) {
    optimizer = Optional.of(new Fused(rule, leaves));
  }

  /// What is differentiated.
  abstract Tensor forward();

  final double step() {
    for (Tensor leaf : leaves) {
      leaf.mutable_grad().reset();
    }
    try (PointerScope _ = new PointerScope()) {
      Tensor y = forward();
      y.backward();
      optimizer.ifPresent(Fused::step);
      return y.item_float();
    }
  }

  /// As [Workload#squares].
  final double squares() {
    double sum = 0;
    for (Tensor leaf : leaves) {
      try (PointerScope _ = new PointerScope()) {
        Tensor made = optimizer.isEmpty() ? leaf.grad() : leaf.detach();
        Tensor wide = made.to(ScalarType.Double);
        sum += wide.mul(wide).sum().item_double();
      }
    }
    return sum;
  }

  /// `y`, after `x`, from which it was computed, has been freed.
  static Tensor then(Tensor x, Tensor y) {
    x.close();
    return y;
  }
}
