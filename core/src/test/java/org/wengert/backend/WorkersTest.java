package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void everyChunkIsDoneOnce(int threads) {
    Workers.using(
        threads,
        () -> {
          assertEquals(threads, Workers.threads());
          for (int count : new int[] {0, 1, 2, 3, 100, 1_000}) {
            for (int repeat = 0; repeat < 50; repeat++) {
              AtomicIntegerArray done = new AtomicIntegerArray(count);
              Workers.forEach(count, done::incrementAndGet);
              for (int i = 0; i < count; i++) {
                assertEquals(1, done.get(i));
              }
            }
          }
        });
  }

  @Test
  void loopsNest() {
    AtomicInteger sum = new AtomicInteger();
    Workers.using(
        3, () -> Workers.forEach(20, i -> Workers.forEach(20, j -> sum.addAndGet(20 * i + j))));
    assertEquals(399 * 400 / 2, sum.get());
  }

  @Test
  void moreLoopsThanPlacesRunAtOnce() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      callers.add(
          Thread.ofPlatform().start(() -> Workers.forEach(500, i -> sum.incrementAndGet())));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(40 * 500, sum.get());
  }

  @Test
  void whatAChunkThrowsReachesTheCaller() {
    IllegalStateException thrown = new IllegalStateException("chunk 7");
    Workers.using(
        2,
        () ->
            assertSame(
                thrown,
                assertThrows(
                    IllegalStateException.class,
                    () ->
                        Workers.forEach(
                            100,
                            i -> {
                              if (i == 7) {
                                throw thrown;
                              }
                            }))));
  }

  @Test
  void aHelperThatSleptHelpsAgain() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      Workers.forEach(64, j -> sum.incrementAndGet());
      Thread.sleep(20);
    }
    assertEquals(3 * 64, sum.get());
    assertTrue(Workers.threads() >= 1);
  }

  @Test
  void nestedLoopsAreSharedAmongTheSameThreads() {
    Set<Integer> counts = ConcurrentHashMap.newKeySet();
    Workers.using(
        3,
        () ->
            Workers.forEach(
                100,
                i -> {
                  counts.add(Workers.threads());
                  Workers.forEach(10, j -> counts.add(Workers.threads()));
                }));
    assertEquals(Set.of(3), counts);
  }

  @Test
  void anInterruptedHelperHelpsOn() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 20; i++) {
      Workers.forEach(
          64,
          j -> {
            seen.add(Thread.currentThread());
            sum.incrementAndGet();
          });
      seen.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
      Thread.sleep(2);
    }
    assertEquals(20 * 64, sum.get());
  }

  @Test
  void aCheckedExceptionOfAChunkReachesTheCaller() {
    Exception thrown = new Exception("chunk 7");
    Workers.using(
        2,
        () ->
            assertSame(
                thrown,
                assertThrows(
                        UndeclaredThrowableException.class,
                        () ->
                            Workers.forEach(
                                100,
                                i -> {
                                  if (i == 7) {
                                    WorkersTest.<RuntimeException>sneak(thrown);
                                  }
                                }))
                    .getCause()));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable t) throws T {
    throw (T) t;
  }

  /// The helper's chunk starts a loop that one thread cannot end; the caller has nothing else to
  /// do.
  @Test
  void aCallerThatWaitsHelpsWithInnerLoops() {
    Thread caller = Thread.currentThread();
    CountDownLatch helped = new CountDownLatch(1);
    AtomicInteger met = new AtomicInteger();
    Workers.using(
        2,
        () ->
            Workers.forEach(
                2,
                outer -> {
                  if (Thread.currentThread() == caller) {
                    await(helped);
                  } else {
                    helped.countDown();
                    CountDownLatch both = new CountDownLatch(2);
                    Workers.forEach(
                        2,
                        inner -> {
                          both.countDown();
                          met.addAndGet(await(both) ? 1 : 0);
                        });
                  }
                }));
    assertTrue(met.get() == 2 || met.get() == 4, met + " inner chunks met another");
  }

  /// A caller that waits would come back late if it began with a stranger's work.
  @Test
  void aCallerThatWaitsLeavesOtherLoopsAlone() {
    Assumptions.assumeTrue(Workers.threads() > 1);
    Thread caller = Thread.currentThread();
    CountDownLatch helped = new CountDownLatch(1);
    Set<Thread> strangers = ConcurrentHashMap.newKeySet();
    Workers.forEach(
        2,
        chunk -> {
          if (Thread.currentThread() == caller) {
            await(helped);
          } else {
            helped.countDown();
            runElsewhere(
                () -> {
                  strangers.add(Thread.currentThread());
                  LockSupport.parkNanos(1_000_000);
                });
          }
        });
    assertFalse(strangers.isEmpty());
    assertFalse(strangers.contains(caller));
  }

  /// A loop of eight chunks, called by a thread of its own.
  private static void runElsewhere(Runnable chunk) {
    Thread thread = Thread.ofPlatform().start(() -> Workers.forEach(8, i -> chunk.run()));
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.MINUTES); // not for ever, if it fails
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Callers at once, each with loops in loops in loops, some of which throw.
  @Test
  void nestedLoopsOfSeveralCallersEndAndThrow() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    AtomicInteger thrown = new AtomicInteger();
    Runnable loops =
        () -> {
          for (int repeat = 0; repeat < 20; repeat++) {
            Workers.forEach(
                4, a -> Workers.forEach(3, b -> Workers.forEach(5, c -> sum.incrementAndGet())));
            try {
              Workers.forEach(4, a -> Workers.forEach(3, b -> refuse(a + b)));
            } catch (IllegalStateException e) {
              thrown.incrementAndGet();
            }
          }
        };
    List<Thread> callers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      callers.add(Thread.ofPlatform().start(() -> Workers.using(3, loops)));
      callers.add(Thread.ofPlatform().start(loops));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(8 * 20 * 4 * 3 * 5, sum.get());
    assertEquals(8 * 20, thrown.get());
  }

  private static void refuse(int chunk) {
    if (chunk == 3) {
      throw new IllegalStateException("chunk");
    }
  }

  /// Two threads work on an outer loop; the third has fallen asleep when the inner loops come. It
  /// is the caller, who does not sleep, if both chunks went to helpers: then once more.
  @Test
  void aSleepingHelperIsWokenThoughAnotherIsBusy() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    for (int attempt = 0; attempt < 100 && seen.size() < 3; attempt++) {
      seen.clear();
      Workers.using(3, () -> Workers.forEach(2, outer -> innerLoops(seen)));
    }
    assertEquals(3, seen.size());
  }

  private static void innerLoops(Set<Thread> seen) {
    LockSupport.parkNanos(5_000_000);
    for (int i = 0; i < 20 && seen.size() < 3; i++) {
      Workers.forEach(
          2,
          inner -> {
            seen.add(Thread.currentThread());
            LockSupport.parkNanos(1_000_000);
          });
    }
  }
}
