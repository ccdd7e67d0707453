package org.wengert.benchmarks;

import java.util.function.Supplier;

/// The steps that are measured, and how long each may take: the goal is a ratio to the time that
/// libtorch takes for the same step in the same run.
public enum Workloads {
  /// See [Networks#mlpSmall].
  MLP_SMALL(Networks::mlpSmall, 0.60, 0.50),
  /// See [Networks#mlpWide].
  MLP_WIDE(Networks::mlpWide, 0.90, 0.85),
  /// See [Networks#convnet].
  CONVNET(Networks::convnet, 0.75, 0.60),
  /// See [Networks#lstm].
  LSTM(Networks::lstm, 0.85, 0.75),
  /// See [Networks#transformer].
  TRANSFORMER(Networks::transformer, 0.80, 0.70),
  /// See [Functions#scalarGraph].
  SCALAR_GRAPH(Functions::scalarGraph, 0.02, 0.02),
  /// See [Functions#elementwise].
  ELEMENTWISE(Functions::elementwise, 0.45, 0.55),
  /// See [Functions#matMul].
  MATMUL_64(() -> Functions.matMul(64), 0.60, 0.60),
  /// See [Functions#matMul].
  MATMUL_256(() -> Functions.matMul(256), 0.90, 0.95),
  /// See [Functions#matMul].
  MATMUL_1024(() -> Functions.matMul(1024), 0.95, 0.95),
  /// See [Functions#softmaxCrossEntropy].
  SOFTMAX_CE(Functions::softmaxCrossEntropy, 0.60, 0.50),
  /// See [Functions#convResnet].
  CONV_RESNET(Functions::convResnet, 0.85, 0.80),
  /// See [Functions#batchNorm].
  BATCHNORM2D(Functions::batchNorm, 0.35, 0.45),
  /// See [Functions#embedding].
  EMBEDDING(Functions::embedding, 0.70, 0.70);

  private final Supplier<Workload> maker;
  private final double goalAlone;
  private final double goalOfTwo;

  Workloads(Supplier<Workload> maker, double goalAlone, double goalOfTwo) {
    this.maker = maker;
    this.goalAlone = goalAlone;
    this.goalOfTwo = goalOfTwo;
  }

  /// A fresh one, the same each time.
  public Workload make() {
    return maker.get();
  }

  /// The ratio to libtorch's time that is wanted.
  ///
  /// @param threads of both sides
  public double goal(int threads) {
    return threads == 1 ? goalAlone : goalOfTwo;
  }
}
