package org.wengert.nn;

/// The golden cases of embeddings, recurrent networks and attention.
final class SequenceCases {
  private SequenceCases() {}

  static void addTo(LayerCases cases) {}
}
