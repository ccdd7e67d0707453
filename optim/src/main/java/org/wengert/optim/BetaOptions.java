package org.wengert.optim;

/// Options of Adam and its relatives: the decays of two running averages, the first of which is
/// their momentum.
///
/// @param <O> the record itself
public interface BetaOptions<O extends BetaOptions<O>> extends MomentumOptions<O> {
  /// The decay of the first average, which is that of the gradients.
  double beta1();

  /// The same options with another `beta1`.
  ///
  /// @throws org.wengert.tensor.OptionException if it is outside `[0, 1)`
  O beta1(double beta1);

  /// The decay of the second average, usually that of the squared gradients.
  double beta2();

  /// The same options with another `beta2`.
  ///
  /// @throws org.wengert.tensor.OptionException if it is outside `[0, 1)`
  O beta2(double beta2);

  /// The same options with other decays of both averages.
  ///
  /// @throws org.wengert.tensor.OptionException if one is outside `[0, 1)`
  default O betas(double beta1, double beta2) {
    return beta1(beta1).beta2(beta2);
  }

  @Override
  default double momentum() {
    return beta1();
  }

  @Override
  default O momentum(double momentum) {
    return beta1(momentum);
  }
}
