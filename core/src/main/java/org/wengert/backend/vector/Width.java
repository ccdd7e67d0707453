package org.wengert.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The registers that kernels with virtual lanes use: the machine's, up to 512 bits.
final class Width {
  /// The name of the constant that holds the species of such a register.
  static final String SPECIES =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() > 512 ? "SPECIES_512" : "SPECIES_PREFERRED";

  private Width() {}

  static VectorSpecies<Float> floats() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? FloatVector.SPECIES_512 : preferred;
  }

  static VectorSpecies<Double> doubles() {
    VectorSpecies<Double> preferred = DoubleVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? DoubleVector.SPECIES_512 : preferred;
  }

  /// What brings lane `l + by` to lane `l`, around the end.
  static <T> VectorShuffle<T> rotation(VectorSpecies<T> species, int by) {
    return VectorShuffle.fromOp(species, lane -> (lane + by) % species.length());
  }
}
