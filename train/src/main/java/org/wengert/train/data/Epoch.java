package org.wengert.train.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Future;
import org.wengert.StateException;

/// The batches of an epoch, or the rest of them. Holds state: which are being made ahead.
final class Epoch<B> implements Iterator<B> {
  private final DataLoader<B> loader;
  private final Workers workers;
  private final int[] order;
  private final int[] turns;
  private final Deque<Future<B>> ahead = new ArrayDeque<>();
  private final long number;
  private int asked; // the batch that a worker is asked for next

  Epoch(DataLoader<B> loader, Workers workers, int[] order, int from) {
    this.loader = loader;
    this.workers = workers;
    this.order = order;
    this.turns = turns(order, loader.size());
    this.number = loader.epoch();
    this.asked = from;
  }

  /// For each place, how often its sample came before.
  private static int[] turns(int[] order, int size) {
    int[] seen = new int[size];
    int[] turns = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      turns[i] = seen[order[i]]++;
    }
    return turns;
  }

  @Override
  public boolean hasNext() {
    if (!loader.isRunning(this)) {
      throw new StateException("another loop over this DataLoader has begun, or a state was loaded")
          .hint("one loader is for one loop at a time; make another one with the same dataset");
    }
    return loader.taken() < loader.batches();
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has " + loader.batches() + " batches");
    }
    B batch = workers.isNone() ? loader.make(draft(loader.taken())) : made();
    loader.take();
    return batch;
  }

  /// The next batch from a worker. If it fails, what was made ahead is forgotten: taking it again
  /// makes it again.
  private B made() {
    long most = (long) workers.count() * loader.options().prefetch();
    while (asked < loader.batches() && ahead.size() < most) {
      Draft draft = draft(asked++);
      ahead.add(workers.submit(() -> loader.make(draft)));
    }
    try {
      return Workers.result(ahead.remove());
    } catch (RuntimeException | Error e) {
      cancel();
      asked = loader.taken();
      throw e;
    }
  }

  /// Forgets what was made ahead; what was not begun will not be made.
  void cancel() {
    ahead.forEach(future -> future.cancel(false));
    ahead.clear();
  }

  private Draft draft(int batch) {
    int from = batch * loader.options().batchSize();
    int to = Math.min(order.length, from + loader.options().batchSize());
    return new Draft(
        loader.options().seed(),
        number,
        batch,
        Arrays.copyOfRange(order, from, to),
        Arrays.copyOfRange(turns, from, to));
  }
}
