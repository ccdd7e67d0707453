package org.wengert;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A computation of which only the result is kept: its gradient runs it again, from the same state
/// of the random generators, and differentiates that (Griewank, 1992). Its operands are all
/// variables that the computation took from outside, found by their age.
///
/// @param body gives the same result whenever it is run
/// @param value the result of the first run
/// @param randomState the state of the thread's generator before the first run
/// @param own those of the generators that layers have of their own
record Checkpoint(
    Supplier<Variable> body, Tensor value, long randomState, IdentityHashMap<Rng, Long> own)
    implements Op.Nary {
  @Override
  public String derivative(int input) {
    return "that of all steps inside";
  }

  static Variable run(Supplier<Variable> body) {
    long start = Clock.next();
    long randomState = Rng.current().state();
    IdentityHashMap<Rng, Long> own = new IdentityHashMap<>();
    Variable y = Rng.noting(own, body);
    List<Variable> outside = Reach.outside(start, y);
    return outside.isEmpty()
        ? y
        : new Checkpoint(body, y.value(), randomState, own).apply(outside.toArray(new Variable[0]));
  }

  @Override
  public Shape infer(List<Shape> xs) {
    return value.shape();
  }

  @Override
  public Tensor forward(Backend kernels, List<Tensor> xs, Shape y) {
    return value;
  }

  @Override
  public boolean isJoint() {
    return true;
  }

  @Override
  public List<@Nullable Variable> gradients(Variable gy, Step step) {
    long start = Clock.next();
    return Sweep.within(start, again(), gy, step.inputs());
  }

  @Override
  public Variable gradient(int input, Variable gy, Step step) {
    Variable gradient = gradients(gy, step).get(input);
    return gradient == null ? F.zerosLike(step.input(input)) : gradient;
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    long start = Clock.next();
    return Forward.within(start, again(), step.input(input), dx);
  }

  private Variable again() {
    long now = Rng.current().state();
    IdentityHashMap<Rng, Long> others = new IdentityHashMap<>();
    own.keySet().forEach(generator -> others.put(generator, generator.state()));
    Rng.seed(randomState);
    own.forEach(Rng::state);
    try {
      Variable y = Autograd.enableGrad(body::get);
      if (!y.shape().equals(value.shape())) {
        throw new StateException(
                "a checkpoint gave shape " + value.shape() + " first, and " + y.shape() + " again")
            .hint("its body must give the same result each time it is run");
      }
      return y;
    } finally {
      Rng.seed(now);
      others.forEach(Rng::state);
    }
  }
}
