package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Random trees of modules: lists, maps, records, containers, sequences, shared parts.
class RandomModulesProperties {
  private record Boxed(Layer inside, Parameter scale) {}

  private static final class Tree extends Module {
    final List<Layer> list = new ArrayList<>();
    final Map<String, Object> map = new LinkedHashMap<>();
    private final ModuleList<Layer> modules = new ModuleList<>();
    private final ModuleDict<Layer> named = new ModuleDict<>();
    private final ParameterDict scales = new ParameterDict();
    private Boxed boxed;

    @Override
    public Variable forward(Variable x) {
      Variable y = x;
      for (Layer layer : list) {
        y = layer.forward(y);
      }
      for (Layer layer : modules) {
        y = layer.forward(y);
      }
      for (Parameter scale : scales.values()) {
        y = y.mul(scale);
      }
      return boxed == null ? y : boxed.inside().forward(y).mul(boxed.scale());
    }
  }

  /// Makes trees, and notes what it made.
  private static final class Maker {
    final Set<Object> made = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Rng shape;
    private final Rng values;

    /// The same seed gives the same structure; `values` decides the numbers.
    Maker(long seed, Rng values) {
      this.shape = new Rng(seed);
      this.values = values;
    }

    <T> T note(T part) {
      made.add(part);
      return part;
    }

    Linear linear() {
      Linear linear = note(new Linear(2, 2, shape.nextBoolean(), values));
      made.addAll(linear.parameters());
      return linear;
    }

    Parameter scale() {
      return note(new Parameter(Tensor.rand(2)));
    }

    Tree tree(int depth) {
      Tree tree = note(new Tree());
      note(tree.modules);
      note(tree.named);
      note(tree.scales);
      int parts = 1 + shape.nextInt(4);
      for (int i = 0; i < parts; i++) {
        tree.list.add(layer(tree, depth));
      }
      tree.map.put("scale", scale());
      tree.map.put("seen", new Buffer(Tensor.randn(2)));
      if (shape.nextBoolean()) {
        tree.modules.append(layer(tree, depth));
        tree.named.put("first", tree.list.getFirst());
        tree.scales.put("all", scale());
      }
      if (shape.nextBoolean()) {
        Linear captured = linear();
        tree.map.put("captured", captured);
        tree.boxed = new Boxed(x -> captured.forward(x), scale());
      }
      return tree;
    }

    private Layer layer(Tree tree, int depth) {
      return switch (shape.nextInt(depth == 0 ? 3 : 5)) {
        case 0 -> linear();
        case 1 -> note(new Tanh());
        case 2 -> tree.list.isEmpty() ? x -> x : tree.list.getFirst();
        case 3 -> note(new Sequential(linear(), tree(depth - 1)));
        default -> tree(depth - 1);
      };
    }
  }

  private static Tree tree(long seed, long values) {
    return new Maker(seed, new Rng(values)).tree(3);
  }

  private static Tensor output(Module module) {
    return module.forward(Variable.constant(Tensor.ones(1, 2))).value();
  }

  @Property(tries = 60)
  void whatIsSavedIsWhatIsLoaded(@ForAll long seed) {
    Tree from = tree(seed, 1);
    Tree to = tree(seed, 2);
    to.loadStateDict(from.stateDict());
    assertEquals(from.toString(), to.toString());
    from.stateDict().forEach((k, v) -> assertTrue(v.sameBits(to.stateDict().get(k)), k));
    assertTrue(output(from).sameBits(output(to)));
  }

  @Property(tries = 60)
  void aCopyComputesTheSameAndIsIndependent(@ForAll long seed) {
    Tree tree = tree(seed, 1);
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

  @Property(tries = 60)
  void everythingThatWasMadeIsFoundOnce(@ForAll long seed) {
    Maker maker = new Maker(seed, new Rng(1));
    Tree tree = maker.tree(3);
    List<Object> found = new ArrayList<>(tree.parameters());
    found.addAll(tree.namedModules().values());
    Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(found);
    assertEquals(found.size(), distinct.size(), "something is listed twice");
    assertEquals(maker.made, distinct);
  }

  @Property(tries = 60)
  void trainingAndFreezingReachEverything(@ForAll long seed) {
    Tree tree = tree(seed, 1);
    tree.eval();
    tree.requiresGrad(false);
    assertTrue(tree.namedModules().values().stream().noneMatch(Module::isTraining));
    assertTrue(tree.parameters().stream().noneMatch(Parameter::requiresGrad));
    assertTrue(!tree.forward(Variable.constant(Tensor.ones(1, 2))).requiresGrad());
    tree.train();
    tree.requiresGrad(true);
    assertTrue(tree.namedModules().values().stream().allMatch(Module::isTraining));
    assertTrue(tree.parameters().stream().allMatch(Parameter::requiresGrad));
  }
}
