package org.wengert.optim;

import java.util.List;
import org.wengert.backend.Update;

/// An optimizer that treats each element by itself: all but the update rule of one element is here.
/// Holds state: the options of each group and, for each parameter, its number of steps and the
/// tensors named by [#slots].
///
/// A new method is one class with a record of [Options], the names of its state and its [Update]:
///
/// ```
/// record Step(double learningRate) implements Update {
///   public void apply(double gradient, double[] state) {
///     state[0] -= learningRate * gradient;
///   }
/// }
/// ```
///
/// One pass over the memory of each parameter, in place, computed in `double` and rounded to the
/// parameter's type when stored. A rule of expressions, [org.wengert.backend.CompiledUpdate], is
/// computed in the parameter's type itself, several times as fast. Not thread-safe.
///
/// @param <O> the options, a record of `double`, `int` and `boolean` components
public abstract class ElementwiseOptimizer<O extends Options<O>> extends RuleOptimizer<O> {

  /// An optimizer of one or more groups.
  ///
  /// @throws org.wengert.tensor.OptionException if there is no group, a group is empty, or a
  ///     parameter comes twice
  protected ElementwiseOptimizer(List<ParameterGroup<O>> groups) {
    super(groups);
  }

  /// The rule for one element in step number `step` of its parameter, counted from 1. Constants of
  /// the step belong into its fields. Each class of rules gets a loop of its own.
  protected abstract Update rule(O options, long step);

  @Override
  final Update rule(O options, long step, double[] numbers) {
    return rule(options, step);
  }
}
