package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.wengert.backend.Draw;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Calls of the fused operations on operands of all sizes and layouts, by class name.
final class FusedContracts {
  private FusedContracts() {}

  /// Draws a call.
  interface Contract {
    Call draw(Draw draw);
  }

  /// An operation and its operands.
  record Call(Op.Fused op, List<Tensor> operands) {}

  static SortedMap<String, Contract> all() {
    SortedMap<String, Contract> all = new TreeMap<>();
    all.put("ChannelNorm", FusedContracts::channelNorm);
    all.put("CrossEntropy", FusedContracts::crossEntropy);
    all.put("LayerNorm", FusedContracts::layerNorm);
    all.put("Linear", FusedContracts::linear);
    all.put("LogSoftmax", d -> along(d, LogSoftmax::new));
    all.put("Softmax", d -> along(d, Softmax::new));
    all.put("Convolve", FusedContracts::convolve);
    all.put("ScaledDotProductAttention", SequenceContracts::attention);
    all.put("Unroll", SequenceContracts::unroll);
    all.put("MaxPool", FusedContracts::maxPool);
    return all;
  }

  private static Call along(Draw d, IntFunction<Op.Fused> op) {
    Shape x = d.shape(1, 3);
    return new Call(op.apply(-1 - d.below(x.rank())), List.of(d.tensor(x)));
  }

  private static Call linear(Draw d) {
    Shape x = d.shape(1, 3);
    Tensor weight = d.tensor(Shape.of(d.size(0, 40), x.size(-1)));
    Tensor bias = d.tensor(Shape.of(weight.size(0)));
    List<Tensor> operands = List.of(d.tensor(x), weight, bias);
    return new Call(new Linear(), d.flip() ? operands : operands.subList(0, 2));
  }

  /// A drawn shape without its zeros.
  private static Shape filled(Draw d, int least, int most) {
    Shape x = d.shape(least, most);
    for (int axis = 0; axis < x.rank(); axis++) {
      x = x.with(axis, Math.max(1, x.size(axis)));
    }
    return x;
  }

  private static Call layerNorm(Draw d) {
    Shape x = filled(d, 1, 3);
    Shape row = Shape.of(x.size(-1));
    boolean weighted = d.flip();
    boolean biased = d.flip();
    LayerNorm op = new LayerNorm(row, d.flip(), weighted, biased, 1e-5);
    return new Call(op, operands(d, x, row, weighted, biased));
  }

  private static Call channelNorm(Draw d) {
    Shape x = filled(d, 2, 4);
    boolean weighted = d.flip();
    boolean biased = d.flip();
    int groups = d.anyOf(0, 1, x.size(1));
    ChannelNorm op = new ChannelNorm(groups, weighted, biased, 1e-5);
    return new Call(op, operands(d, x, Shape.of(x.size(1)), weighted, biased));
  }

  private static List<Tensor> operands(
      Draw d, Shape x, Shape scale, boolean weighted, boolean biased) {
    List<Tensor> operands = new ArrayList<>();
    operands.add(d.tensor(x));
    if (weighted) {
      operands.add(d.tensor(scale));
    }
    if (biased) {
      operands.add(d.tensor(scale));
    }
    return operands;
  }

  private static Call crossEntropy(Draw d) {
    Shape shape = d.shape(2, 2);
    Shape x = shape.size(1) == 0 ? shape.with(1, 1) : shape;
    Tensor target = d.indices(Shape.of(x.size(0)), x.size(1));
    LossReduction reduction = LossReduction.values()[d.below(3)];
    return new Call(new CrossEntropy(target, reduction), List.of(d.tensor(x)));
  }

  private static Call convolve(Draw d) {
    boolean inTiles = d.below(6) == 0; // of Winograd, for there are many channels
    List<Window> windows = inTiles ? d.threeByThree() : d.windows();
    int groups = inTiles ? 1 : 1 + d.below(3);
    int channels = inTiles ? 65 : groups * (1 + d.below(d.isLarge() ? 6 : 3));
    int each = inTiles ? 67 : 1 + d.below(d.isLarge() ? 20 : 10);
    boolean transposed = d.flip();
    int outer = transposed ? channels : groups * each;
    Shape weight = Shape.of(outer, transposed ? each : channels / groups);
    Shape x = Shape.of(d.below(d.isLarge() ? 9 : 4), channels);
    for (Window window : windows) {
      weight = weight.insert(-1, window.kernel());
      x = x.insert(-1, transposed ? window.outputs() : window.size());
    }
    List<Tensor> operands = new ArrayList<>(List.of(d.tensor(x), d.tensor(weight)));
    if (d.flip()) {
      operands.add(d.tensor(Shape.of(groups * each)));
    }
    return new Call(new Convolve(windows, groups, transposed), operands);
  }

  private static Call maxPool(Draw d) {
    List<Window> windows = d.flip() ? d.windows() : pairs(d);
    Shape x = Shape.of(d.below(4), 1 + d.below(d.isLarge() ? 40 : 3));
    for (Window window : windows) {
      x = x.insert(-1, window.size());
    }
    return new Call(new MaxPool(windows), List.of(d.tensor(x)));
  }

  private static List<Window> pairs(Draw d) {
    List<Window> windows = new ArrayList<>();
    for (int axes = 1 + d.below(2); axes > 0; axes--) {
      int size = d.size(2, 65);
      windows.add(Window.sliding(size, 2, 2, 1, 0, size / 2));
    }
    return windows;
  }
}
