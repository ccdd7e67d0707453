package org.wengert.benchmarks.peers;

import static org.bytedeco.pytorch.global.torch.compile;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;

/// PyTorch's fused optimizers (`fused=True`), which its C++ classes do not offer: one pass over
/// each parameter. They are called by a line of TorchScript.
final class Fused {
  /// Which optimizer.
  enum Rule {
    /// Momentum 0.9, rate 0.01.
    SGD(
        """
            torch._fused_sgd_(p, g, a, weight_decay=0.0, momentum=0.9, lr=0.01, dampening=0.0,
                              nesterov=False, maximize=False, is_first_step=False)
        """),
    /// Rate 0.001.
    ADAM(
        """
            torch._foreach_add_(s, 1)
            torch._fused_adam_(p, g, a, b, e, s, lr=0.001, beta1=0.9, beta2=0.999,
                               weight_decay=0.0, eps=1e-8, amsgrad=False, maximize=False)
        """),
    /// Rate 0.001, decay 0.01.
    ADAMW(
        """
            torch._foreach_add_(s, 1)
            torch._fused_adamw_(p, g, a, b, e, s, lr=0.001, beta1=0.9, beta2=0.999,
                                weight_decay=0.01, eps=1e-8, amsgrad=False, maximize=False)
        """);

    private final String call;

    Rule(String call) {
      this.call = call;
    }
  }

  private final List<Tensor> parameters;
  private final List<IValue> fixed = new ArrayList<>();
  private final Function function;

  Fused(Rule rule, List<Tensor> parameters) {
    this.parameters = List.copyOf(parameters);
    for (int kind = 0; kind < 4; kind++) {
      for (Tensor p : parameters) {
        Tensor own = kind == 0 ? p : kind == 3 ? Tensor.create(0f).reshape() : zeros_like(p);
        fixed.add(new IValue(own));
      }
    }
    function = compile(script(rule, parameters.size())).get_function(new QualifiedName("step"));
  }

  /// A function of so many parameters, moments, steps and gradients.
  private static String script(Rule rule, int count) {
    StringBuilder head = new StringBuilder("def step(");
    StringBuilder lists = new StringBuilder();
    for (String kind : List.of("p", "a", "b", "s", "g")) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        names.add(kind + i);
        head.append(kind).append(i).append(", ");
      }
      lists
          .append("    ")
          .append(kind)
          .append(" = [")
          .append(String.join(", ", names))
          .append("]\n");
    }
    head.setLength(head.length() - 2);
    head.append("):\n").append(lists).append("    e: List[Tensor] = []\n");
    for (String line : rule.call.lines().toList()) {
      head.append("    ").append(line.strip()).append('\n');
    }
    return head.append("    return p, a, b, s\n")
        .toString(); // without this, all is removed as dead code
  }

  void step() {
    try (NoGradGuard _ = new NoGradGuard();
        IValueVector stack = new IValueVector()) {
      for (IValue value : fixed) {
        stack.push_back(value);
      }
      for (Tensor p : parameters) {
        stack.push_back(new IValue(p.mutable_grad()));
      }
      function.run(stack);
    }
  }
}
