package org.wengert.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One case of the golden data: what libtorch was asked, and what it answered.
///
/// @param file the file's name without its ending, such as `unary`
/// @param expr the Python that was executed, or a description of it
/// @param gradOutputs the cotangent of each output, null where it has none; empty if no gradients
///     were taken
/// @param error libtorch's message if the call fails, else null
public record GoldenCase(
    String file,
    String id,
    String op,
    JsonObject attrs,
    String expr,
    List<GoldenTensor> inputs,
    List<GoldenTensor> outputs,
    List<@Nullable GoldenTensor> gradOutputs,
    List<GoldenTensor> grads,
    @Nullable String error) {

  static GoldenCase of(String file, JsonObject json) {
    JsonElement error = json.get("error");
    return new GoldenCase(
        file,
        json.get("id").getAsString(),
        json.get("op").getAsString(),
        json.getAsJsonObject("attrs"),
        json.get("expr").getAsString(),
        GoldenTensor.listOf(json.get("inputs")),
        GoldenTensor.listOf(json.get("outputs")),
        GoldenTensor.listOf(json.get("grad_outputs")),
        GoldenTensor.listOf(json.get("grads")),
        error == null || error.isJsonNull() ? null : error.getAsString());
  }

  /// An attribute as text, or null if there is none.
  @Nullable String attribute(String name) {
    JsonElement value = attrs.get(name);
    return value == null || value.isJsonNull() ? null : value.getAsString();
  }
}
