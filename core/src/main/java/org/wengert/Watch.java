package org.wengert;

import java.util.List;
import java.util.function.Supplier;
import org.wengert.tensor.pool.Holders;
import org.wengert.tensor.pool.Pool;

/// Who looks at operations as they are done, be it a user or a [Trace]: as a rule nobody, and then
/// it costs a comparison. Holds state: how many look.
final class Watch {
  private static final ScopedValue<Op.Observer> OBSERVER = ScopedValue.newInstance();
  private static final Op.Observer NOBODY = (_, _, _) -> {};
  private static final Object LOCK = new Object();

  private static volatile int watchers; // so that operations that nobody watches need not ask

  private Watch() {}

  /// Whether anybody watches, on any thread.
  static boolean isAny() {
    return watchers > 0;
  }

  /// The result of `body`, while what `scope` binds is asked for.
  static <T, X extends Throwable> T call(
      ScopedValue.Carrier scope, ScopedValue.CallableOp<? extends T, X> body) throws X {
    begin();
    try {
      return scope.<T, X>call(body);
    } finally {
      end();
    }
  }

  /// One more looks, until it says [#end].
  static void begin() {
    synchronized (LOCK) {
      watchers++;
    }
  }

  static void end() {
    synchronized (LOCK) {
      watchers--;
    }
  }

  /// The scope in which `observer` sees what is done.
  static ScopedValue.Carrier scope(Op.Observer observer) {
    return ScopedValue.where(OBSERVER, observer);
  }

  /// Shows an operation that was done to whom it concerns.
  static void note(Op op, Variable y, Variable... xs) {
    Trace.note(op, y, xs);
    Debug.examine(op, y, xs);
    if (isObserved()) {
      Op.Observer observer = OBSERVER.get();
      Holders.show(y.value.storage());
      for (Variable x : xs) {
        Holders.show(x.value.storage());
      }
      apart(() -> observer.done(op, List.of(xs), y));
    }
  }

  /// Whether a user sees what this thread does, and may keep it.
  static boolean isObserved() {
    return watchers > 0 && OBSERVER.isBound() && OBSERVER.get() != NOBODY;
  }

  /// What `body` gives, which no observer sees.
  static <T> T unobserved(ScopedValue.CallableOp<T, RuntimeException> body) {
    return isObserved() ? scope(NOBODY).call(body) : body.call();
  }

  /// Runs a user's code, which nobody observes, and which may keep whatever it makes.
  private static void apart(Runnable users) {
    Pool pool = Pool.current();
    int region = pool.pause();
    try {
      scope(NOBODY).run(users);
    } finally {
      pool.resume(region);
    }
  }

  /// What `body` gives, a part of the computation.
  static <T> T inside(Scope scope, Supplier<T> body) {
    if (!isObserved()) {
      return Debug.inside(scope, body);
    }
    Op.Observer observer = OBSERVER.get();
    apart(() -> observer.entered(scope));
    try {
      return Debug.inside(scope, body);
    } finally {
      apart(() -> observer.left(scope));
    }
  }
}
