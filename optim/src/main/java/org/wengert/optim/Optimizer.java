package org.wengert.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wengert.Variable;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// What turns gradients into better parameters. Holds state: the options of each group and what the
/// method remembers of earlier steps.
///
/// ```
/// optimizer.zeroGrad();
/// Variable loss = criterion(model.call(x), y);
/// loss.backward();
/// optimizer.step();
/// ```
///
/// or, the same in one call, and the only way with methods that ask for the loss more than once in
/// a step, such as [LBFGS]:
///
/// ```
/// Variable loss = optimizer.step(() -> criterion(model.call(x), y));
/// ```
///
/// Gradients add up until `zeroGrad()`. So a batch too large for the memory can be taken in `k`
/// parts of equal size, whose losses are means; the step is that of the whole batch:
///
/// ```
/// optimizer.zeroGrad();
/// for (Batch part : parts) {
///   criterion(model.call(part.x()), part.y()).div(k).backward();
/// }
/// optimizer.step();
/// ```
///
/// Methods that treat each element by itself extend [ElementwiseOptimizer]; others implement this
/// interface. Not thread-safe: one thread steps, while no other computes with the parameters.
public interface Optimizer extends Stateful {
  /// Moves every parameter that has a gradient and is not frozen. Parameters without a gradient are
  /// left as they are, their state too.
  ///
  /// @throws org.wengert.StateException if no parameter has a gradient, or the method has to
  ///     compute the loss itself
  void step();

  /// One step with gradients that it takes care of: forgets the old ones, computes the loss, goes
  /// backward and moves.
  ///
  /// @param closure computes the loss, a single number, with the present parameters, and nothing
  ///     else: it does not call `backward()`, as closures for PyTorch do; called at least once
  /// @return the loss before the step
  /// @throws org.wengert.StateException if the loss reaches none of the parameters, or the closure
  ///     leaves gradients
  default Variable step(Supplier<Variable> closure) {
    Variable loss = LossClosure.evaluate(this, closure);
    step();
    return loss;
  }

  /// Forgets the gradients of all parameters, so that the next `backward()` starts from nothing.
  void zeroGrad();

  /// The groups with their present options. The list is a copy.
  List<? extends ParameterGroup<?>> groups();

  /// Changes the learning rate of one group.
  ///
  /// @throws org.wengert.tensor.OptionException if there is no such group, or the rate is negative,
  ///     infinite or not a number
  void learningRate(int group, double learningRate);

  /// Changes the learning rate of all groups. Not called `learningRate`, so that no `1` is taken
  /// for the number of a group.
  ///
  /// @throws org.wengert.tensor.OptionException if it is negative, infinite or not a number
  default void learningRates(double learningRate) {
    for (int group = 0; group < groups().size(); group++) {
      learningRate(group, learningRate);
    }
  }

  /// The learning rate of one group.
  ///
  /// @throws org.wengert.tensor.OptionException if there is no such group
  double learningRate(int group);

  /// The momentum of one group, which is `β₁` of Adam and its relatives.
  ///
  /// @throws org.wengert.tensor.OptionException if there is no such group, or its options are not
  ///     [MomentumOptions]
  double momentum(int group);

  /// Changes the momentum of one group.
  ///
  /// @throws org.wengert.tensor.OptionException if there is no such group, its options are not
  ///     [MomentumOptions], or the momentum is outside its domain
  void momentum(int group, double momentum);

  /// All that is needed to go on later as if nothing had happened, to the last bit: state, numbers
  /// of steps, and options. The tensors are copies.
  @Override
  @SuppressWarnings("NonApiType") // the type promises an order and lets callers change it
  LinkedHashMap<String, Tensor> stateDict();

  /// Restores what [#stateDict] gave. Everything is checked before anything is changed.
  ///
  /// @throws org.wengert.StateException if an entry is missing, unexpected, or of another shape or
  ///     type; the message lists them all
  /// @throws org.wengert.tensor.OptionException if a saved option is outside its domain
  @Override
  void loadStateDict(Map<String, Tensor> state);
}
