package org.wengert.train;

/// Somebody who is told how a fit goes: a lambda for one moment, or a class for several of them.
/// Called by the thread that trains, one after the other in the order in which they were given; an
/// exception ends the fit and reaches the caller.
public sealed interface Callback {
  /// Before the first step, also when a training goes on from a checkpoint.
  @FunctionalInterface
  non-sealed interface BeforeFit extends Callback {
    /// What is about to happen.
    void beforeFit(Plan plan);
  }

  /// After each step of the optimizer.
  @FunctionalInterface
  non-sealed interface AfterStep extends Callback {
    /// What the step was like.
    void afterStep(StepReport step);
  }

  /// After each epoch and its validation.
  @FunctionalInterface
  non-sealed interface AfterEpoch extends Callback {
    /// What the epoch was like.
    void afterEpoch(EpochReport epoch);
  }

  /// After the last epoch, or when the training was stopped; after an exception there is
  /// [AfterFailure].
  @FunctionalInterface
  non-sealed interface AfterFit extends Callback {
    /// All that was reported.
    void afterFit(History history);
  }

  /// When an exception or an error ends the fit, in place of [AfterFit]: the moment to close what
  /// was opened. Who throws here is added to it as suppressed, and the others are still told.
  @FunctionalInterface
  non-sealed interface AfterFailure extends Callback {
    /// What ended it, which the caller of the fit gets afterwards.
    void afterFailure(Throwable failure);
  }
}
