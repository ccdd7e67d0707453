package org.wengert.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What every error of the library is: the problem with the numbers that disagree, the operation
/// that was attempted, its operands with names and shapes, and a hint that says what to do.
///
/// ```
/// matMul: 784 columns on the left meet 128 rows on the right
///     input 0  image   (32, 784)
///     input 1  weight  (128, 784)
///   hint: transpose the right operand
/// ```
///
/// Whoever detects the problem gives problem and hint; whoever knows the operation adds it and its
/// operands on the way up; a function composed of operations puts its own name and operands in
/// their place. Not thread-safe while it is being completed.
public abstract class WengertException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private @Nullable String place;
  private @Nullable String attempt;
  private @Nullable String hint;
  private final transient List<Operand> operands = new ArrayList<>();
  private int details;

  /// One operand as the message shows it.
  private record Operand(String role, String name, String description) {
    boolean hasOwnRole() {
      return !role.startsWith("input ");
    }
  }

  /// An error without an operation, operands or hint.
  protected WengertException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.problem = problem;
  }

  /// Adds the way out, and returns this error. The first hint given stays.
  public WengertException hint(String hint) {
    if (this.hint == null) {
      this.hint = hint;
    }
    return this;
  }

  /// Says what was attempted, such as `matMul`, and returns this error. The innermost attempt
  /// stays.
  public WengertException during(String attempt) {
    if (this.attempt == null) {
      this.attempt = attempt;
      this.details = operands.size();
    }
    return this;
  }

  /// Says that a larger `attempt` was asked for, of which this was a part. The outermost attempt
  /// stays; operands of the part are forgotten, but what was added before any attempt belongs to
  /// the problem and is kept.
  ///
  /// @return whether the operands of `attempt` are to be added; not if it showed them itself, under
  ///     other roles than `input 0`, `input 1`, ...
  public boolean partOf(String attempt) {
    during(attempt);
    List<Operand> shown = operands.subList(details, operands.size());
    if (attempt.equals(this.attempt) && shown.stream().anyMatch(Operand::hasOwnRole)) {
      return false;
    }
    this.attempt = attempt;
    shown.clear();
    return true;
  }

  /// What `work` gives; its errors say that it was attempted under this name.
  static <T> T during(String attempt, Supplier<T> work) {
    try {
      return work.get();
    } catch (WengertException e) {
      throw e.during(attempt);
    }
  }

  /// Says where it was attempted, such as `Conv2d 'encoder.0'`, and returns this error. The
  /// innermost place stays.
  public WengertException within(String place) {
    if (this.place == null) {
      this.place = place;
    }
    return this;
  }

  /// Whether somebody already said what was attempted.
  public boolean hasAttempt() {
    return attempt != null;
  }

  /// Adds an operand, such as `input 0`, `weight`, `(128, 784)`, and returns this error.
  public WengertException operand(String role, String name, String description) {
    operands.add(new Operand(role, name, description));
    return this;
  }

  /// The problem alone, without operation, operands and hint.
  public String problem() {
    return problem;
  }

  @Override
  public String getMessage() {
    StringBuilder text = new StringBuilder();
    if (place != null && !problem.startsWith(place)) {
      text.append(place).append(": ");
    }
    if (attempt != null) {
      text.append(attempt).append(": ");
    }
    text.append(problem);
    appendOperands(text);
    if (hint != null) {
      text.append("\n  hint: ").append(hint);
    }
    return text.toString();
  }

  private void appendOperands(StringBuilder text) {
    int role = operands.stream().mapToInt(o -> o.role().length()).max().orElse(0);
    int name = operands.stream().mapToInt(o -> o.name().length()).max().orElse(0);
    for (Operand o : operands) {
      text.append("\n    ").append(padded(o.role(), role)).append("  ");
      if (name > 0) {
        text.append(padded(o.name(), name)).append("  ");
      }
      text.append(o.description());
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
