package org.wengert.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.GradientException;
import org.wengert.Variable;
import org.wengert.tensor.DType;

/// The edge of one call of a module in the graph. All inputs that want gradients go through one
/// node, and so do the outputs: the gradient of that node is complete when those of all inputs
/// are, and holds nothing that reached an input on another way.
final class Boundary {
  private final UnaryOperator<Gradients> hook;
  private final List<Variable> inputs;
  /// The gradient of the output, on its way to the inputs, by the backward pass. One that never
  /// arrives there, because only parameters were asked for, is forgotten with its pass.
  private final Map<Object, Variable> gradOutputs =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final boolean wantsGradients;

  /// The gradients of one call.
  ///
  /// @param inputs null where no gradient is wanted
  record Gradients(List<@Nullable Variable> inputs, Variable output) {
    /// These with others for the inputs.
    Gradients with(List<@Nullable Variable> others) {
      boolean same = others.size() == inputs.size();
      for (int i = 0; same && i < inputs.size(); i++) {
        same = fits(inputs.get(i), others.get(i));
      }
      if (!same) {
        throw new GradientException(
                "a hook gave " + shapes(others) + " for gradients of " + shapes(inputs))
            .hint("return the gradients it was called with, or others of their shapes");
      }
      return new Gradients(others, output);
    }

    private static boolean fits(@Nullable Variable old, @Nullable Variable other) {
      return old == null || other == null
          ? old == other
          : old.shape().equals(other.shape()) && old.dtype() == other.dtype();
    }

    private static List<String> shapes(List<@Nullable Variable> gradients) {
      return gradients.stream().map(g -> g == null ? "null" : g.shape().toString()).toList();
    }
  }

  /// An edge behind these inputs.
  ///
  /// @param hook what becomes of the gradients
  Boundary(List<Variable> outside, UnaryOperator<Gradients> hook) {
    this.hook = hook;
    List<Variable> wanted = outside.stream().filter(Variable::requiresGrad).toList();
    wantsGradients = !wanted.isEmpty();
    inputs = wantsGradients ? behind(outside, wanted) : outside;
  }

  /// The inputs, behind the edge.
  List<Variable> inputs() {
    return inputs;
  }

  /// The outputs, in front of the edge. The hook sees the gradient of the first.
  List<Variable> outputs(List<Variable> ys) {
    List<Variable> wanted = ys.stream().filter(Variable::requiresGrad).toList();
    if (wanted.isEmpty()) {
      return ys;
    }
    Variable first = ys.getFirst();
    Variable edge = packed(wanted);
    edge.registerHook(
        gradient -> {
          Variable found = unpacked(gradient, ys, null).getFirst();
          Variable arrived = found == null ? F.zerosLike(first) : found;
          if (wantsGradients) {
            gradOutputs.put(Autograd.currentPass(), arrived);
          } else {
            Gradients _ = hook.apply(new Gradients(nothing(inputs.size()), arrived));
          }
          return gradient;
        });
    return List.copyOf(unpacked(edge, ys, ys));
  }

  private static List<@Nullable Variable> nothing(int count) {
    return Collections.nCopies(count, null);
  }

  private List<Variable> behind(List<Variable> outside, List<Variable> wanted) {
    Variable packed = packed(wanted);
    packed.registerHook(
        gradient -> {
          Variable arrived = gradOutputs.remove(Autograd.currentPass());
          if (arrived == null) {
            return gradient; // of a gradient, which does not pass the output
          }
          List<@Nullable Variable> gradients = unpacked(gradient, outside, null);
          List<Variable> replaced = new ArrayList<>();
          for (Variable g : hook.apply(new Gradients(gradients, arrived)).inputs()) {
            if (g != null) {
              replaced.add(g);
            }
          }
          return packed(replaced);
        });
    return List.copyOf(unpacked(packed, outside, outside));
  }

  /// All numbers of several variables in a row.
  private static Variable packed(List<Variable> variables) {
    boolean wide = variables.stream().anyMatch(x -> x.dtype() == DType.FLOAT64);
    DType type = wide ? DType.FLOAT64 : DType.FLOAT32;
    return F.cat(variables.stream().map(x -> x.to(type).reshape(-1)).toList(), 0);
  }

  /// What was packed of the variables `like` that want gradients, in their shapes and types, and
  /// what is in `others` for the rest.
  private static List<@Nullable Variable> unpacked(
      Variable packed, List<Variable> like, @Nullable List<Variable> others) {
    Variable[] parts = new Variable[like.size()];
    int from = 0;
    for (int i = 0; i < parts.length; i++) {
      Variable x = like.get(i);
      if (x.requiresGrad()) {
        int to = from + x.shape().count();
        parts[i] = packed.slice(0, from, to).reshape(x.shape()).to(x.dtype());
        from = to;
      } else if (others != null) {
        parts[i] = others.get(i);
      }
    }
    return Collections.unmodifiableList(Arrays.asList(parts));
  }
}
