package org.wengert.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.Variable;

/// Layers one after the other: the output of each is the input of the next. Modules, lambdas and
/// method references mix:
///
/// ```java
/// new Sequential(new Linear(784, 64), new ReLU(), x -> x.mul(2), new Linear(64, 10))
/// ```
///
/// Names are positions, as in PyTorch: `0.weight`, `0.bias`, `3.weight`. The list of layers never
/// changes, and errors call a layer by its position from the start.
///
/// Holds no state but that of its layers; several threads may call `forward` at once if they may do
/// so with every layer.
///
/// Source: `torch.nn.Sequential`.
public final class Sequential extends Module {
  private final List<Layer> layers;

  /// These layers in this order; none at all is the identity.
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /// These layers in this order; the list is copied.
  public Sequential(List<? extends Layer> layers) {
    this.layers = List.copyOf(layers);
    for (int i = 0; i < this.layers.size(); i++) {
      if (this.layers.get(i) instanceof Module module) {
        module.placed(this, Integer.toString(i));
      }
    }
  }

  @Override
  public Variable forward(Variable x) {
    Variable y = x;
    for (Layer layer : layers) {
      y = Watched.seen(layer, layer.forward(y));
    }
    return y;
  }

  /// Layer `index`, counted from 0.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public Layer layer(int index) {
    return layers.get(index);
  }

  /// The number of layers.
  public int size() {
    return layers.size();
  }

  /// The same layers and one more behind them; the layers are shared, this object stays as it is.
  public Sequential append(Layer layer) {
    List<Layer> longer = new ArrayList<>(layers);
    longer.add(layer);
    return new Sequential(longer);
  }

  @Override
  protected SequencedMap<String, Layer> members() {
    SequencedMap<String, Layer> members = new LinkedHashMap<>();
    layers.forEach(layer -> members.put(Integer.toString(members.size()), layer));
    return members;
  }

  @Override
  public Sequential copy() {
    return copyOf(this);
  }
}
