package org.wengert.optim;

/// The options of one parameter group: an immutable record of `double`, `int` and `boolean`
/// components, so that an optimizer can save and restore every one of them by its name.
///
/// Implemented by a record nested in its optimizer, such as [SGD.Options], which checks its domain
/// when it is made and has one method per component that gives a changed copy.
///
/// @param <O> the record itself
public interface Options<O extends Options<O>> {
  /// The factor of the step, `η` or `lr` in the literature.
  double learningRate();

  /// The same options with another learning rate; schedulers change it during training.
  ///
  /// @throws org.wengert.tensor.OptionException if it is negative, infinite or not a number
  O learningRate(double learningRate);
}
