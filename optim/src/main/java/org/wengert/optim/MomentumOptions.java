package org.wengert.optim;

/// Options of a method that keeps a share of its past, which schedules such as [OneCycleLR] lower
/// while the learning rate is high.
///
/// @param <O> the record itself
public interface MomentumOptions<O extends MomentumOptions<O>> extends Options<O> {
  /// The share of the past that stays: `momentum`, or `β₁` of Adam and its relatives.
  double momentum();

  /// The same options with another momentum.
  ///
  /// @throws org.wengert.tensor.OptionException if it is outside its domain
  O momentum(double momentum);
}
