package org.wengert;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What [Autograd#debug] does at every operation and at every link of the chain rule.
final class Debug {
  private static final ScopedValue<DebugSession> SESSION = ScopedValue.newInstance();
  private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();
  private static final StackWalker WALKER = StackWalker.getInstance();

  /// Packages whose lines are not the user's.
  private static final List<String> OWN =
      List.of(
          "org.wengert",
          "org.wengert.backend",
          "org.wengert.check",
          "org.wengert.graph",
          "org.wengert.io",
          "org.wengert.nn",
          "org.wengert.optim",
          "org.wengert.tensor");

  private Debug() {}

  static ScopedValue.Carrier scope() {
    return ScopedValue.where(SESSION, new DebugSession());
  }

  /// What is known on this thread; null unless its operations are watched.
  static @Nullable DebugSession session() {
    DebugSession session = Watch.isAny() && SESSION.isBound() ? SESSION.get() : DebugSession.OFF;
    return session == DebugSession.OFF ? null : session;
  }

  /// What `body` gives, as a part of what is watched.
  static <T> T inside(Scope scope, Supplier<T> body) {
    if (session() == null) {
      return body.get();
    }
    Place outer = PLACE.isBound() ? PLACE.get() : null;
    long start = Clock.now();
    try {
      return ScopedValue.where(PLACE, new Place(scope, outer)).call(body::get);
    } catch (NonFiniteException e) {
      Remarks.note(scope, start, e.culprit()); // its graph has the parts that it broke off
      throw e;
    }
  }

  /// What `work` gives, unwatched: the operations of a rule are looked at as a whole.
  static <T> T unwatched(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(SESSION, DebugSession.OFF).call(work);
  }

  /// Notes that a parameter was rewritten.
  static void changed(long time) {
    DebugSession session = session();
    if (session != null) {
      session.changed(time);
    }
  }

  /// Notes where `y` was recorded, and refuses it if it is the first that is not finite.
  static void examine(Op op, Variable y, Variable... xs) {
    DebugSession session = session();
    if (session == null) {
      return;
    }
    String line = line();
    Place place = PLACE.isBound() ? PLACE.get() : null;
    if (y instanceof Step step) {
      step.remarks().line = line;
      step.remarks().place = place;
      session.consider(step, xs);
    }
    for (int i = 0; i < xs.length; i++) {
      Finding given = xs[i] instanceof Step ? Finding.NOTHING : Finding.in(xs[i].value);
      if (given.hasNan()) {
        throw refused(op, "input " + i + " had " + given, line, where(place), y, null, xs)
            .hint("look at where it comes from: data, or an optimizer's step that went too far");
      }
    }
    Finding found = Finding.in(y.value);
    if (found.isNew(xs)) {
      throw refused(op, "the result has " + found, line, where(place), y, null, xs).hint(hint(op));
    }
  }

  /// Refuses gradients of which one is the first not to be finite.
  ///
  /// @param calls those of scopes around the step, as far as they are known, and others
  static void examine(DebugSession session, Step step, Variable gy, List<Scope.Call> calls) {
    // what a checkpoint hides is looked at piece by piece
    DebugSession inner = step.op() instanceof Checkpoint ? session : DebugSession.OFF;
    List<@Nullable Variable> gradients =
        ScopedValue.where(SESSION, inner)
            .call(() -> Autograd.noGrad(() -> Autograd.pullback(step, gy)));
    Variable[] xs = step.inputs().toArray(new Variable[0]);
    for (int i = 0; i < xs.length; i++) {
      Variable gradient = gradients.get(i);
      if (gradient != null && Finding.in(gradient.value).isNew(gy)) {
        String what = "the gradient of input " + i + " has " + Finding.in(gradient.value);
        String where = DebugSession.place(step, calls);
        Tensor kept = gy.value.copy();
        throw refused(step.op(), what, step.line(), where, step, kept, xs)
            .operand("gradient", "", Finding.described(gy.value))
            .hint(hint(step.op()));
      }
    }
  }

  private static WengertException refused(
      Op op,
      String problem,
      String line,
      String where,
      Variable culprit,
      @Nullable Tensor gradient,
      Variable... xs) {
    String at = line.isEmpty() ? "" : ", at " + line;
    WengertException error =
        new NonFiniteException(problem + at, culprit, gradient).during(op.label());
    if (!where.isEmpty()) {
      error.within(where);
    }
    for (int i = 0; i < xs.length; i++) {
      error.operand("input " + i, xs[i].name(), Finding.described(xs[i].value));
    }
    return error;
  }

  /// Asked for late: it makes models walk through their layers.
  private static String where(@Nullable Place place) {
    return place == null ? "" : place.toString();
  }

  /// The way out that fits most often.
  private static String hint(Op op) {
    return switch (op.label()) {
      case "log", "log2", "log10" ->
          "keep the operand above 0, or use logSoftmax, logSigmoid or log1p of what it came from";
      case "exp", "exp2", "expm1", "cosh", "sinh" ->
          "the operand is too large: subtract its maximum first, or use softmax or logSumExp";
      case "div", "reciprocal", "rsqrt" -> "keep the divisor away from 0: add a small number";
      case "sqrt", "norm" -> "the derivative at 0 is infinite: add a small number under the root";
      case "pow", "power" -> "a negative base, or 0 with a negative exponent, has no power";
      default -> "look at the operands: are they as large as they should be?";
    };
  }

  /// The innermost line that is not the library's.
  private static String line() {
    return WALKER.walk(
        frames -> frames.filter(Debug::isUsers).findFirst().map(Debug::shown).orElse(""));
  }

  private static boolean isUsers(StackFrame frame) {
    String name = frame.getClassName();
    int dot = name.lastIndexOf('.');
    String pack = dot < 0 ? "" : name.substring(0, dot);
    return !OWN.contains(pack) && !pack.startsWith("java.") && !pack.startsWith("jdk.");
  }

  private static String shown(StackFrame frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }
}
