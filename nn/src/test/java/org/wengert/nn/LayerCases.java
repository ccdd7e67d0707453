package org.wengert.nn;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.golden.Computation;
import org.wengert.golden.GoldenCase;

/// Which layer computes which operation of the golden data; what is not listed is computed by the
/// functions that the case names. Counts what layers computed.
final class LayerCases implements Computation {
  private final Map<String, LayerCase.Outputs> lines = new TreeMap<>();
  private final Set<String> used = new TreeSet<>();
  private int computed;

  /// The lines of all files of them.
  LayerCases() {
    ActivationCases.addTo(this);
    FunctionLayerCases.addTo(this);
    ConvolutionCases.addTo(this);
    ImageLayerCases.addTo(this);
    NormalizationCases.addTo(this);
    SequenceCases.addTo(this);
    RecurrentCases.addTo(this);
    AttentionCases.addTo(this);
    LossCases.addTo(this);
    InitCases.addTo(this);
  }

  /// Adds the line of an operation.
  void put(String op, LayerCase.Outputs layer) {
    if (lines.put(op, layer) != null) {
      throw new IllegalArgumentException("two lines for " + op);
    }
  }

  /// Adds the line of an operation with one output.
  void one(String op, Function<LayerCase, Variable> layer) {
    put(op, c -> List.of(layer.apply(c)));
  }

  /// How many cases layers computed.
  int computed() {
    return computed;
  }

  /// The operations with a line that no case asked for.
  List<String> unused() {
    return lines.keySet().stream().filter(op -> !used.contains(op)).toList();
  }

  @Override
  public @Nullable List<Variable> outputs(GoldenCase golden, Map<String, Variable> inputs) {
    LayerCase.Outputs layer = lines.get(golden.op());
    List<Variable> outputs = layer == null ? null : layer.of(new LayerCase(golden, inputs));
    if (outputs != null) {
      used.add(golden.op());
      computed++;
    }
    return outputs;
  }
}
