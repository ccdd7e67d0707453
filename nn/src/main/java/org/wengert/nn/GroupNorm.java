package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Groups of neighbouring channels of each sample brought to mean 0 and variance 1, then each
/// channel scaled and shifted by numbers that are learned; unlike batch norm it does not care how
/// large the batch is:
///
/// ```
/// y = (x - mean) / √(var + eps) · weight + bias
/// ```
///
/// Input of shape `(samples, channels, ..)`; `weight`, which starts at 1, and `bias`, which starts
/// at 0, have shape `(channels)`.
///
/// Holds state, its parameters; several threads may call `forward` at once while nobody changes
/// them.
///
/// Source: Wu, He, "Group normalization", 2018; `torch.nn.GroupNorm`.
public final class GroupNorm extends Watched {
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;
  private final int groups;
  private final int channels;
  private final double eps;

  /// With weight and bias, `eps` 1e-5.
  ///
  /// @throws OptionException if the channels do not divide into the groups
  public GroupNorm(int groups, int channels) {
    this(groups, channels, 1e-5, true);
  }

  /// With or without weight and bias.
  ///
  /// @param eps what is added to the variance before its root
  /// @throws OptionException if the channels do not divide into the groups
  public GroupNorm(int groups, int channels, double eps, boolean affine) {
    if (groups < 1 || channels < 1 || channels % groups != 0) {
      throw new OptionException("GroupNorm of " + channels + " channels in " + groups + " groups")
          .hint("the channels are a multiple of the groups");
    }
    this.groups = groups;
    this.channels = channels;
    this.eps = eps;
    weight = affine ? new Parameter(Tensor.ones(channels)).named("weight") : null;
    bias = affine ? new Parameter(Tensor.zeros(channels)).named("bias") : null;
  }

  @Override
  Variable compute(Variable x) {
    if (x.rank() < 2 || x.size(1) != channels) {
      throw unexpected(channels + " channels in (samples, channels, ..)", x)
          .hint("build the layer for the channels of the layer before it");
    }
    if (weight != null) {
      requireType(x, weight.dtype());
    }
    return F.groupNorm(x, groups, weight, bias, eps);
  }

  /// What each channel is multiplied by; null if there is none.
  public @Nullable Parameter weight() {
    return weight;
  }

  /// What is added to each channel; null if there is none.
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  protected String settings() {
    return groups + ", " + channels + ", eps=" + eps + ", affine=" + (weight != null);
  }
}
