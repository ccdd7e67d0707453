package org.wengert.benchmarks;

import java.util.List;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.BatchNorm2d;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Single functions with their gradients.
final class Functions {
  private Functions() {}

  /// 1000 times `x ← sin(x) · x + x` on a scalar, which creeps towards 0.
  static Workload scalarGraph() {
    Leaf x = Variable.of(Tensor.of(-0.5f));
    return new Gradients("scalar_graph", List.of(x), () -> chain(x));
  }

  private static Variable chain(Variable x) {
    Variable y = x;
    for (int i = 0; i < 1000; i++) {
      y = F.sin(y).mul(y).add(y);
    }
    return y;
  }

  /// `Σ tanh(x w + b)` over a million elements.
  static Workload elementwise() {
    Rng random = new Rng(1);
    Leaf x = leaf(random, 1_000_000);
    Leaf w = leaf(random, 1_000_000);
    Leaf b = leaf(random, 1_000_000);
    return new Gradients("elementwise", List.of(x, w, b), () -> x.mul(w).add(b).tanh().sum());
  }

  /// `Σ a b` of two square matrices.
  static Workload matMul(int n) {
    Rng random = new Rng(1);
    Leaf a = leaf(random, n, n);
    Leaf b = leaf(random, n, n);
    return new Gradients("matmul_" + n, List.of(a, b), () -> a.matMul(b).sum());
  }

  /// Cross entropy of 4096 samples in 1000 classes.
  static Workload softmaxCrossEntropy() {
    Rng random = new Rng(1);
    Leaf logits = leaf(random, 4096, 1000);
    Variable target = Variable.constant(Networks.classes(random, 1000, 4096));
    return new Gradients(
        "softmax_ce", List.of(logits), () -> F.crossEntropy(logits, target), target.value());
  }

  /// A layer of a residual network: 64 to 64 channels, 3×3, on 16 pictures of 56×56, without bias.
  static Workload convResnet() {
    Rng random = new Rng(1);
    Leaf x = leaf(random, 16, 64, 56, 56);
    Leaf w = leaf(random, 64, 64, 3, 3);
    Convolution padded = Convolution.defaults().padding(1);
    return new Gradients("conv_resnet", List.of(x, w), () -> F.conv2d(x, w, null, padded).sum());
  }

  /// Batch normalisation of 32 pictures of 28×28 with 64 channels; the sum of the result, weighted.
  static Workload batchNorm() {
    Rng random = new Rng(1);
    Leaf x = leaf(random, 32, 64, 28, 28);
    BatchNorm2d norm = new BatchNorm2d(64);
    Variable weights = normal(random, 32, 64, 28, 28);
    return new Gradients(
        "batchnorm2d",
        List.of(x, norm.weight(), norm.bias()),
        () -> norm.forward(x).mul(weights).sum(),
        weights.value());
  }

  /// 16×256 of 10000 vectors of 256, normalised and summed.
  static Workload embedding() {
    Rng random = new Rng(1);
    Leaf table = leaf(random, 10_000, 256);
    Leaf weight = Variable.of(Tensor.ones(256));
    Leaf bias = leaf(random, 256);
    Variable index = Variable.constant(Networks.classes(random, 10_000, 16, 256));
    return new Gradients(
        "embedding",
        List.of(table, weight, bias),
        () -> F.layerNorm(F.embedding(table, index), Shape.of(256), weight, bias, 1e-5).sum(),
        index.value());
  }

  private static Leaf leaf(Rng random, int... sizes) {
    return Variable.of(normal(random, sizes).value());
  }

  private static Variable normal(Rng random, int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT32, random));
  }
}
