package org.wengert.nn;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.golden.GoldenCase;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// A golden case as a layer is built from it: torch's attributes by name, and inputs, some of which
/// are the layer's parameters and buffers under their names in the state dict.
///
/// @param golden what libtorch was asked
/// @param inputs the case's inputs; those that want a gradient are leaves
record LayerCase(GoldenCase golden, Map<String, Variable> inputs) {
  /// How layers give the outputs of a case.
  @FunctionalInterface
  interface Outputs {
    /// The outputs; null if no layer computes this.
    @Nullable List<Variable> of(LayerCase c);
  }

  /// The input of this name.
  Variable input(String name) {
    Variable input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException("no input " + name + " in " + inputs.keySet());
    }
    return input;
  }

  /// The first input, in most cases the layer's.
  Variable x() {
    return inputs.values().iterator().next();
  }

  /// Whether there is an input of this name.
  boolean has(String input) {
    return inputs.containsKey(input);
  }

  private @Nullable JsonElement attribute(String name) {
    JsonElement value = golden.attrs().get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  private JsonElement required(String name) {
    JsonElement value = attribute(name);
    if (value == null) {
      throw new IllegalArgumentException("no attribute " + name + " in " + golden.attrs());
    }
    return value;
  }

  /// Whether the attribute is given and not null.
  boolean hasAttribute(String name) {
    return attribute(name) != null;
  }

  int integer(String name) {
    return required(name).getAsInt();
  }

  int[] integers(String name) {
    return required(name).getAsJsonArray().asList().stream()
        .mapToInt(JsonElement::getAsInt)
        .toArray();
  }

  double number(String name) {
    return required(name).getAsDouble();
  }

  double[] numbers(String name) {
    return required(name).getAsJsonArray().asList().stream()
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  boolean flag(String name) {
    return required(name).getAsBoolean();
  }

  String text(String name) {
    return required(name).getAsString();
  }

  /// A text, or what it is if the attribute is no text.
  String textOr(String name, String otherwise) {
    JsonElement value = required(name);
    return value.isJsonPrimitive() ? value.getAsString() : otherwise;
  }

  /// The attribute `reduction`.
  Loss.Reduction reduction() {
    String name = text("reduction");
    return name.equals("batchmean")
        ? Loss.Reduction.BATCH_MEAN
        : Loss.Reduction.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// The module, with this case's inputs as parameters and buffers: the input `norm1_weight` is
  /// `norm1.weight`. Gradients that the parameters get go on to the inputs.
  <M extends Module> M loaded(M module) {
    return loaded(module, Map.of());
  }

  /// As [#loaded(Module)], where some keys have inputs of other names.
  <M extends Module> M loaded(M module, Map<String, String> names) {
    module.to(DType.FLOAT64);
    Map<String, Tensor> state = new LinkedHashMap<>();
    module
        .stateDict()
        .forEach(
            (key, value) -> {
              String name = names.getOrDefault(key, key.replace('.', '_'));
              boolean counter = key.endsWith("num_batches_tracked");
              state.put(key, counter ? value : input(name).value());
            });
    module.loadStateDict(state);
    module
        .namedParameters()
        .forEach((key, p) -> connect(p, input(names.getOrDefault(key, key.replace('.', '_')))));
    return module;
  }

  private static void connect(Parameter parameter, Variable input) {
    parameter.registerHook(
        gradient -> {
          if (input.requiresGrad()) {
            input.backward(gradient.value());
          }
          return gradient;
        });
  }
}
