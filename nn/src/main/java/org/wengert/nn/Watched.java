package org.wengert.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// A layer of this package: [Module#summary] can see what it returns, wherever it is called, its
/// errors say where it is, and its parameters and buffers have PyTorch's names.
abstract class Watched extends Module {
  private static final String WEIGHT = "parametrizations.weight";
  private static final ScopedValue<BiConsumer<Layer, Variable>> OBSERVER =
      ScopedValue.newInstance();

  private @Nullable Parametrization parametrization;

  Watched() {}

  /// The weight as it is used now: computed, if the layer is parametrized.
  final Variable current(Parameter weight) {
    return parametrization == null ? weight : parametrization.weight();
  }

  /// How the weight is computed; null if it is a parameter.
  final @Nullable Parametrization parametrization() {
    return parametrization;
  }

  final void parametrize(@Nullable Parametrization parametrization) {
    this.parametrization = parametrization;
    if (parametrization != null) {
      parametrization.placed(this, WEIGHT);
    }
  }

  /// The fields, but what a weight is computed from in its place.
  @Override
  protected SequencedMap<String, ?> members() {
    SequencedMap<String, ?> members = super.members();
    if (parametrization == null) {
      return members;
    }
    SequencedMap<String, Object> computed = new LinkedHashMap<>(members);
    computed.remove("weight");
    computed.remove("parametrization");
    computed.put(WEIGHT, parametrization);
    return computed;
  }

  /// The layer's output for the input `x`; its formula is in the description of the class.
  @Override
  public final Variable forward(Variable x) {
    return watched(List.of(x), xs -> compute(xs.getFirst()));
  }

  @Override
  final boolean callsHooks() {
    return true;
  }

  /// The layer's formula.
  abstract Variable compute(Variable x);

  /// What a formula of this layer gives for these inputs, with the hooks around it, seen by the
  /// observer; an error says that it was here.
  final Variable watched(List<Variable> inputs, Function<List<Variable>, Variable> formula) {
    return watched(inputs, formula, Outputs.ONE);
  }

  /// As [#watched(List, Function)], for a layer that returns more than its output.
  final <T> T watched(
      List<Variable> inputs, Function<List<Variable>, T> formula, Outputs<T> outputs) {
    try {
      T found = hooked(inputs, formula, outputs);
      seen(this, outputs.parts().apply(found).getFirst());
      return found;
    } catch (WengertException e) {
      e.within(described());
      throw e;
    }
  }

  /// PyTorch's name: `runningMean` is called `running_mean`.
  @Override
  String key(String field) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char letter = field.charAt(i);
      if (letter >= 'A' && letter <= 'Z') {
        name.append('_');
      }
      name.append(Character.toLowerCase(letter));
    }
    return name.toString();
  }

  /// The error for an input of another shape than the layer is built for.
  final ShapeException unexpected(String expected, Variable x) {
    return new ShapeException(described() + " expects " + expected + ", got shape " + x.shape());
  }

  /// Refuses an input of another type than the weights have.
  final void requireType(Variable x, DType weights) {
    if (x.dtype() != weights) {
      String model = x.dtype().isFloating() ? ", or model.to(" + x.dtype() + ")" : "";
      throw new DTypeException(
              described()
                  + (" has " + weights + " weights, got ")
                  + (x.dtype() + " input " + x.shape()))
          .hint("input.to(" + weights + ")" + model);
    }
  }

  /// Refuses what does not index a table of `count` rows.
  final void requireIndices(Variable index, int count) {
    if (!index.dtype().isIntegral()) {
      throw new DTypeException(described() + " expects integers, got " + index.dtype())
          .hint("convert the indices with to(INT64)");
    }
    for (long row : index.value().toLongArray()) {
      if (row < 0 || row >= count) {
        throw new ShapeException(
                described() + " expects indices from 0 to " + (count - 1) + ", got index " + row)
            .hint("build the layer for the greatest index and one more; none is negative");
      }
    }
  }

  /// Shows the output of a layer to the observer, if there is one, and returns it.
  static Variable seen(Layer layer, Variable y) {
    if (OBSERVER.isBound()) {
      OBSERVER.get().accept(layer, y);
    }
    return y;
  }

  /// The result of a layer while `observer` sees the outputs of layers inside it.
  static Variable observe(BiConsumer<Layer, Variable> observer, Layer layer, Variable x) {
    return ScopedValue.where(OBSERVER, observer).call(() -> layer.forward(x));
  }
}
