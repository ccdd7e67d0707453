package org.wengert;

import org.wengert.CellLoop.Slot;
import org.wengert.backend.Workers;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The tensors of a cell that goes through a packed sequence, each with a row for each row of the
/// input, and what the ways there and back have in common. Samples do not meet each other, so
/// threads share them, for all steps at once.
///
/// @param cell what happens in a step
/// @param reversed whether the first step is the last one
/// @param batches which rows belong to which step
/// @param gates of shape `(rows, gates · hidden)`: sums, then gates
/// @param share of shape `(rows, hidden)`: the hidden share that a GRU's gate multiplies; empty for
///     other cells
/// @param y of shape `(rows, hidden)`, with more rows behind them
/// @param memory of shape `(rows, hidden)` for an LSTM, else empty
/// @param h of shape `(samples, hidden)`: what comes before the first step
/// @param c the memory before the first step, for an LSTM; else `h`
/// @param blank whether `h` is 0, and takes no part in any product
record CellWalk(
    Cell cell,
    boolean reversed,
    Batches batches,
    Tensor gates,
    Tensor share,
    Tensor y,
    Tensor memory,
    Tensor h,
    Tensor c,
    boolean blank) {
  private static final long WORK = 1 << 20; // multiplications that are worth a second thread
  private static final int SAMPLES = 16; // whole tiles of a product, whose sums stay in the cache
  private static final int NEAR = 1 << 17; // hidden weights that the second level of it can hold

  /// Some samples of a step.
  @FunctionalInterface
  interface Part {
    /// Does what is to be done for them.
    ///
    /// @param row the row of the first of them
    /// @param count how many they are
    /// @param hidden where the states before the step are
    /// @param memory where the memories before the step are
    /// @param before the row of the first of them there
    void on(int row, int count, Storage hidden, Storage memory, int before);
  }

  /// Some samples of all steps.
  @FunctionalInterface
  interface Samples {
    void on(int from, int to);
  }

  int hidden() {
    return h.size(1);
  }

  /// Calls `work` for all samples, in groups: small ones, unless the weights, which every group
  /// reads at every step, come from afar.
  void forEachGroup(Samples work) {
    int samples = batches.samples();
    int weights = gates.size(1) * hidden();
    int threads = (long) batches.rows() * weights < WORK ? 1 : Workers.threads();
    int wanted = threads == 1 ? samples : Math.ceilDiv(samples, 2 * threads);
    int together = weights <= NEAR ? SAMPLES : Math.ceilDiv(wanted, SAMPLES) * SAMPLES;
    Workers.forEach(
        Math.ceilDiv(samples, together),
        i -> work.on(i * together, Math.min(samples, (i + 1) * together)));
  }

  /// The step that is taken as number `i`.
  int step(int i) {
    return reversed ? batches.steps() - 1 - i : i;
  }

  /// Calls `part` for the samples of step `t` that had a step before, and for those that begin.
  void forEachPart(int t, int from, int to, Part part) {
    int last = Math.min(to, batches.size(t));
    int before = reversed ? t + 1 : t - 1;
    boolean first = before < 0 || before == batches.steps();
    int middle = first ? from : Math.clamp(batches.size(before), from, Math.max(from, last));
    int row = batches.start(t);
    if (middle > from) {
      part.on(
          row + from, middle - from, y.storage(), memory.storage(), batches.start(before) + from);
    }
    if (last > middle) {
      part.on(row + middle, last - middle, h.storage(), c.storage(), middle);
    }
  }

  /// Whether these hidden states are the first ones, and 0.
  boolean isBlank(Storage hidden) {
    return blank && hidden == h.storage();
  }

  /// Says where the rows are that both ways read.
  void place(CellRows rows, int row, Storage hiddenBefore, Storage memoryBefore, int before) {
    int width = hidden();
    int across = gates.size(1);
    for (int k = 0; k < cell.gates(); k++) {
      rows.place(CellLoop.gate(k), gates.storage(), row * across + k * width, across);
    }
    rows.place(Slot.SHARE, share.storage(), row * width, width);
    rows.place(Slot.HIDDEN, y.storage(), row * width, width);
    rows.place(Slot.MEMORY, memory.storage(), row * width, width);
    rows.place(Slot.HIDDEN_BEFORE, hiddenBefore, before * width, width);
    rows.place(Slot.MEMORY_BEFORE, memoryBefore, before * width, width);
  }
}
