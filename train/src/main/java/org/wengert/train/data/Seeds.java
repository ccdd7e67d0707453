package org.wengert.train.data;

import java.util.random.RandomGenerator;
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
    return new Rng(state(purpose));
  }

  /// Where the generator for one purpose starts.
  static long state(long... purpose) {
    long mixed = 0;
    for (long number : purpose) {
      mixed = mix(mixed + GOLDEN + mix(number + GOLDEN));
    }
    return mixed;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  /// Puts numbers into random order, each order as likely as any other (Fisher, Yates).
  static void shuffle(int[] numbers, RandomGenerator random) {
    shuffle(numbers, 0, numbers.length, random);
  }

  /// The same for a part of them.
  static void shuffle(int[] numbers, int from, int to, RandomGenerator random) {
    for (int i = to - 1; i > from; i--) {
      int j = from + random.nextInt(i - from + 1);
      int held = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = held;
    }
  }

  /// The numbers from 0 up to `count`.
  static int[] range(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
