package org.wengert.benchmarks.peers;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.lstm;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.wengert.benchmarks.Workload;
import org.wengert.benchmarks.Workloads;

/// The steps of [Workloads] by libtorch.
final class Twins {
  private static final TensorOptional NONE = new TensorOptional();

  private Twins() {}

  static Libtorch of(Workloads kind, Workload ours) {
    return switch (kind) {
      case MLP_SMALL -> new Mlp(ours, Fused.Rule.SGD);
      case MLP_WIDE -> new Mlp(ours, Fused.Rule.ADAM);
      case CONVNET -> new ConvNet(ours);
      case LSTM -> new Lstm(ours);
      case TRANSFORMER -> new Transformer(ours);
      case SCALAR_GRAPH -> new ScalarGraph(ours);
      case ELEMENTWISE -> new Elementwise(ours);
      case MATMUL_64, MATMUL_256, MATMUL_1024 -> new MatMul(ours);
      case SOFTMAX_CE -> new SoftmaxCrossEntropy(ours);
      case CONV_RESNET -> new ConvResnet(ours);
      case BATCHNORM2D -> new BatchNorm(ours);
      case EMBEDDING -> new Embedding(ours);
    };
  }

  /// Weights and bias of a layer.
  private record Layer(Tensor weight, TensorOptional bias) {
    Layer(Libtorch step) {
      this(step.leaf(), step.optional());
    }

    Tensor linearOf(Tensor x) {
      return linear(x, weight, bias);
    }

    Tensor convolutionOf(Tensor x) {
      return conv2d(x, weight, bias, ONE, ONE, ONE, 1);
    }

    Tensor normOf(Tensor x) {
      return layer_norm(x, weight.sizes(), new TensorOptional(weight), bias, 1e-5, true);
    }

    private static final long[] ONE = {1, 1};
  }

  private static final class Mlp extends Libtorch {
    private final List<Layer> layers = new ArrayList<>();
    private final Tensor x;
    private final Tensor target;

    Mlp(Workload ours, Fused.Rule rule) {
      super(ours);
      for (int i = 0; i < 3; i++) {
        layers.add(new Layer(this));
      }
      x = data();
      target = data();
      optimizer(rule);
    }

    @Override
    Tensor forward() {
      Tensor y = layers.get(0).linearOf(x);
      for (Layer layer : layers.subList(1, layers.size())) {
        y.relu_();
        y = then(y, layer.linearOf(y));
      }
      return then(y, cross_entropy_loss(y, target));
    }
  }

  private static final class ConvNet extends Libtorch {
    private final Layer first = new Layer(this);
    private final Layer second = new Layer(this);
    private final Layer third = new Layer(this);
    private final Layer fourth = new Layer(this);
    private final Tensor x = data();
    private final Tensor target = data();

    ConvNet(Workload ours) {
      super(ours);
      optimizer(Fused.Rule.SGD);
    }

    @Override
    Tensor forward() {
      Tensor y = first.convolutionOf(x);
      y.relu_();
      y = then(y, max_pool2d(y, 2, 2));
      y = then(y, second.convolutionOf(y));
      y.relu_();
      y = then(y, max_pool2d(y, 2, 2));
      y = then(y, y.flatten(1, -1));
      y = then(y, third.linearOf(y));
      y.relu_();
      y = then(y, fourth.linearOf(y));
      return then(y, cross_entropy_loss(y, target));
    }
  }

  private static final class Lstm extends Libtorch {
    private final TensorVector weights = new TensorVector(leaf(), leaf(), leaf(), leaf());
    private final Layer last = new Layer(this);
    private final Tensor x = data();
    private final Tensor target = data();

    Lstm(Workload ours) {
      super(ours);
      optimizer(Fused.Rule.ADAM);
    }

    @Override
    Tensor forward() {
      TensorVector state = new TensorVector(zeros(1, 64, 128), zeros(1, 64, 128));
      Tensor all = lstm(x, state, weights, true, 1, 0, true, false, false).get0();
      Tensor y = last.linearOf(all.select(0, -1));
      return cross_entropy_loss(y, target);
    }
  }

  private static final class Transformer extends Libtorch {
    private final Tensor characters = leaf();
    private final Tensor places = leaf();
    private final Block first = new Block(this);
    private final Block second = new Block(this);
    private final Layer norm = new Layer(this);
    private final Layer logits = new Layer(this);
    private final Tensor text = data();
    private final Tensor next = data();

    Transformer(Workload ours) {
      super(ours);
      optimizer(Fused.Rule.ADAMW);
    }

    @Override
    Tensor forward() {
      Tensor y = embedding(characters, text);
      y = then(y, y.add(places));
      y = second.apply(first.apply(y));
      y = then(y, norm.normOf(y));
      y = then(y, logits.linearOf(y));
      return cross_entropy_loss(y.view(-1, 65), next);
    }
  }

  /// Attention, then two linear layers, each with the norm in front.
  private record Block(
      Layer project, Layer out, Layer widen, Layer narrow, Layer norm1, Layer norm2) {
    private static final DoubleOptional DEFAULT = new DoubleOptional();

    Block(Libtorch step) {
      this(
          new Layer(step),
          new Layer(step),
          new Layer(step),
          new Layer(step),
          new Layer(step),
          new Layer(step));
    }

    Tensor apply(Tensor x) {
      Tensor y = norm1.normOf(x);
      y = Libtorch.then(y, attend(y));
      y = Libtorch.then(x, x.add(y));
      Tensor z = norm2.normOf(y);
      z = Libtorch.then(z, widen.linearOf(z));
      z = Libtorch.then(z, gelu(z));
      z = Libtorch.then(z, narrow.linearOf(z));
      return Libtorch.then(y, y.add(z));
    }

    private Tensor attend(Tensor x) {
      Tensor all = project.linearOf(x).view(16, 64, 3, 4, 32).permute(2, 0, 3, 1, 4);
      TensorVector parts = all.unbind(0);
      Tensor y =
          scaled_dot_product_attention(
              parts.get(0), parts.get(1), parts.get(2), NONE, 0, true, DEFAULT, false);
      y = y.transpose(1, 2).reshape(16, 64, 128);
      return out.linearOf(y);
    }
  }

  private static final class ScalarGraph extends Libtorch {
    private final Tensor x = leaf();

    ScalarGraph(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      Tensor y = x.sin().mul(x).add(x);
      for (int i = 1; i < 1000; i++) {
        Tensor sine = y.sin();
        Tensor product = then(sine, sine.mul(y));
        y = then(y, then(product, product.add(y)));
      }
      return y;
    }
  }

  private static final class Elementwise extends Libtorch {
    private final Tensor x = leaf();
    private final Tensor w = leaf();
    private final Tensor b = leaf();

    Elementwise(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      Tensor y = x.mul(w);
      y = then(y, y.add(b));
      y = then(y, y.tanh());
      return then(y, y.sum());
    }
  }

  private static final class MatMul extends Libtorch {
    private final Tensor a = leaf();
    private final Tensor b = leaf();

    MatMul(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      Tensor y = a.matmul(b);
      return then(y, y.sum());
    }
  }

  private static final class SoftmaxCrossEntropy extends Libtorch {
    private final Tensor logits = leaf();
    private final Tensor target = data();

    SoftmaxCrossEntropy(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      return cross_entropy_loss(logits, target);
    }
  }

  private static final class ConvResnet extends Libtorch {
    private final Tensor x = leaf();
    private final Tensor w = leaf();

    ConvResnet(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      Tensor y = conv2d(x, w, NONE, Layer.ONE, Layer.ONE, Layer.ONE, 1);
      return then(y, y.sum());
    }
  }

  private static final class BatchNorm extends Libtorch {
    private final Tensor x = leaf();
    private final TensorOptional weight = optional();
    private final TensorOptional bias = optional();
    private final Tensor weights = data();
    private final TensorOptional mean = new TensorOptional(zeros(64));
    private final TensorOptional variance = new TensorOptional(zeros(64).add_(Twins.one()));

    BatchNorm(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      Tensor y = batch_norm(x, weight, bias, mean, variance, true, 0.1, 1e-5, true);
      y = then(y, y.mul(weights));
      return then(y, y.sum());
    }
  }

  private static org.bytedeco.pytorch.Scalar one() {
    return new org.bytedeco.pytorch.Scalar(1f);
  }

  private static final class Embedding extends Libtorch {
    private final Tensor table = leaf();
    private final Layer norm = new Layer(this);
    private final Tensor index = data();

    Embedding(Workload ours) {
      super(ours);
    }

    @Override
    Tensor forward() {
      Tensor y = embedding(table, index);
      y = then(y, norm.normOf(y));
      return then(y, y.sum());
    }
  }
}
