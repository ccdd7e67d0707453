package org.wengert.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// A tensor as the golden data has it. The data is null where libtorch has no gradient.
///
/// @param name empty if it has none
/// @param dtype torch's name of the type
public record GoldenTensor(
    String name, Shape shape, String dtype, boolean requiresGrad, @Nullable JsonArray data) {

  static @Nullable GoldenTensor of(JsonElement json) {
    if (json.isJsonNull()) {
      return null;
    }
    JsonObject o = json.getAsJsonObject();
    JsonElement data = o.get("data");
    return new GoldenTensor(
        o.has("name") ? o.get("name").getAsString() : "",
        Shape.of(sizes(o)),
        o.has("dtype") ? o.get("dtype").getAsString() : "float64",
        o.has("requires_grad") && o.get("requires_grad").getAsBoolean(),
        data == null || data.isJsonNull() ? null : data.getAsJsonArray());
  }

  private static int[] sizes(JsonObject o) {
    JsonElement shape = o.get("shape");
    return shape == null || shape.isJsonNull()
        ? new int[0]
        : shape.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  static List<@Nullable GoldenTensor> listOf(@Nullable JsonElement json) {
    List<@Nullable GoldenTensor> list = new ArrayList<>();
    if (json != null && !json.isJsonNull()) {
      json.getAsJsonArray().forEach(item -> list.add(of(item)));
    }
    return list;
  }

  /// Torch's name of a type.
  static String name(DType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /// Whether there is a type for it here.
  boolean isSupported() {
    return List.of(DType.values()).stream().anyMatch(type -> name(type).equals(dtype));
  }

  /// The numbers.
  public Tensor value() {
    if (data == null) {
      throw new IllegalStateException(name + " has no data");
    }
    Tensor value = Tensor.zeros(shape, DType.valueOf(dtype.toUpperCase(Locale.ROOT)));
    Storage storage = value.storage();
    for (int i = 0; i < data.size(); i++) {
      if (value.dtype().isIntegral()) {
        storage.put(i, data.get(i).getAsLong());
      } else {
        storage.put(i, number(i));
      }
    }
    return value;
  }

  /// A leaf if a gradient is wanted, else a constant; under its name.
  Variable variable() {
    Variable variable = requiresGrad ? Variable.of(value()) : Variable.constant(value());
    return variable.named(name);
  }

  /// Element `i`, row by row; `true` is 1.
  double number(int i) {
    JsonElement element = data.get(i);
    if (element.getAsJsonPrimitive().isBoolean()) {
      return element.getAsBoolean() ? 1 : 0;
    }
    return Double.parseDouble(element.getAsString());
  }
}
