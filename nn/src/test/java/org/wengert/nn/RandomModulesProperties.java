package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Random trees of modules: lists, maps, records, sequences, shared parts.
class RandomModulesProperties {
  private record Boxed(Layer inside) {}

  private static final class Tree extends Module {
    final List<Layer> list = new ArrayList<>();
    final Map<String, Object> map = new LinkedHashMap<>();
    private Boxed boxed;

    @Override
    public Variable forward(Variable x) {
      Variable y = x;
      for (Layer layer : list) {
        y = layer.forward(y);
      }
      return boxed == null ? y : boxed.inside().forward(y);
    }
  }

  /// The same seed gives the same structure; `values` decides the numbers.
  private static Tree tree(Rng shape, Rng values, int depth) {
    Tree tree = new Tree();
    int parts = 1 + shape.nextInt(4);
    for (int i = 0; i < parts; i++) {
      Layer layer =
          switch (shape.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> new Linear(2, 2, shape.nextBoolean(), values);
            case 1 -> new Tanh();
            case 2 -> tree.list.isEmpty() ? x -> x : tree.list.getFirst();
            case 3 -> new Sequential(new Linear(2, 2, values), tree(shape, values, depth - 1));
            default -> tree(shape, values, depth - 1);
          };
      tree.list.add(layer);
    }
    tree.map.put("scale", new Parameter(Tensor.rand(2)));
    tree.map.put("seen", new Buffer(Tensor.randn(2)));
    if (shape.nextBoolean()) {
      Linear captured = new Linear(2, 2, values);
      tree.map.put("captured", captured);
      tree.boxed = new Boxed(x -> captured.forward(x));
    }
    return tree;
  }

  private static Tensor output(Module module) {
    return module.forward(Variable.constant(Tensor.ones(1, 2))).value();
  }

  @Property(tries = 60)
  void whatIsSavedIsWhatIsLoaded(@ForAll long seed) {
    Tree from = tree(new Rng(seed), new Rng(1), 3);
    Tree to = tree(new Rng(seed), new Rng(2), 3);
    to.loadStateDict(from.stateDict());
    assertEquals(from.toString(), to.toString());
    from.stateDict().forEach((k, v) -> assertTrue(v.sameBits(to.stateDict().get(k)), k));
    assertTrue(output(from).sameBits(output(to)));
  }

  @Property(tries = 60)
  void aCopyComputesTheSameAndIsIndependent(@ForAll long seed) {
    Tree tree = tree(new Rng(seed), new Rng(1), 3);
    Tree copy = Module.copyOf(tree);
    assertEquals(tree.toString(), copy.toString());
    assertEquals(tree.namedParameters().keySet(), copy.namedParameters().keySet());
    assertTrue(output(tree).sameBits(output(copy)));
    Map<String, Tensor> before = tree.stateDict();
    copy.parameters().forEach(p -> Init.constant(p, 0.25));
    copy.buffers().forEach(b -> b.assign(Tensor.zeros(2)));
    before.forEach((k, v) -> assertTrue(v.sameBits(tree.stateDict().get(k)), k));
    Tensor kept = output(copy);
    tree.parameters().forEach(p -> Init.constant(p, -3));
    assertTrue(kept.sameBits(output(copy)), "the copy computes with the original");
  }
}
