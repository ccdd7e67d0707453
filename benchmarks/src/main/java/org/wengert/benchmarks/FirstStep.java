package org.wengert.benchmarks;

/// One step of [Networks#mlpSmall] and nothing else: what a program waits for from the start of its
/// JVM until it learns. The shell's `time` tells how long.
public final class FirstStep {
  private FirstStep() {}

  /// Prints the loss.
  ///
  /// @param args none
  public static void main(String[] args) {
    System.out.println(Networks.mlpSmall().step());
  }
}
