package org.wengert.train.live;

import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.function.Supplier;
import org.wengert.train.plot.Plot;

/// A picture as a page shows it: its bytes as PNG, or why there are none.
///
/// @param kind `png` or `problem`
/// @param content the bytes in Base64, or words
record Picture(String kind, String content) {
  /// Paints a picture; what goes wrong is the picture's problem alone.
  static Picture of(Supplier<? extends Plot> plot) {
    try {
      return of(plot.get());
    } catch (RuntimeException e) {
      return new Picture("problem", e.toString());
    }
  }

  static Picture of(Plot plot) {
    return new Picture("png", Base64.getEncoder().encodeToString(plot.png()));
  }

  JsonObject json(String name) {
    JsonObject picture = new JsonObject();
    picture.addProperty("name", name);
    picture.addProperty(kind, content);
    return picture;
  }
}
