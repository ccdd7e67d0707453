package org.wengert.tensor.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counts who sees a storage. Apart from [Counted], so that the public class that extends it
/// inherits none of this.
///
/// [#ANYBODY] is final: a storage that was seen once is never recycled nor rewritten. So is
/// [#LENT], of which more is known: user code may even rewrite it, so that nobody keeps it. Changes
/// of the count are atomic, since a gradient of several leaves is counted by several threads.
public final class Holders {
  /// Anybody may see it: every storage, unless the engine made it and kept it for itself.
  static final int ANYBODY = 0;

  private static final int OPEN = -1; // made in a region that is not closed yet

  /// Anybody may see it, and user code handed it over, which may write to it again.
  static final int LENT = -2;

  private static final VarHandle COUNT = handle();

  private Holders() {}

  private static VarHandle handle() {
    try {
      return MethodHandles.lookup().findVarHandle(Counted.class, "holders", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Whether nobody but the caller, who holds it, can see it.
  public static boolean isHeldOnce(Counted storage) {
    return (int) COUNT.getAcquire(storage) == 1;
  }

  /// Whether all who can see it are holders.
  public static boolean isHeld(Counted storage) {
    return (int) COUNT.getAcquire(storage) > ANYBODY;
  }

  /// Whether anybody may see it, so that it is never recycled nor rewritten in place.
  public static boolean isShown(Counted storage) {
    int count = (int) COUNT.getAcquire(storage);
    return count == ANYBODY || count == LENT;
  }

  /// Whether it was lent, so that whoever wants to keep it takes a copy.
  public static boolean isLent(Counted storage) {
    return (int) COUNT.getAcquire(storage) == LENT;
  }

  /// Notes that it comes from user code, which may fill its array again.
  public static void lend(Counted storage) {
    COUNT.setVolatile(storage, LENT);
  }

  /// Notes that the caller has just made this storage and holds it alone.
  public static void holdNew(Counted storage) {
    COUNT.setRelease(storage, 1);
  }

  /// Notes one more holder, if they are counted.
  public static void hold(Counted storage) {
    add(storage, 1);
  }

  /// Notes that a holder has let go of it; when nobody is left, its array goes to the pool of this
  /// thread.
  public static void release(Counted storage) {
    if (add(storage, -1) == 1) {
      Pool.current().give(storage);
    }
  }

  /// Takes what a region returns to somebody who may show it to anybody.
  public static void keep(Counted storage) {
    if (isOpen(storage)) {
      storage.holders = ANYBODY;
    }
  }

  /// Notes that anybody may see it from now on.
  public static void show(Counted storage) {
    if (storage.holders != ANYBODY && storage.holders != LENT) {
      COUNT.setVolatile(storage, ANYBODY);
    }
  }

  /// Adds to the count, if there is one, and gives what it was.
  private static int add(Counted storage, int change) {
    int count = (int) COUNT.getAcquire(storage);
    while (count > ANYBODY && !COUNT.compareAndSet(storage, count, count + change)) {
      count = (int) COUNT.getAcquire(storage);
    }
    return count;
  }

  /// Marks a storage made in a region.
  static void open(Counted storage) {
    storage.holders = OPEN;
  }

  /// Whether a region made it and nobody has claimed it.
  static boolean isOpen(Counted storage) {
    return storage.holders == OPEN;
  }

  /// Takes what a region returns: the caller is its only holder, or, of a storage that was counted
  /// before, one of them.
  public static void claim(Counted storage) {
    if (isOpen(storage)) {
      holdNew(storage);
    } else {
      hold(storage);
    }
  }
}
