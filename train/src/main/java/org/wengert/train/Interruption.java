package org.wengert.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Keeps a program that was told to end (Ctrl-C, `kill`) alive until the thread that trains has
/// finished its step and saved. Holds state: whether it was told.
///
/// A shutdown hook, during which other threads go on; the JVM then ends with the signal's code, 130
/// for Ctrl-C. The JVM hands each signal to a thread of its own, named after it, and those wait for
/// the hooks: if there is a second one, somebody is in a hurry, and the program ends at once.
final class Interruption implements AutoCloseable {
  private static final int INTERRUPTED = 130;
  private static final long PATIENCE_MILLIS = 20;

  private final Thread trainer = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::standBy, "wengert-interruption");
  private volatile boolean requested;

  private Interruption() {}

  /// From now on the calling thread is waited for.
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /// Whether the program is to end.
  boolean isRequested() {
    return requested;
  }

  private void standBy() {
    requested = true;
    try {
      while (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && !endsItself()) {
        if (signals() > 1) {
          Runtime.getRuntime().halt(INTERRUPTED);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the thread that trains has called `System.exit`, and waits for us.
  private boolean endsItself() {
    for (StackTraceElement frame : trainer.getStackTrace()) {
      if (frame.getClassName().equals("java.lang.Runtime")
          && frame.getMethodName().equals("exit")) {
        return true;
      }
    }
    return !trainer.isAlive();
  }

  private static long signals() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("SIG[A-Z]+ handler"))
        .count();
  }

  /// Lets the program end, and does not return.
  void leave() {
    done.countDown();
    while (true) {
      LockSupport.park();
    }
  }

  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        requested = true; // just now
      }
    }
  }
}
