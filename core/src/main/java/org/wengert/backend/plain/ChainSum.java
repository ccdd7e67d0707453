package org.wengert.backend.plain;

/// Chains of `fma`, one for each element of an array, that begin at 0 again before they get longer
/// than [LongProduct#CHAIN], and the sum of those that have ended, in order. Not thread-safe.
final class ChainSum {
  private final Panels panels;
  private final int totalSlot;
  private final int count;
  private final Object chains;
  private Object total; // the chains themselves as long as there is one of each
  private int length;

  /// @param slot of [Panels#scratch] for the chains
  /// @param totalSlot the one for their sum, if there are several
  /// @param count the number of elements
  ChainSum(Panels panels, int slot, int totalSlot, int count) {
    this.panels = panels;
    this.totalSlot = totalSlot;
    this.count = count;
    chains = panels.scratch(slot, count);
    panels.fill(chains, 0, count, 0);
    total = chains;
  }

  /// To be called before the chains get longer by `more` links.
  void extend(int more) {
    if (length + more > LongProduct.CHAIN) {
      close();
    }
    length += more;
  }

  /// The chains, to go on with.
  Object chains() {
    return chains;
  }

  /// The sums of all chains.
  Object total() {
    if (total != chains) {
      close();
    }
    return total;
  }

  private void close() {
    if (total == chains) {
      total = panels.scratch(totalSlot, count);
      panels.fill(total, 0, count, 0);
    }
    panels.add(chains, 0, total, 0, 1, count);
    panels.fill(chains, 0, count, 0);
    length = 0;
  }
}
