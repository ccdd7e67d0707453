package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.util.List;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.check.Diagnosis;
import org.wengert.check.RuleDoctor;
import org.wengert.tensor.Tensor;

/// Derivative rules with the mistakes that everybody makes once, and what [RuleDoctor] says of
/// each: which mistake it is, and the smallest input that shows it. The last rule is right.
public final class TypicalMistakes {
  private TypicalMistakes() {}

  /// Shows rule after rule.
  public static void main(String[] args) {
    show("y = x²: back goes gy · x", factor());
    show("y = cos x: back goes gy · sin x", sign());
    show("y = x · eˣ: x.grad = gy · eˣ; x.grad = gy · x · eˣ", overwritten());
    show("y = a + b: back goes gy to both, whatever their shapes", repeated());
    show("y = a b, matrices: back go gy b and aᵀ gy", transposed());
    show("y = tanh x: back goes gy · (1 - x²)", input());
    show("y = tanh x: back goes gy · (1 - y²)", right());
  }

  private static void show(String rule, Diagnosis found) {
    say("%s%n  %s: %s%n", rule, found.kind(), found.toString().replace("\n", "\n  "));
  }

  static Diagnosis factor() {
    return RuleDoctor.examine(
        Variable::square, (gy, xs, y) -> List.of(given(gy).mul(given(xs.getFirst())).value()));
  }

  static Diagnosis sign() {
    return RuleDoctor.examine(
        F::cos, (gy, xs, y) -> List.of(given(gy).mul(F.sin(given(xs.getFirst()))).value()));
  }

  static Diagnosis overwritten() {
    return RuleDoctor.examine(
        x -> x.mul(x.exp()),
        (gy, xs, y) -> {
          Variable x = given(xs.getFirst());
          Variable[] grad = {given(gy).mul(x.exp())}; // of the first use of x ..
          grad[0] = given(gy).mul(x).mul(x.exp()); // .. is lost when the second one arrives
          return List.of(grad[0].value());
        });
  }

  static Diagnosis repeated() {
    return RuleDoctor.examine((a, b) -> a.add(b), (gy, xs, y) -> List.of(gy, gy));
  }

  static Diagnosis transposed() {
    return RuleDoctor.examine(
        (a, b) -> a.matMul(b),
        (gy, xs, y) ->
            List.of(
                given(gy).matMul(given(xs.get(1))).value(),
                given(xs.get(0)).mT().matMul(given(gy)).value()));
  }

  static Diagnosis input() {
    return tanh(true);
  }

  static Diagnosis right() {
    return tanh(false);
  }

  private static Diagnosis tanh(boolean isOfInput) {
    return RuleDoctor.examine(
        Variable::tanh,
        (gy, xs, y) -> {
          Variable squared = given(isOfInput ? xs.getFirst() : y).square();
          return List.of(given(gy).mul(squared.rsub(1)).value());
        });
  }

  private static Variable given(Tensor x) {
    return Variable.constant(x);
  }
}
