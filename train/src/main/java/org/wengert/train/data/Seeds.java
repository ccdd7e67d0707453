package org.wengert.train.data;

import org.wengert.tensor.Rng;

/// Random numbers that depend on what they are for, and not on who asks first: the same for any
/// number of workers.
///
/// The mixing function is the finalizer of SplitMix64 (Steele, Lea, Flood: *Fast splittable
/// pseudorandom number generators*, 2014).
final class Seeds {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /// A generator for one purpose, such as a seed's epoch and sample.
  static Rng generator(long... purpose) {
    long mixed = 0;
    for (long number : purpose) {
      mixed = mix(mixed + GOLDEN + mix(number + GOLDEN));
    }
    return new Rng(mixed);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
