package org.wengert.nn;

import org.wengert.F;

/// The first half of an axis times `σ` of the second half, which decides how much of it
/// passes: the gated linear unit. Halves the axis.
///
/// Several threads may call `forward` at once.
///
/// Source: Dauphin et al., "Language modeling with gated convolutional networks", 2017;
/// `torch.nn.GLU`.
public final class GLU extends Activation {
  /// Along the last axis.
  public GLU() {
    this(-1);
  }

  /// Along the given axis; -1 is the last one.
  public GLU(int axis) {
    super(x -> F.glu(x, axis), "axis=" + axis);
  }
}
