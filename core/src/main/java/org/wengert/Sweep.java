package org.wengert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.pool.Holders;
import org.wengert.tensor.pool.Pool;

/// One walk back through a graph. Nodes are taken in descending order of their numbers; when a
/// node's turn comes, everything computed from it has been there, so its gradient is complete.
///
/// A loop, not a recursion: a chain of a million steps is fine. All state is in this object, so
/// sweeps on several threads do not meet, and the same graph gives the same bits every time.
///
/// A sweep that does not record holds the gradients that it made and that nobody else can see: see
/// [Holders]. It adds to them in place, and recycles them when they were passed on. Each pending
/// gradient is one holder of its storage, and so is the one whose turn it is.
///
/// What user code handed over, be it the seed, what a hook returned or what a rule of its own gave,
/// may lie over an array that it fills again. It is passed on, but whoever keeps it gets a copy.
final class Sweep {
  private static final Backend KERNELS = Backends.current();
  private static final ScopedValue<Sweep> CURRENT = ScopedValue.newInstance();

  private final Pending pending = new Pending();
  private final IdentityHashMap<Variable, Parts> parts = new IdentityHashMap<>(); // not iterated
  private final @Nullable Reach reach;
  private final boolean recording = Autograd.isRecording();
  private final @Nullable DebugSession debugging = Debug.session();
  private final List<Scope.Call> calls = debugging == null ? List.of() : new ArrayList<>();

  private Sweep(@Nullable Reach reach) {
    this.reach = reach;
  }

  /// Adds the gradients of `y` to all leaves it depends on.
  static void accumulate(Variable y, Variable seed) {
    Sweep sweep = new Sweep(null);
    sweep.add(y, seed);
    sweep.run(List.of());
  }

  /// The gradients of `y` for each of `xs`, null where there is no path.
  static List<@Nullable Variable> gradients(
      Variable y, Variable seed, List<? extends Variable> xs) {
    return gradients(y, seed, xs, Reach.from(y, xs));
  }

  /// The gradients of `y` for each of `xs`, along steps not older than `start` only. What is
  /// recomputed for a gradient is differentiated so: what its operands were computed from stays
  /// outside, also where one operand depends on another. The operands' hooks are left to the sweep
  /// that asked, for which this gradient is only a part.
  static List<@Nullable Variable> within(
      long start, Variable y, Variable seed, List<? extends Variable> xs) {
    return gradients(y, seed, xs, Reach.within(start, y, xs));
  }

  private static List<@Nullable Variable> gradients(
      Variable y, Variable seed, List<? extends Variable> xs, Reach reach) {
    Sweep sweep = new Sweep(reach);
    if (reach.contains(y)) {
      sweep.add(y, seed);
    }
    return sweep.run(xs);
  }

  /// The innermost walk on this thread; null outside of all.
  static @Nullable Object current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  private List<@Nullable Variable> run(List<? extends Variable> xs) {
    if (debugging != null) {
      return ScopedValue.where(CURRENT, this).call(() -> Debug.unwatched(() -> walk(xs)));
    }
    return ScopedValue.where(CURRENT, this).call(() -> walk(xs));
  }

  private List<@Nullable Variable> walk(List<? extends Variable> xs) {
    List<@Nullable Variable> found = new ArrayList<>();
    xs.forEach(x -> found.add(null));
    List<Integer> wanted = youngestFirst(xs);
    int next = 0;
    while (!pending.isEmpty()) {
      Variable node = pending.takeLast();
      Variable sum = whole(node, pending.takenGradient());
      Variable gradient = reach == null || reach.isInside(node) ? hooked(node, sum) : sum;
      while (next < wanted.size() && number(xs.get(wanted.get(next))) >= number(node)) {
        int i = wanted.get(next++);
        if (xs.get(i) == node) {
          found.set(i, shown(gradient));
        }
      }
      if (node instanceof Step step) {
        if (reach == null || reach.isInside(step)) {
          passOn(step, gradient);
        }
      } else if (reach == null && node instanceof Leaf leaf) {
        if (debugging != null) {
          debugging.considerGradient(leaf);
        }
        leaf.accumulate(gradient.value);
      }
      Holders.release(sum.value.storage());
    }
    return found;
  }

  /// The gradient, for a user who may keep it. One that is recorded stays what it is, since a copy
  /// would not be recorded.
  private Variable shown(Variable gradient) {
    boolean isLent = !recording && Holders.isLent(gradient.value.storage());
    Variable shown = isLent ? new Constant(gradient.value.copy()) : gradient;
    Holders.show(shown.value.storage());
    return shown;
  }

  /// What the hooks make of a gradient, which they see.
  private Variable hooked(Variable node, Variable gradient) {
    if (!node.isHooked()) {
      return gradient;
    }
    Variable shown = shown(gradient);
    Pool pool = Pool.current();
    int region = pool.pause();
    try {
      Variable returned = node.hooked(shown);
      if (returned.value.storage() != shown.value.storage()) {
        Holders.lend(returned.value.storage());
      }
      return returned;
    } finally {
      pool.resume(region);
    }
  }

  /// The positions of `xs` in the order in which a sweep meets them, so that it need not look
  /// through all of them at a node.
  private static List<Integer> youngestFirst(List<? extends Variable> xs) {
    List<Integer> order = new ArrayList<>(xs.size());
    for (int i = 0; i < xs.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> -number(xs.get(i))));
    return order;
  }

  /// Constants, which have no number, come last and are never met.
  private static long number(Variable x) {
    return x instanceof Node node ? node.number() : 0;
  }

  private void passOn(Step step, Variable gy) {
    Op op = step.op();
    requireFresh(step);
    if (debugging != null) {
      examine(debugging, step, gy);
    }
    if (op instanceof Slice slice) {
      addPart(step.input(0), slice, gy);
      return;
    }
    if (recording || !isLarge(step)) {
      Holders.show(gy.value.storage());
      passOnPlainly(step, op, gy);
    } else if (Confined.is(op)) {
      passOnConfined(step, op, gy);
    } else {
      Holders.show(gy.value.storage());
      passOnPausing(step, op, gy);
    }
  }

  private void examine(DebugSession session, Step step, Variable gy) {
    Holders.show(gy.value.storage());
    calls.addAll(step.calls());
    Debug.examine(session, step, gy, calls);
  }

  private static boolean isLarge(Step step) {
    int largest = step.value.count();
    int inputs = step.inputCount();
    for (int i = 0; i < inputs; i++) {
      largest = Math.max(largest, step.input(i).value.count());
    }
    return largest >= Pool.SMALLEST;
  }

  private void passOnPlainly(Step step, Op op, Variable gy) {
    List<@Nullable Variable> joint = op.isJoint() ? op.gradients(gy, step) : null;
    int inputs = step.inputCount();
    for (int i = 0; i < inputs; i++) {
      Variable x = step.input(i);
      if (isWanted(x)) {
        Tensor traced = recording ? null : Traced.gradient(op, i, gy.value, step, null);
        if (traced != null) {
          Holders.holdNew(traced.storage());
          add(x, fitted(new Constant(traced), x, op));
          continue;
        }
        Variable gradient = joint == null ? op.gradient(i, gy, step) : joint.get(i);
        if (gradient != null) {
          if (gradient.value.storage() != gy.value.storage() && !Confined.is(op)) {
            Holders.lend(gradient.value.storage());
          }
          add(x, fitted(gradient, x, op));
        }
      }
    }
  }

  private boolean isWanted(Variable x) {
    return x.requiresGrad && (reach == null || reach.contains(x));
  }

  /// A rule of which nothing is known: it may keep whatever it sees or makes.
  private void passOnPausing(Step step, Op op, Variable gy) {
    Pool pool = Pool.current();
    int region = pool.pause();
    try {
      passOnPlainly(step, op, gy);
    } finally {
      pool.resume(region);
    }
  }

  private void passOnConfined(Step step, Op op, Variable gy) {
    int inputs = step.inputCount();
    boolean[] wanted = new boolean[inputs];
    for (int i = 0; i < inputs; i++) {
      wanted[i] = isWanted(step.input(i));
    }
    Pullback pullback = new Pullback(step, gy, wanted);
    @Nullable Variable[] joint = op.isJoint() ? pullback.all() : pullback.both();
    for (int i = 0; i < inputs; i++) {
      Variable gradient = joint.length > 0 ? joint[i] : wanted[i] ? pullback.one(i) : null;
      if (gradient != null) {
        if (pullback.isOther(i, gradient)) {
          Holders.lend(gradient.value.storage());
        }
        add(step.input(i), gradient);
      }
    }
  }

  /// Refuses to go on if any operand was rewritten after the step had used it: also the rule for
  /// another operand may read it.
  static void requireFresh(Step step) {
    int inputs = step.inputCount();
    for (int i = 0; i < inputs; i++) {
      Variable x = step.input(i);
      if (x.value.storage().changedAt() > step.number()) {
        throw stale(step, x);
      }
    }
  }

  /// The gradient in the shape and type of its variable: broadcasting is undone here, once.
  static Variable fitted(Variable gradient, Variable x, Op op) {
    if (gradient.value.shape() != x.value.shape()) {
      if (!x.shape().broadcastsTo(gradient.shape())) {
        throw new GradientException(
                "the rule of "
                    + op.label()
                    + " gives a gradient of shape "
                    + gradient.shape()
                    + " for an operand of shape "
                    + x.shape())
            .hint("a gradient has its operand's shape, or one that the operand broadcasts to");
      }
      gradient = gradient.sumTo(x.shape());
    }
    return gradient.value.dtype() == x.value.dtype() ? gradient : gradient.to(x.dtype());
  }

  /// Adds to a node's pending gradient: in place if nobody else can see one of the two.
  private void add(Variable x, Variable gradient) {
    int slot = pending.find(x);
    if (slot < 0) {
      pending.insert(x, gradient);
      return;
    }
    Variable sum = pending.gradient(slot);
    if (recording) {
      pending.replace(slot, whole(x, sum).add(gradient));
    } else if (isOwn(sum.value)) {
      KERNELS.accumulate(sum.value, gradient.value);
      Holders.release(gradient.value.storage());
    } else if (isOwn(gradient.value)) {
      KERNELS.accumulate(gradient.value, sum.value);
      Holders.release(sum.value.storage());
      pending.replace(slot, gradient);
    } else {
      pending.replace(slot, new Constant(sum(sum.value, gradient.value)));
      Holders.release(sum.value.storage());
      Holders.release(gradient.value.storage());
    }
  }

  /// The sum of two tensors of one shape, held by the caller alone.
  static Tensor sum(Tensor a, Tensor b) {
    Tensor sum = Arithmetic.ADD.forward(KERNELS, a, b, a.shape());
    Holders.holdNew(sum.storage());
    return sum;
  }

  /// Whether the only holder may write to it: nobody else sees it, and no two elements are in one
  /// place.
  static boolean isOwn(Tensor held) {
    if (!Holders.isHeldOnce(held.storage())) {
      return false;
    }
    for (int axis = 0; axis < held.rank(); axis++) {
      if (held.stride(axis) == 0 && held.size(axis) > 1) {
        return false;
      }
    }
    return true;
  }

  /// Adds the gradient of a slice of `x`: to that slice of the sum only, so that the gradients of
  /// all steps of a sequence cost as much as the sequence, not as much as its square. If the sum is
  /// recorded, and thus must not change, this waits for the others in [#parts].
  private void addPart(Variable x, Slice slice, Variable gradient) {
    if (!isWanted(x)) {
      return;
    }
    Embed place = slice.adjoint(x.shape());
    int slot = pending.find(x);
    if (slot < 0) {
      Variable whole = place.apply(gradient);
      boolean isNew = whole.value.storage() != gradient.value.storage();
      if (!recording && isNew && !Watch.isObserved()) {
        Holders.holdNew(whole.value.storage());
      } else if (!recording) {
        Holders.hold(whole.value.storage());
      }
      pending.insert(x, whole);
    } else if (recording) {
      parts.computeIfAbsent(x, _ -> new Parts()).add(place, gradient);
    } else {
      Tensor sum = pending.gradient(slot).value;
      if (!isOwn(sum)) {
        Tensor copy = sum.copy();
        Holders.holdNew(copy.storage());
        pending.replace(slot, new Constant(copy));
        Holders.release(sum.storage());
      }
      KERNELS.accumulate(place.in(pending.gradient(slot).value), gradient.value);
    }
  }

  /// The sum with the parts that waited for it.
  private Variable whole(Variable x, Variable sum) {
    Parts waiting = parts.isEmpty() ? null : parts.remove(x);
    return waiting == null ? sum : waiting.addedTo(sum);
  }

  private static StateException stale(Step step, Variable x) {
    String owner = owner(x).name();
    String name = owner.isEmpty() ? "a parameter" : "parameter '" + owner + "'";
    return new StateException(name + " changed after " + step.op().label() + " had used it")
        .hint("run forward again after optimizer.step() or assign(..), then backward");
  }

  /// The variable whose numbers `x` is a view of, such as `p` for `p.mT()`.
  private static Variable owner(Variable x) {
    Variable at = x;
    while (at instanceof Step step && step.input(0).value.storage() == at.value.storage()) {
      at = step.input(0);
    }
    return at;
  }
}
