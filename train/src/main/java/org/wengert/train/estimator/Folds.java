package org.wengert.train.estimator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;

/// Samples divided into parts of nearly equal size, each with its share of every stratum.
final class Folds {
  private Folds() {}

  /// The numbers of the samples in each part.
  ///
  /// Sorted by stratum, the samples are dealt out in turn, which says how many of each stratum a
  /// part gets; it gets them from the front, or at random.
  ///
  /// @param random what decides which samples; null takes them in order
  static List<int[]> of(int[] strata, int folds, @Nullable RandomGenerator random) {
    if (folds < 2 || folds > strata.length) {
      throw new OptionException(folds + " parts of " + strata.length + " samples")
          .hint("take at least 2 parts, and at most as many as samples");
    }
    List<List<Integer>> parts = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      parts.add(new ArrayList<>());
    }
    int dealt = 0;
    for (List<Integer> stratum : groups(strata)) {
      if (random != null) {
        shuffle(stratum, random);
      }
      int taken = 0;
      for (int fold = 0; fold < folds; fold++) {
        // of the places dealt .. dealt + size in the sorted row, those of this part
        int count = below(dealt + stratum.size(), fold, folds) - below(dealt, fold, folds);
        parts.get(fold).addAll(stratum.subList(taken, taken + count));
        taken += count;
      }
      dealt += stratum.size();
    }
    return parts.stream().map(p -> p.stream().mapToInt(i -> i).sorted().toArray()).toList();
  }

  /// How many places below `end` are `fold`, `fold + folds`, `fold + 2 folds`, ...
  private static int below(int end, int fold, int folds) {
    return (end - fold + folds - 1) / folds;
  }

  /// All samples but those of a part, in order.
  static int[] without(int samples, int[] part) {
    boolean[] out = new boolean[samples];
    for (int sample : part) {
      out[sample] = true;
    }
    return IntStream.range(0, samples).filter(i -> !out[i]).toArray();
  }

  /// About `share` of the samples, at random: of each stratum its share, rounded so that there are
  /// `⌈share · samples⌉` in all.
  static int[] sample(int[] strata, double share, RandomGenerator random) {
    List<Integer> chosen = new ArrayList<>();
    int seen = 0;
    int wanted = (int) Math.ceil(share * strata.length);
    for (List<Integer> stratum : groups(strata)) {
      shuffle(stratum, random);
      int before = chosen.size();
      seen += stratum.size();
      int upTo = (int) Math.round((double) wanted * seen / strata.length);
      chosen.addAll(stratum.subList(0, Math.min(stratum.size(), upTo - before)));
    }
    return chosen.stream().mapToInt(i -> i).sorted().toArray();
  }

  private static List<List<Integer>> groups(int[] strata) {
    int count = 0;
    for (int stratum : strata) {
      count = Math.max(count, stratum + 1);
    }
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < strata.length; i++) {
      groups.get(strata[i]).add(i);
    }
    return groups;
  }

  private static void shuffle(List<Integer> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
