package org.wengert;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Compares a state to be loaded with what is expected, so that everything wrong with it is said at
/// once and before anything has changed: for those who implement
/// [org.wengert.tensor.Stateful#loadStateDict].
///
/// ```
/// StateCheck check = new StateCheck("Mean.loadStateDict", state, "load what stateDict() gave");
/// check.expectCount("count");
/// check.expect("sum", DType.FLOAT64, Shape.SCALAR);
/// check.throwIfWrong(true);
/// count = StateCheck.require(state, "count").longAt();
/// ```
///
/// Holds state: what was found so far; not thread-safe.
public final class StateCheck {
  private final String attempt;
  private final Map<String, Tensor> state;
  private final Set<String> expected = new LinkedHashSet<>();
  private final StateException error;
  private boolean wrong;

  /// A check that has found nothing yet.
  ///
  /// @param attempt for the error, such as `Adam.loadStateDict`
  /// @param state what is to be loaded
  /// @param hint what to do if it does not fit
  public StateCheck(String attempt, Map<String, Tensor> state, String hint) {
    this.attempt = attempt;
    this.state = state;
    this.error = new StateException("the saved state does not fit").hint(hint);
  }

  /// An entry of this type and shape must be there.
  public void expect(String key, DType type, Shape shape) {
    entry(key, type, shape);
  }

  /// A number of steps or epochs must be there.
  public void expectCount(String key) {
    Tensor given = entry(key, DType.INT64, Shape.SCALAR);
    if (given != null && given.longAt() < 0) {
      report("impossible", key, "a count of " + given.longAt());
    }
  }

  /// This very number must be there: what the program has been told and the state was made with.
  public void expectSame(String key, long value) {
    Tensor given = entry(key, DType.INT64, Shape.SCALAR);
    if (given != null && given.longAt() != value) {
      report("different", key, given.longAt() + " instead of " + value);
    }
  }

  /// A learning rate must be there.
  public void expectRate(String key) {
    Tensor given = entry(key, DType.FLOAT64, Shape.SCALAR);
    if (given != null && !(given.item() >= 0 && given.item() < Double.POSITIVE_INFINITY)) {
      report("impossible", key, "a learning rate of " + given.item());
    }
  }

  /// The entry if it is as it should be, else null.
  private @Nullable Tensor entry(String key, DType type, Shape shape) {
    expected.add(key);
    Tensor given = state.get(key);
    if (given == null) {
      report("missing", key, type + " " + shape);
      return null;
    }
    boolean fits = given.shape().equals(shape);
    if (fits && given.dtype() == type) {
      return given;
    }
    report(
        fits ? "mis-typed" : "mis-shaped",
        key,
        given.dtype() + " " + given.shape() + " instead of " + type + " " + shape);
    return null;
  }

  /// Notes something else that is wrong, such as `impossible`, `taken`, `5 batches of 4`.
  public void report(String kind, String key, String description) {
    error.operand(kind, key, description);
    wrong = true;
  }

  /// Throws if something is wrong.
  ///
  /// @param complete whether all that is expected has been named, so that the rest is unexpected
  /// @throws StateException that lists all that was found
  public void throwIfWrong(boolean complete) {
    if (complete) {
      for (String key : new TreeSet<>(state.keySet())) {
        if (!expected.contains(key)) {
          Tensor given = require(state, key);
          report("unexpected", key, given.dtype() + " " + given.shape());
        }
      }
    }
    if (wrong) {
      throw error.during(attempt);
    }
  }

  /// An entry that was checked before.
  ///
  /// @throws StateException if there is none
  public static Tensor require(Map<String, Tensor> state, String key) {
    Tensor value = state.get(key);
    if (value == null) {
      throw new StateException("the saved state has nothing under " + key);
    }
    return value;
  }
}
