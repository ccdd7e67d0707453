package org.wengert.train.data;

import java.util.random.RandomGenerator;

/// All samples, once each.
enum Order implements Sampler {
  SEQUENTIAL,
  SHUFFLED;

  @Override
  public int[] order(int size, RandomGenerator random) {
    int[] order = Seeds.range(size);
    if (this == SHUFFLED) {
      Seeds.shuffle(order, random);
    }
    return order;
  }
}
