package org.wengert.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.StateException;
import org.wengert.Variable;

/// Layers one after the other: the output of each is the input of the next. Modules, lambdas and
/// method references mix:
///
/// ```java
/// new Sequential(new Linear(784, 64), new ReLU(), x -> x.mul(2), new Linear(64, 10))
/// ```
///
/// Names are positions, as in PyTorch: `0.weight`, `0.bias`, `3.weight`; or they are given. The
/// list of layers never changes, and errors call a layer by its name from the start.
///
/// Holds no state but that of its layers; several threads may call `forward` at once if they may do
/// so with every layer.
///
/// Source: `torch.nn.Sequential`.
public final class Sequential extends Module implements Iterable<Layer> {
  private final SequencedMap<String, Layer> layers;

  /// These layers in this order; none at all is the identity.
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /// These layers in this order; the list is copied.
  public Sequential(List<? extends Layer> layers) {
    this(numbered(layers));
  }

  /// These layers in this order under these names; the map is copied. PyTorch's `OrderedDict`.
  ///
  /// @throws org.wengert.tensor.OptionException if a name is empty or has a dot
  public Sequential(SequencedMap<String, ? extends Layer> layers) {
    this.layers = new LinkedHashMap<>(layers);
    this.layers.forEach(
        (name, layer) ->
            Named.place(this, Named.requireName(name), Named.requirePart(name, layer)));
  }

  private static SequencedMap<String, Layer> numbered(List<? extends Layer> layers) {
    SequencedMap<String, Layer> numbered = new LinkedHashMap<>();
    layers.forEach(layer -> numbered.put(Integer.toString(numbered.size()), layer));
    return numbered;
  }

  @Override
  public Variable forward(Variable x) {
    return hooked(List.of(x), xs -> through(xs.getFirst()));
  }

  @Override
  boolean callsHooks() {
    return true;
  }

  private Variable through(Variable x) {
    Variable y = x;
    for (Layer layer : layers.values()) {
      y = layer instanceof Module module ? module.call(y) : Watched.seen(layer, layer.forward(y));
    }
    return y;
  }

  /// Layer `index`, counted from 0, or from the end if negative.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public Layer layer(int index) {
    return List.copyOf(layers.values()).get(index < 0 ? index + size() : index);
  }

  /// The layer of this name.
  ///
  /// @throws StateException if there is none
  public Layer layer(String name) {
    Layer layer = layers.get(name);
    if (layer == null) {
      throw new StateException(described() + " has no layer '" + name + "'")
          .hint("it has " + String.join(", ", layers.keySet()));
    }
    return layer;
  }

  /// The number of layers.
  public int size() {
    return layers.size();
  }

  /// The layers in order.
  @Override
  public Iterator<Layer> iterator() {
    return Collections.unmodifiableCollection(layers.values()).iterator();
  }

  /// The layers `from` up to `to`, without that, under their names: a part of a model, such as all
  /// layers but the last. The layers are shared.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= from <= to <= size()`
  public Sequential slice(int from, int to) {
    SequencedMap<String, Layer> part = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(layers.keySet());
    names.subList(from, to).forEach(name -> part.put(name, layer(name)));
    return new Sequential(part);
  }

  /// The same layers and one more behind them, named by its position; the layers are shared, this
  /// object stays as it is.
  ///
  /// @throws StateException if there is a layer of that name
  public Sequential append(Layer layer) {
    return append(Integer.toString(size()), layer);
  }

  /// The same layers and one more behind them; the layers are shared, this object stays as it is.
  ///
  /// @throws StateException if there is a layer of that name
  public Sequential append(String name, Layer layer) {
    SequencedMap<String, Layer> longer = new LinkedHashMap<>(layers);
    if (longer.put(name, layer) != null) {
      throw Walk.taken(name);
    }
    return new Sequential(longer);
  }

  @Override
  protected SequencedMap<String, Layer> members() {
    return Collections.unmodifiableSequencedMap(layers);
  }

  @Override
  public Sequential copy() {
    return copyOf(this);
  }
}
