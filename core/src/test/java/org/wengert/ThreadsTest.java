package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.Tensor;

/// Many threads recording and differentiating at once.
class ThreadsTest {
  private static final int THREADS = 8;

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    pool.shutdownNow();
  }

  /// Runs a task on every thread, all starting together.
  private <T> List<T> together(IntFunction<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      tasks.add(
          () -> {
            start.await();
            return task.apply(number);
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : pool.invokeAll(tasks)) {
      results.add(result.get());
    }
    return results;
  }

  private static List<Plan> plans(int count) {
    return Program.some(count).stream().map(Plan::new).toList();
  }

  /// The loss and all its gradients, of first order, and of the first leaf's gradient again.
  private static List<Tensor> gradients(Recording run) {
    List<Tensor> all = new ArrayList<>();
    all.add(run.loss().value());
    if (run.loss().requiresGrad()) {
      for (Variable first : Autograd.grad(run.loss(), run.leaves)) {
        all.add(first == null ? Tensor.of(0.0) : first.value());
        if (first != null && first.requiresGrad()) {
          Autograd.grad(first.sum(), run.leaves)
              .forEach(second -> all.add(second == null ? Tensor.of(0.0) : second.value()));
        }
      }
    }
    return all;
  }

  private static void assertSameBits(List<Tensor> expected, List<Tensor> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(expected.get(i).sameBits(actual.get(i)));
    }
  }

  @Test
  void eightThreadsWithGraphsOfTheirOwnGiveTheBitsOfOne() throws Exception {
    List<Plan> plans = plans(60);
    List<List<Tensor>> alone = plans.stream().map(p -> gradients(Recording.of(p))).toList();
    List<List<List<Tensor>>> many =
        together(
            thread -> {
              List<List<Tensor>> results = new ArrayList<>();
              for (int i = 0; i < plans.size(); i++) {
                Plan plan = plans.get((i + 7 * thread) % plans.size());
                results.add(gradients(Recording.of(plan)));
              }
              return results;
            });
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < plans.size(); i++) {
        assertSameBits(alone.get((i + 7 * thread) % plans.size()), many.get(thread).get(i));
      }
    }
  }

  @Test
  void eightThreadsOnOneGraphGiveTheBitsOfOne() throws Exception {
    for (Plan plan : plans(20)) {
      Recording shared = Recording.of(plan);
      List<Tensor> alone = gradients(shared);
      for (List<Tensor> result : together(thread -> gradients(shared))) {
        assertSameBits(alone, result);
      }
    }
  }

  @Test
  void backwardIntoASharedLeafLosesNothing() throws Exception {
    Leaf shared = Variable.of(1.0, 1.0);
    Variable prefix = shared.mul(2);
    together(
        thread -> {
          for (int i = 1; i <= 500; i++) {
            prefix.mul((double) i).add(shared).sum().backward();
          }
          return thread;
        });
    double expected = THREADS * (2.0 * 500 * 501 / 2 + 500);
    assertEquals(expected, shared.grad().at(0));
    assertEquals(expected, shared.grad().at(1));
  }

  @Test
  void oneThreadRecordsOnWhileAnotherDifferentiates() throws Exception {
    Leaf x = Variable.of(1.0);
    LinkedBlockingQueue<Variable> handed = new LinkedBlockingQueue<>();
    int length = 300;
    together(
        thread -> {
          Variable y = x;
          for (int i = 0; i < length; i++) {
            y = y.add(x);
            handed.add(y);
          }
          for (int i = 0; i < length; i++) {
            Variable someones = handed.remove();
            assertEquals(someones.item(), Autograd.grad(someones, x).item());
          }
          return thread;
        });
    assertTrue(handed.isEmpty());
  }
}
