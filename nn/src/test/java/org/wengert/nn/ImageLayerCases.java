package org.wengert.nn;

/// The golden cases of layers for images.
final class ImageLayerCases {
  private ImageLayerCases() {}

  static void addTo(LayerCases cases) {}
}
