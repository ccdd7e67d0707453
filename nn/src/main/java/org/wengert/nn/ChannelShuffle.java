package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The channels dealt out like cards, one from each group in turn, so that convolutions in groups
/// see channels of all groups. Input of shape `(samples, channels, ..)`.
///
/// Several threads may call `forward` at once.
///
/// Source: Zhang et al., "ShuffleNet", 2017; `torch.nn.ChannelShuffle`.
public final class ChannelShuffle extends Watched {
  private final int groups;

  /// A layer of this kind.
  ///
  /// @param groups into how many groups the channels are divided
  /// @throws OptionException if it is below 1
  public ChannelShuffle(int groups) {
    if (groups < 1) {
      throw new OptionException("ChannelShuffle with groups " + groups)
          .hint("it is into how many groups the channels are divided, from 1");
    }
    this.groups = groups;
  }

  @Override
  Variable compute(Variable x) {
    return F.channelShuffle(x, groups);
  }

  @Override
  protected String settings() {
    return "groups=" + groups;
  }
}
