package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Loop;

/// The loop of a transform of [WinogradTiles] between two arrays. Not thread-safe.
final class TileLoop {
  private final Loop loop;
  private final int outputs;
  private final Object[] arrays;
  private final int[] places;
  private final int[] at;

  /// @param to where the outputs go
  /// @param apart how far apart they lie
  /// @param from where the inputs are
  /// @param inputPlaces where each of them begins
  TileLoop(Loop loop, Object to, int outputs, int apart, Object from, int... inputPlaces) {
    this.loop = loop;
    this.outputs = outputs;
    this.arrays = new Object[outputs + inputPlaces.length];
    this.places = new int[arrays.length];
    this.at = new int[arrays.length];
    Arrays.fill(arrays, 0, outputs, to);
    Arrays.fill(arrays, outputs, arrays.length, from);
    Arrays.setAll(places, i -> i < outputs ? i * apart : inputPlaces[i - outputs]);
  }

  /// Where inputs begin that are equally far apart.
  static int[] apart(int count, int distance) {
    int[] places = new int[count];
    Arrays.setAll(places, i -> i * distance);
    return places;
  }

  /// Transforms `count` squares, of which neighbours lie side by side.
  void run(int count, int toAt, int fromAt, double... scalars) {
    for (int i = 0; i < at.length; i++) {
      at[i] = places[i] + (i < outputs ? toAt : fromAt);
    }
    loop.run(count, arrays, at, scalars);
  }
}
