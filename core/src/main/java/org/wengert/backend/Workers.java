package org.wengert.backend;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.settings.Settings;

/// A few threads that help with loops. A loop is cut into chunks; the caller works through them,
/// and whichever helper is awake claims the next one too. So the caller never waits for a helper
/// that has not started: on a busy machine it does the work alone. It waits only for chunks that a
/// helper has begun, and meanwhile helps with loops that these chunks started, on which it waits
/// anyway; never with others', which could keep it.
///
/// Which thread does which chunk is open, so kernels cut by shape alone and give each chunk its own
/// place to write to: the same bits for any number of threads.
///
/// The number of threads, the caller's included, is `-Dwengert.threads`, by default one for each
/// processor. Helpers are daemon threads, made when first wanted; they wait a moment for the next
/// loop and then sleep. Thread-safe; loops may nest and several threads may run loops at once.
public final class Workers {
  private static final Workers DEFAULT =
      new Workers(
          Settings.count("wengert.threads", Runtime.getRuntime().availableProcessors(), 1024));
  private static final ScopedValue<Workers> SCOPED = ScopedValue.newInstance();

  /// The loop whose chunk a thread works on.
  private static final ThreadLocal<@Nullable Loop> OUTER = new ThreadLocal<>();

  private static final int SPINS = 2_000; // some 50 µs: a training step's next loop comes sooner
  private static final int LOOPS = 16; // at once; a further one runs on its caller alone

  private final int threads;
  private final AtomicReferenceArray<@Nullable Loop> loops = new AtomicReferenceArray<>(LOOPS);
  private volatile Helper @Nullable [] helpers;

  private Workers(int threads) {
    if (threads < 1) {
      throw new OptionException("loops shared by " + threads + " threads")
          .hint("give at least 1, which is the calling thread");
    }
    this.threads = threads;
  }

  /// The number of threads that work on the calling thread's loops, itself included.
  public static int threads() {
    return current().threads;
  }

  /// Runs `body` with loops shared by another number of threads.
  ///
  /// @param threads at least 1, which is the calling thread
  public static void using(int threads, Runnable body) {
    Workers workers = new Workers(threads);
    try {
      ScopedValue.where(SCOPED, workers).run(body);
    } finally {
      workers.stop();
    }
  }

  /// Calls `chunk` with every number from 0 up to `count`, in any order, on any of the threads, and
  /// returns when all have returned.
  ///
  /// @throws RuntimeException what a chunk threw; chunks that had not begun by then are left out
  public static void forEach(int count, IntConsumer chunk) {
    Workers workers = count > 1 ? current() : DEFAULT;
    if (count <= 1 || workers.threads == 1) {
      for (int i = 0; i < count; i++) {
        chunk.accept(i);
      }
    } else {
      workers.run(new Loop(count, chunk));
    }
  }

  /// A helper's own loops are shared among its fellows.
  private static Workers current() {
    if (Thread.currentThread() instanceof Helper helper) {
      return helper.team();
    }
    return SCOPED.isBound() ? SCOPED.get() : DEFAULT;
  }

  private void run(Loop loop) {
    Helper[] all = helpers;
    if (all == null) {
      all = start();
    }
    int slot = publish(loop);
    if (slot >= 0) {
      wake(all, loop.count - 1);
    }
    loop.work();
    if (slot >= 0) {
      loops.set(slot, null);
    }
    loop.awaitEnd(this);
  }

  private int publish(Loop loop) {
    for (int slot = 0; slot < LOOPS; slot++) {
      if (loops.get(slot) == null && loops.compareAndSet(slot, null, loop)) {
        return slot;
      }
    }
    return -1;
  }

  /// Works on an open loop that a chunk of `outer` started, or a chunk of such a loop.
  private boolean helpWithin(Loop outer) {
    for (int slot = 0; slot < LOOPS; slot++) {
      Loop loop = loops.get(slot);
      if (loop != null && loop.isOpen() && loop.isWithin(outer)) {
        loop.work();
        return true;
      }
    }
    return false;
  }

  /// Wakes as many helpers as could find a chunk. A helper is woken once, also if it takes a busy
  /// machine long to let it run: only the first call pays for that.
  private static void wake(Helper[] all, int most) {
    int wanted = most;
    for (int i = 0; i < all.length && wanted > 0; i++) {
      if (all[i].asleep.get() && all[i].asleep.compareAndSet(true, false)) {
        LockSupport.unpark(all[i]);
        wanted--;
      }
    }
  }

  private synchronized Helper[] start() {
    Helper[] all = helpers;
    if (all == null) {
      all = new Helper[threads - 1];
      for (int i = 0; i < all.length; i++) {
        all[i] = new Helper(i + 1);
        all[i].start();
      }
      helpers = all;
    }
    return all;
  }

  private synchronized void stop() {
    Helper[] all = helpers;
    for (int i = 0; all != null && i < all.length; i++) {
      all[i].stopped = true;
      LockSupport.unpark(all[i]);
    }
  }

  /// A loop that is being worked on. One number says all: chunks claimed so far; another: chunks
  /// done.
  private static final class Loop {
    private final int count;
    private final IntConsumer chunk;
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final @Nullable Loop outer = OUTER.get();
    private volatile @Nullable Throwable failure;
    private volatile boolean hasInner;

    Loop(int count, IntConsumer chunk) {
      this.count = count;
      this.chunk = chunk;
      for (Loop loop = outer; loop != null && !loop.hasInner; loop = loop.outer) {
        loop.hasInner = true;
      }
    }

    boolean isWithin(Loop other) {
      Loop loop = outer;
      while (loop != null && loop != other) {
        loop = loop.outer;
      }
      return loop == other;
    }

    boolean isOpen() {
      return claimed.get() < count;
    }

    /// Claims chunks until none is left.
    void work() {
      Loop before = OUTER.get();
      OUTER.set(this);
      for (int i = claimed.getAndIncrement(); i < count; i = claimed.getAndIncrement()) {
        try {
          if (failure == null) {
            chunk.accept(i);
          }
        } catch (Throwable t) { // handed to the caller, whoever threw it
          failure = t;
        } finally {
          done.incrementAndGet();
        }
      }
      OUTER.set(before);
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding only makes the end come sooner
    void awaitEnd(Workers team) {
      for (int spins = 0; done.get() < count; spins++) {
        if (hasInner && team.helpWithin(this)) {
          spins = 0;
        } else if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      Throwable t = failure;
      if (t instanceof Error e) {
        throw e;
      }
      if (t instanceof RuntimeException e) {
        throw e;
      }
      if (t != null) { // a checked exception that the chunk threw unseen by the compiler
        throw new UndeclaredThrowableException(t);
      }
    }
  }

  /// A thread that looks for loops with chunks left.
  private final class Helper extends Thread {
    private final AtomicBoolean asleep = new AtomicBoolean(); // set by itself, cleared by a waker
    private volatile boolean stopped;

    Helper(int number) {
      super(null, null, "wengert-" + number, 0, false);
      setDaemon(true);
    }

    Workers team() {
      return Workers.this;
    }

    @Override
    public void run() {
      int idle = 0;
      while (!stopped) {
        if (help()) {
          idle = 0;
        } else if (++idle < SPINS) {
          Thread.onSpinWait();
        } else {
          sleep();
          idle = 0;
        }
      }
    }

    private boolean help() {
      for (int slot = 0; slot < LOOPS; slot++) {
        Loop loop = loops.get(slot);
        if (loop != null && loop.isOpen()) {
          loop.work();
          return true;
        }
      }
      return false;
    }

    /// Sleeps until a loop comes. Whoever publishes one looks afterwards who is asleep, and this
    /// looks for loops after it has said that it is: one of the two sees the other.
    private void sleep() {
      asleep.set(true);
      while (asleep.get() && !help() && !stopped) {
        LockSupport.park(Workers.this);
        Thread.interrupted(); // nobody's business here, and it would keep park from waiting
      }
      asleep.set(false);
    }
  }
}
