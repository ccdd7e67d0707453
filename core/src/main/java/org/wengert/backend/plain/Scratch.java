package org.wengert.backend.plain;

import java.lang.ref.SoftReference;

/// A few arrays of each thread that kernels work in and keep for the next call. The collector takes
/// them when memory is short, as a thread may never come back to them. Thread-safe.
public final class Scratch {
  private final ThreadLocal<SoftReference<Object[]>> ofThread;
  private final int slots;

  /// @param slots how many arrays a thread may keep
  public Scratch(int slots) {
    this.slots = slots;
    ofThread = ThreadLocal.withInitial(() -> new SoftReference<>(new Object[slots]));
  }

  /// The arrays of the calling thread, `null` where there is none yet. Whoever works in one keeps a
  /// reference to it: the next call may find others.
  public Object[] arrays() {
    Object[] arrays = ofThread.get().get();
    if (arrays == null) {
      arrays = new Object[slots];
      ofThread.set(new SoftReference<>(arrays));
    }
    return arrays;
  }
}
