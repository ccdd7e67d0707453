package org.wengert.optim;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;

/// A schedule of one's own, as a factor of the initial learning rates. Epoch `e` runs with
///
/// ```
/// η factor(e)
/// ```
///
/// so changes from outside are overridden. Holds state, not thread-safe.
///
/// Source: `torch.optim.lr_scheduler.LambdaLR`.
public final class LambdaLR extends FormulaScheduler {
  private final List<LongToDoubleFunction> factors;
  private final boolean forAll;

  /// A schedule.
  ///
  /// @param factor of the initial rates in an epoch, which counts from 0
  /// @throws OptionException if a rate is negative, infinite or not a number
  public LambdaLR(Optimizer optimizer, LongToDoubleFunction factor) {
    super(optimizer);
    this.factors = List.of(factor);
    this.forAll = true;
    begin();
  }

  /// A schedule with a factor for each group.
  ///
  /// @param factors of the initial rate of each group in an epoch, which counts from 0
  /// @throws OptionException if there is not one for each group, or a rate is negative, infinite or
  ///     not a number
  public LambdaLR(Optimizer optimizer, List<LongToDoubleFunction> factors) {
    super(optimizer);
    this.factors = List.copyOf(factors);
    this.forAll = false;
    int groups = optimizer.groups().size();
    if (factors.size() != groups) {
      throw (OptionException)
          new OptionException(factors.size() + " factors for " + groups + " groups")
              .hint("give one for each group, or one function instead of a list")
              .during("LambdaLR");
    }
    begin();
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return initial * factors.getFirst().applyAsDouble(epoch);
  }

  @Override
  double learningRate(int group, long epoch, double current, double initial) {
    if (forAll) {
      return learningRate(epoch, current, initial);
    }
    if (group >= factors.size()) {
      String problem = "LambdaLR has no factor for group " + group + ", which was added later";
      throw new StateException(problem).hint("add all groups before the schedule is made");
    }
    return initial * factors.get(group).applyAsDouble(epoch);
  }
}
