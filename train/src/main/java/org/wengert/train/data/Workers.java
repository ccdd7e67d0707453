package org.wengert.train.data;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Threads that make batches, begun when there is something to do and ended soon after there is
/// nothing any more: nobody has to close them. Thread-safe.
final class Workers {
  private static final long IDLE_MILLIS = 500;

  private final @Nullable ThreadPoolExecutor threads;

  Workers(int count) {
    threads = count == 0 ? null : threads(count);
  }

  private static ThreadPoolExecutor threads(int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> Thread.ofPlatform().name("wengert-loader").daemon().unstarted(task));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  boolean isNone() {
    return threads == null;
  }

  /// How many there are at most.
  int count() {
    return threads == null ? 0 : threads.getMaximumPoolSize();
  }

  <T> Future<T> submit(Callable<T> task) {
    return Objects.requireNonNull(threads, "no workers").submit(task);
  }

  /// What a task gave, when it is done; its error is thrown as it is.
  static <T> T result(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted at a batch");
      cancelled.initCause(e);
      throw cancelled;
    }
  }
}
