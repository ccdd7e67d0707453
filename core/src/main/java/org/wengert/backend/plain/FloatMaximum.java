package org.wengert.backend.plain;

import java.util.List;
import org.wengert.backend.Window;

/// [PlaneMaximum] on `float`, window by window.
final class FloatMaximum implements PlaneMaximum {
  static final FloatMaximum INSTANCE = new FloatMaximum();

  private FloatMaximum() {}

  @Override
  public void run(List<Window> windows, Object x, int at, Object y, int[] index, int yAt) {
    Window depth = windows.get(0);
    Window height = windows.get(1);
    Window width = windows.get(2);
    int place = yAt;
    for (int d = 0; d < depth.outputs(); d++) {
      for (int h = 0; h < height.outputs(); h++) {
        for (int w = 0; w < width.outputs(); w++) {
          int found = find(windows, (float[]) x, at, d, h, w);
          index[place] = found;
          ((float[]) y)[place++] = ((float[]) x)[at + found];
        }
      }
    }
  }

  private static int find(List<Window> windows, float[] x, int at, int d, int h, int w) {
    Window height = windows.get(1);
    Window width = windows.get(2);
    int found = -1;
    float most = 0;
    for (int i = 0; i < windows.get(0).kernel(); i++) {
      int slice = windows.get(0).position(d, i);
      for (int j = 0; slice >= 0 && j < height.kernel(); j++) {
        int row = height.position(h, j);
        int begin = (slice * height.size() + row) * width.size();
        for (int k = 0; row >= 0 && k < width.kernel(); k++) {
          int column = width.position(w, k);
          if (column >= 0) {
            float value = x[at + begin + column];
            if (found < 0 || value > most || Float.isNaN(value)) {
              most = value;
              found = begin + column;
            }
          }
        }
      }
    }
    return found;
  }
}
