package org.wengert.nn;

import static org.wengert.nn.LayerCatalogue.entry;
import static org.wengert.nn.Sample.normal;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wengert.nn.GELU.Approximation;
import org.wengert.nn.LayerCatalogue.Entry;

/// The catalogue's layers that are functions of their elements, or of a row of them.
final class ActivationEntries {
  private ActivationEntries() {}

  static List<Entry<?>> list() {
    return Stream.of(plain(), bent(), soft(), learned(), ofRows())
        .<Entry<?>>flatMap(List::stream)
        .toList();
  }

  private static Entry<?> elementwise(Supplier<Module> make, String prints) {
    return entry(_ -> make.get(), prints, normal(2, 3)).elementwise();
  }

  private static List<Entry<?>> plain() {
    return List.of(
        elementwise(ReLU::new, "ReLU()"),
        elementwise(ReLU6::new, "ReLU6()"),
        elementwise(SELU::new, "SELU()"),
        elementwise(SiLU::new, "SiLU()"),
        elementwise(Mish::new, "Mish()"),
        elementwise(Softsign::new, "Softsign()"),
        elementwise(Hardsigmoid::new, "Hardsigmoid()"),
        elementwise(Hardswish::new, "Hardswish()"),
        elementwise(Tanhshrink::new, "Tanhshrink()"),
        elementwise(Tanh::new, "Tanh()"),
        elementwise(LogSigmoid::new, "LogSigmoid()"),
        elementwise(HardLimit::new, "HardLimit()"),
        elementwise(GELU::new, "GELU()"),
        elementwise(() -> new GELU(Approximation.NONE), "GELU(approximation=NONE)"),
        elementwise(() -> new GELU(Approximation.TANH), "GELU(approximation=TANH)"),
        elementwise(() -> new GELU(Approximation.SIGMOID), "GELU(approximation=SIGMOID)"));
  }

  private static List<Entry<?>> bent() {
    return List.of(
        elementwise(LeakyReLU::new, "LeakyReLU(slope=0.01)"),
        elementwise(() -> new LeakyReLU(0.1), "LeakyReLU(slope=0.1)"),
        elementwise(ELU::new, "ELU(alpha=1.0)"),
        elementwise(() -> new ELU(0.5), "ELU(alpha=0.5)"),
        elementwise(CELU::new, "CELU(alpha=1.0)"),
        elementwise(() -> new CELU(0.5), "CELU(alpha=0.5)"),
        elementwise(Hardtanh::new, "Hardtanh(least=-1.0, most=1.0)"),
        elementwise(() -> new Hardtanh(-0.5, 2), "Hardtanh(least=-0.5, most=2.0)"),
        elementwise(Hardshrink::new, "Hardshrink(lambda=0.5)"),
        elementwise(Softshrink::new, "Softshrink(lambda=0.5)"),
        elementwise(() -> new Threshold(0.1, 20), "Threshold(threshold=0.1, value=20.0)"));
  }

  private static List<Entry<?>> soft() {
    return List.of(
        elementwise(Softplus::new, "Softplus()"),
        elementwise(() -> new Softplus(2, 15), "Softplus(beta=2.0, threshold=15.0)"),
        elementwise(Sigmoid::new, "Sigmoid()"),
        elementwise(() -> new Sigmoid(2), "Sigmoid(slope=2.0)"),
        elementwise(RBF::new, "RBF(a=1.0, c=0.0)"),
        elementwise(() -> new RBF(2, 0.5), "RBF(a=2.0, c=0.5)"));
  }

  private static List<Entry<?>> learned() {
    return List.of(
        elementwise(PReLU::new, "PReLU(slopes=1)"),
        entry(_ -> new PReLU(3, 0.1), "PReLU(slopes=3)", normal(2, 3, 2))
            .refuses("expects 3 channels in axis 1, got shape (2, 2, 3)", normal(2, 2, 3))
            .refuses("expects 3 channels in axis 1, got shape (3)", normal(3)),
        elementwise(RReLU::new, "RReLU(lower=0.125, upper=0.3333333333333333)"),
        elementwise(() -> new RReLU(0.2, 0.2), "RReLU(lower=0.2, upper=0.2)"));
  }

  private static List<Entry<?>> ofRows() {
    return List.of(
        entry(_ -> new Softmax(-2), "Softmax(axis=-2)", normal(2, 3))
            .refuses("axis -2 does not exist in a tensor of rank 1", normal(3)),
        entry(_ -> new Softmin(1), "Softmin(axis=1)", normal(2, 3))
            .refuses("axis 1 does not exist in a tensor of rank 1", normal(3)),
        entry(_ -> new LogSoftmax(1), "LogSoftmax(axis=1)", normal(2, 3))
            .refuses("axis 1 does not exist in a tensor of rank 1", normal(3)),
        entry(_ -> new Softmax2d(), "Softmax2d()", normal(2, 3, 2, 1))
            .refuses("no images: shape (2, 3)", normal(2, 3)),
        entry(_ -> new GLU(), "GLU(axis=-1)", normal(2, 4))
            .refuses("axis -1 has the odd size 3", normal(2, 3)),
        entry(_ -> new GLU(0), "GLU(axis=0)", normal(2, 3))
            .refuses("axis 0 does not exist in a tensor of rank 0", normal()),
        entry(_ -> new Maxout(3), "Maxout(pieces=3)", normal(2, 6))
            .refuses("the last axis of shape (6, 2) has no groups of 3", normal(6, 2)));
  }
}
