package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.tensor.Axes;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// Weights that are computed from parameters every time they are used, with gradients through the
/// rule. The layer stays what it is; its `weight` gives way to
/// `parametrizations.weight.original`, as in PyTorch.
///
/// ```java
/// Linear fc = Parametrizations.spectralNorm(new Linear(784, 64));
/// ```
///
/// Works for [Linear], [Bilinear] and the convolutions. Parametrize a layer before the optimizer
/// asks for its parameters; `weight()` of the layer is then what the weight is computed from.
///
/// Changes the layer it is given; not thread-safe.
///
/// Source: `torch.nn.utils.parametrizations`, `torch.nn.utils.parametrize`.
public final class Parametrizations {
  private Parametrizations() {}

  /// Weight normalization of each output: see [#weightNorm(Module, int)]; `axis` is 0.
  public static <M extends Module> M weightNorm(M layer) {
    return weightNorm(layer, 0);
  }

  /// `weight = g v / ‖v‖`, where the norm is that of each part that `axis` numbers: lengths `g`
  /// and directions `v` are learned apart. The parameters are
  /// `parametrizations.weight.original0`, `g`, and `original1`, `v`; the weight starts as it was.
  ///
  /// Source: Salimans, Kingma, "Weight normalization", 2016.
  ///
  /// @throws org.wengert.tensor.ShapeException if the weight has no such axis
  /// @throws OptionException if the layer's weight cannot be computed
  /// @throws StateException if it is computed already
  public static <M extends Module> M weightNorm(M layer, int axis) {
    Parameter v = weighted(layer).weight();
    Watched watched = (Watched) layer;
    if (watched.parametrization() != null) {
      throw new StateException(layer.described() + " computes its weight already")
          .hint("use weightNorm first, and other rules behind it");
    }
    WeightNorm rule = new WeightNorm(Axes.normalize(axis, v.rank()));
    Parameter g = new Parameter(Autograd.noGrad(() -> rule.lengths(v)).value());
    g.requiresGrad(v.requiresGrad());
    watched.parametrize(new Parametrization(g, v, rule));
    return layer;
  }

  /// Spectral normalization with one power iteration, by the thread's generator: see
  /// [#spectralNorm(Module, int, double, RandomGenerator)].
  public static <M extends Module> M spectralNorm(M layer) {
    return spectralNorm(layer, 1, 1e-12, Rng.current());
  }

  /// `weight = W / σ(W)`, with `σ` the largest singular value: the layer's gain is at most 1, which
  /// keeps the critic of a GAN smooth. A power iteration follows `σ` while training; its vectors
  /// are the buffers `parametrizations.weight.0._u` and `_v`.
  ///
  /// Calls of `forward` while training change the vectors, and are not thread-safe.
  ///
  /// Source: Miyato et al., "Spectral normalization for generative adversarial networks", 2018.
  ///
  /// @param iterations how many steps each call takes while training
  /// @param eps keeps the norms of the vectors from 0
  /// @throws OptionException if the layer's weight cannot be computed, or there are no iterations
  public static <M extends Module> M spectralNorm(
      M layer, int iterations, double eps, RandomGenerator random) {
    Parameter weight = weighted(layer).weight();
    if (iterations < 1) {
      throw new OptionException(iterations + " power iterations").hint("there is at least 1");
    }
    int axis = layer instanceof ConvLayer conv && conv.isTransposed() ? 1 : 0;
    return register(layer, new SpectralNorm(weight, axis, iterations, eps, random));
  }

  /// Any rule from weights to weights of the same shape; parameters and buffers of a module in it
  /// are those of the layer, under `parametrizations.weight.0`. A second rule takes what the first
  /// one gives.
  ///
  /// @throws OptionException if the layer's weight cannot be computed
  public static <M extends Module> M register(M layer, Layer rule) {
    Parameter weight = weighted(layer).weight();
    Watched watched = (Watched) layer;
    Parametrization present = watched.parametrization();
    Parametrization parametrization = present == null ? new Parametrization(weight) : present;
    parametrization.then(rule);
    watched.parametrize(parametrization);
    return layer;
  }

  /// Whether the layer computes its weight.
  public static boolean isParametrized(Module layer) {
    return layer instanceof Watched watched && watched.parametrization() != null;
  }

  /// Makes what the layer computes now its weight, and that a parameter again. Nothing happens to a
  /// layer that computes nothing.
  public static <M extends Module> M remove(M layer) {
    if (layer instanceof Watched watched && watched.parametrization() != null) {
      Parameter weight = weighted(layer).weight();
      weight.assign(Autograd.noGrad(() -> watched.current(weight)).value());
      watched.parametrize(null);
    }
    return layer;
  }

  private static Weighted weighted(@Nullable Module layer) {
    if (layer instanceof Weighted weighted) {
      return weighted;
    }
    String what = layer == null ? "null" : layer.described();
    throw new OptionException(what + " has no weight that can be computed")
        .hint("Linear, Bilinear and the convolutions have one");
  }
}
