package org.wengert.backend;

/// What makes loops of programs: a part of each [Backend], asked by its [Kernel]s once for every
/// structure. Stateless and thread-safe.
public interface LoopCompiler {
  /// Its place among the compilers of a JVM, where kernels keep its loops: 0 for plain loops, 1 for
  /// the only others there may be.
  int rank();

  /// A new loop, with the bits that the plain one gives.
  ///
  /// @param program what is computed, for one width
  /// @param sums how many of the last outputs are summed up: their arrays are 32 lanes, and the
  ///     value of element `i` is added to lane `i % 32`
  Loop compile(Program program, int sums);
}
