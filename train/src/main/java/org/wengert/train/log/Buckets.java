package org.wengert.train.log;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/// A histogram as TensorBoard wants it: numbers up to the first limit, from there to the second,
/// ...
///
/// @param values the numbers, finite
/// @param limits the right ends of the buckets; the first bucket has only the smallest value
/// @param counts how many values are in each
@SuppressWarnings("ArrayRecordComponent") // nobody compares histograms
record Buckets(double[] values, double[] limits, double[] counts) {
  private static final int COUNT = 30;

  static Buckets of(double... all) {
    double[] values = DoubleStream.of(all).filter(Double::isFinite).toArray();
    double low = DoubleStream.of(values).min().orElse(0);
    double high = DoubleStream.of(values).max().orElse(0);
    double end = high > low ? high : low + Math.max(1e-6, Math.abs(low) * 1e-6);
    double[] limits = new double[COUNT + 1];
    Arrays.setAll(limits, i -> low * (1 - (double) i / COUNT) + end * ((double) i / COUNT));
    limits[0] = low; // exactly, whatever was rounded
    limits[COUNT] = end;
    double[] counts = new double[COUNT + 1];
    for (double value : values) {
      int place = Arrays.binarySearch(limits, value);
      counts[place >= 0 ? place : -place - 1]++;
    }
    return new Buckets(values, limits, counts);
  }

  Proto proto() {
    return new Proto()
        .real(1, DoubleStream.of(values).min().orElse(0))
        .real(2, DoubleStream.of(values).max().orElse(0))
        .real(3, values.length)
        .real(4, DoubleStream.of(values).sum())
        .real(5, DoubleStream.of(values).map(v -> v * v).sum())
        .reals(6, limits)
        .reals(7, counts);
  }
}
