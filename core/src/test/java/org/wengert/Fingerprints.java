package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wengert.OpCatalogue.Entry;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A program that prints what the engine computes with the backend of its JVM, as a number for each
/// kind of result and number of threads: every operation with its gradients of first and second
/// order, random graphs, and chains long enough to be shared by threads.
final class Fingerprints {
  private static final int THREADS = 4;
  private static final int GRAPHS = 40;

  private final Map<String, Long> hashes = new TreeMap<>();

  private Fingerprints() {}

  public static void main(String[] args) {
    for (int threads = 1; threads <= THREADS; threads++) {
      Fingerprints taken = new Fingerprints();
      Workers.using(threads, threads == 1 ? taken::takeAll : taken::takeLong);
      for (Map.Entry<String, Long> hash : taken.hashes.entrySet()) {
        System.out.println(threads + "\t" + hash.getKey() + "\t" + hash.getValue());
      }
    }
  }

  private void takeAll() {
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (Entry entry : OpCatalogue.entries()) {
        for (List<Shape> shapes : entry.shapes()) {
          addGradients(entry + " of " + type, entry, sample(entry, shapes, type));
        }
      }
    }
    List<Program> programs = Program.some(GRAPHS);
    for (int i = 0; i < GRAPHS; i++) {
      Recording run = Recording.of(new Plan(programs.get(i)));
      addGradients("graph " + i, run.loss(), run.leaves);
    }
    takeLong();
  }

  /// What is long enough for several threads.
  private void takeLong() {
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      addChains(type);
    }
    for (Entry entry : OpCatalogue.entries()) {
      if (entry.op() instanceof Op.Pointwise) {
        Tensor x = Tensor.rand(Shape.of(3, 11_001), DType.FLOAT32, new Rng(1));
        Leaf leaf = Variable.of(x);
        Variable y = ((Op.Pointwise) entry.op()).apply(leaf);
        y.mul(y).sum().backward();
        add("long " + entry, y.value());
        add("long " + entry, leaf.grad());
      }
    }
  }

  private static List<Tensor> sample(Entry entry, List<Shape> shapes, DType type) {
    return entry.sample(shapes, new Rng(5)).stream().map(x -> x.to(type)).toList();
  }

  private void addGradients(String name, Entry entry, List<Tensor> xs) {
    List<Leaf> leaves = Claims.leaves(xs);
    Variable y = entry.apply(leaves);
    add(name, y.value());
    if (y.requiresGrad()) {
      Tensor weight = Tensor.rand(y.shape(), y.dtype(), new Rng(9));
      addGradients(name, y.mul(Variable.constant(weight)).sum(), leaves);
    }
  }

  /// By `backward`, and recorded, with the gradients of their sum.
  private void addGradients(String name, Variable loss, List<Leaf> leaves) {
    add(name, loss.value());
    if (!loss.requiresGrad()) {
      return;
    }
    Variable slopes = Variable.constant(0);
    for (Variable gradient : Autograd.grad(loss, leaves)) {
      if (gradient != null) {
        add(name, gradient.value());
        slopes = slopes.add(gradient.square().sum());
      }
    }
    if (slopes.requiresGrad()) {
      Autograd.grad(slopes, leaves).forEach(x -> add(name, x == null ? null : x.value()));
    }
    loss.backward();
    leaves.forEach(leaf -> add(name, leaf.grad()));
  }

  /// Chains with broadcasting, long sums and products, twice over the same leaves, so that
  /// gradients accumulate.
  private void addChains(DType type) {
    Rng random = new Rng(2);
    List<Leaf> xs = new ArrayList<>();
    for (Shape shape : List.of(Shape.of(130, 257), Shape.of(257), Shape.of(130, 1))) {
      xs.add(Variable.of(Tensor.rand(shape, type, random)));
    }
    for (int round = 0; round < 2; round++) {
      Variable y = xs.get(0).mul(xs.get(1)).add(xs.get(2)).tanh();
      Variable z = F.softmax(y.matMul(xs.get(0).transpose(0, 1)).sigmoid(), 1).mul(xs.get(2));
      addGradients("chain of " + type, z.sum().add(y.square().mean()), xs);
    }
  }

  private void add(String name, Tensor x) {
    long hash = hashes.getOrDefault(name, 7L);
    if (x != null) {
      hash = 31 * hash + x.shape().hashCode();
      hash = 31 * hash + Arrays.hashCode(x.toDoubleArray()); // which sees one NaN only
    }
    hashes.put(name, 31 * hash);
  }
}
