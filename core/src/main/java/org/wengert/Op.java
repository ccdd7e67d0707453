package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Kernel;
import org.wengert.backend.LongFunction;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.ScalarFunction2;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// An operation: how to compute, and how to go back. Declared once, as a record or an enum
/// constant, on the lowest rung that fits:
///
/// 1. [Pointwise] and [Pointwise2]: a function of one or two numbers and its derivative;
/// 2. [Linear]: a linear map that names its adjoint;
/// 3. [Unary], [Binary], [Nary]: an operation with its own rules;
/// 4. [Fused]: kernels for value and first derivative, beside a composition for higher orders.
///
/// Rules are written in `Variable`s, so that they can be differentiated again, and ignore
/// broadcasting: the engine sums a gradient down to its operand's shape and converts it to its
/// operand's type. Nothing is registered: a user's record works like the library's own.
///
/// Operations are immutable and thread-safe.
public interface Op {
  /// The operation's name in messages and drawings, by default the class name in camel case.
  default String label() {
    String name = this instanceof Enum<?> row ? Labels.camelCase(row) : getClass().getSimpleName();
    return Labels.decapitalized(name);
  }

  /// The operation as a student writes it, such as `a · b`. The operands are called `x` if there is
  /// one, `a` and `b` if there are two, else `x₁`, `x₂`, ..., all of them together `…`.
  default String formula() {
    return label() + "(…)";
  }

  /// The derivative of the result with respect to operand `input` as a student writes it, in the
  /// operands and the result `y`, such as `1 - y²`. Where the operands are not numbers this is what
  /// the gradient is multiplied by, in words that the formula allows.
  default String derivative(int input) {
    return "∂" + label() + "/∂" + (input + 1);
  }

  /// The number of products that are added up to compute the result, if that decides the cost, as
  /// in matrix products and convolutions: what tables of models count. By default 0, as for all
  /// functions of single numbers.
  ///
  /// @param xs the shapes of the operands
  /// @param y the shape of the result
  default long multiplyAdds(List<Shape> xs, Shape y) {
    return 0;
  }

  /// Who sees operations as they are done: see [Autograd#observe].
  @FunctionalInterface
  interface Observer {
    /// Called after each operation.
    void done(Op op, List<Variable> operands, Variable result);

    /// Called when a part of the computation, such as a layer, begins.
    default void entered(Scope scope) {}

    /// Called when the part that was entered last ends.
    default void left(Scope scope) {}
  }

  /// Whether results are recorded; comparisons and index searches are not.
  default boolean isDifferentiable() {
    return true;
  }

  /// The gradient for operand `input`, given the gradient `gy` of the result. Asked for by the
  /// engine, and only when it is needed.
  Variable gradient(int input, Variable gy, Step step);

  /// The gradients for all operands at once, null where there is none. The engine asks an operation
  /// that [#isJoint] for this instead of [#gradient].
  default List<@Nullable Variable> gradients(Variable gy, Step step) {
    List<@Nullable Variable> gradients = new ArrayList<>();
    for (int i = 0; i < step.inputCount(); i++) {
      gradients.add(step.input(i).requiresGrad() ? gradient(i, gy, step) : null);
    }
    return gradients;
  }

  /// Whether the gradients of several operands share so much work that they are computed together.
  default boolean isJoint() {
    return false;
  }

  /// The derivative of the result along a tangent of operand `input`: `∂y/∂x · dx`, for forward
  /// mode. By default the transpose of [#gradient], found by differentiating it with respect to
  /// `gy`, in which it is linear.
  ///
  /// @param dx of the operand's shape
  default Variable tangent(int input, Variable dx, Step step) {
    return Forward.transposed(this, input, dx, step);
  }

  /// An operation on one variable.
  interface Unary extends Op {
    /// The shape of the result.
    ///
    /// @throws org.wengert.tensor.ShapeException with the sizes that do not fit and what to do
    Shape infer(Shape x);

    /// Computes the result, whose shape is `y`.
    Tensor forward(Backend kernels, Tensor x, Shape y);

    /// The gradient of the operand.
    Variable backward(Variable gy, Variable x, Variable y);

    @Override
    default Variable gradient(int input, Variable gy, Step step) {
      return backward(gy, step.input(0), step);
    }

    /// Does it, and records it if a gradient is wanted.
    default Variable apply(Variable x) {
      return Recorder.apply(this, x);
    }
  }

  /// An operation on two variables.
  interface Binary extends Op {
    /// The shape of the result.
    ///
    /// @throws org.wengert.tensor.ShapeException with the sizes that do not fit and what to do
    Shape infer(Shape a, Shape b);

    /// Computes the result, whose shape is `y`.
    Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y);

    /// The gradient of the left operand.
    Variable left(Variable gy, Variable a, Variable b, Variable y);

    /// The gradient of the right operand.
    Variable right(Variable gy, Variable a, Variable b, Variable y);

    @Override
    default Variable gradient(int input, Variable gy, Step step) {
      Variable a = step.input(0);
      Variable b = step.input(1);
      return input == 0 ? left(gy, a, b, step) : right(gy, a, b, step);
    }

    /// Does it, and records it if a gradient is wanted.
    default Variable apply(Variable a, Variable b) {
      return Recorder.apply(this, a, b);
    }
  }

  /// An operation on any number of variables, at least one.
  interface Nary extends Op {
    /// The shape of the result.
    ///
    /// @throws org.wengert.tensor.ShapeException with the sizes that do not fit and what to do
    Shape infer(List<Shape> xs);

    /// Computes the result, whose shape is `y`.
    Tensor forward(Backend kernels, List<Tensor> xs, Shape y);

    /// Does it, and records it if a gradient is wanted.
    default Variable apply(Variable... xs) {
      return Recorder.apply(this, xs.clone());
    }
  }

  /// Rung 1: a function of one number, applied to every element.
  interface Pointwise extends Unary, ScalarFunction {
    /// The derivative as a student writes it, in `x` and `y`, such as `1 - y²`.
    default String derivative() {
      return label() + "'(x)";
    }

    @Override
    default String formula() {
      return label() + "(x)";
    }

    @Override
    default String derivative(int input) {
      return derivative();
    }

    /// The function on integers, if it has one; without it integers are computed in `FLOAT32`.
    default @Nullable LongFunction integral() {
      return null;
    }

    @Override
    default Shape infer(Shape x) {
      return x;
    }

    @Override
    default Tensor forward(Backend kernels, Tensor x, Shape y) {
      LongFunction exact = x.dtype().isFloating() ? null : integral();
      return exact == null ? kernels.map(this, x) : kernels.mapLongs(exact, x);
    }

    /// The rule itself: the Jacobian is diagonal.
    @Override
    default Variable tangent(int input, Variable dx, Step step) {
      return backward(dx, step.input(0), step);
    }
  }

  /// Rung 1, as an expression: compiled to a loop, which is faster than calls of [#value].
  interface Expressed extends Pointwise {
    /// The function: its first input is `x`, its scalars are [#scalars].
    Kernel kernel();

    /// The numbers of this operation in its function.
    default double[] scalars() {
      return Kernel.NO_SCALARS;
    }

    @Override
    default double value(double x) {
      return kernel().value(new double[] {x}, scalars());
    }

    @Override
    default Tensor forward(Backend kernels, Tensor x, Shape y) {
      LongFunction exact = x.dtype().isFloating() ? null : integral();
      return exact == null ? kernels.map(kernel(), scalars(), x) : kernels.mapLongs(exact, x);
    }
  }

  /// Rung 1: a function of two numbers, applied to pairs of elements; the operands broadcast.
  interface Pointwise2 extends Binary, ScalarFunction2 {
    /// Both derivatives as a student writes them, in `a`, `b` and `y`.
    default List<String> derivatives() {
      return List.of("∂" + label() + "/∂a", "∂" + label() + "/∂b");
    }

    @Override
    default String formula() {
      return label() + "(a, b)";
    }

    @Override
    default String derivative(int input) {
      return derivatives().get(input);
    }

    @Override
    default Shape infer(Shape a, Shape b) {
      return Shape.broadcast(a, b);
    }

    @Override
    default Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
      return kernels.zip(this, a, b, y, DType.promote(a, b).toFloating());
    }

    /// The rule itself: but for broadcasting the Jacobian is diagonal.
    @Override
    default Variable tangent(int input, Variable dx, Step step) {
      return gradient(input, dx.expand(step.shape()), step);
    }
  }

  /// Rung 1, as an expression of two numbers.
  interface Expressed2 extends Pointwise2 {
    /// The function: its inputs are `a` and `b`.
    Kernel kernel();

    @Override
    default double value(double a, double b) {
      return kernel().value(new double[] {a, b});
    }

    @Override
    default Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
      DType type = DType.promote(a, b).toFloating();
      return kernels.zip(kernel(), Kernel.NO_SCALARS, a, b, y, type);
    }
  }

  /// Rung 2: a linear map `A`. No derivative is written: the gradient is the adjoint of the map
  /// applied to `gy`, and `⟨A x, u⟩ = ⟨x, Aᵀ u⟩` is what tests it.
  interface Linear extends Unary {
    /// `Aᵀ`, for operands of shape `x`.
    Linear adjoint(Shape x);

    /// 1, for each number that the map takes over.
    @Override
    default String derivative(int input) {
      return "1";
    }

    @Override
    default Variable backward(Variable gy, Variable x, Variable y) {
      return adjoint(x.shape()).apply(gy);
    }

    @Override
    default Variable tangent(int input, Variable dx, Step step) {
      return apply(dx);
    }
  }

  /// Rung 4: one kernel for the value and one for the first derivatives, where measurements or
  /// rounding ask for it. When the gradient itself is recorded, the derivative is taken of the
  /// composition instead, so that every order is right.
  interface Fused extends Nary {
    /// What a fused kernel computed.
    ///
    /// @param y the result
    /// @param saved what the derivatives want to find again; kept with the recorded step
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Computed(Tensor y, Tensor... saved) {}

    /// What the derivatives of a step start from.
    ///
    /// @param gy the gradient of the result
    /// @param xs the operands
    /// @param y the result
    /// @param saved what [Computed] kept
    /// @param wanted which operands' gradients are wanted
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Past(Tensor gy, List<Tensor> xs, Tensor y, Tensor[] saved, boolean[] wanted) {}

    /// The same function, composed of other operations.
    Variable compose(List<Variable> xs);

    /// Computes the result, whose shape is `y`, and what the derivatives want to find again.
    Computed compute(Backend kernels, List<Tensor> xs, Shape y);

    /// The gradients of the operands, not recorded: null where none is wanted. All at once, since
    /// they share work.
    List<@Nullable Tensor> derivatives(Backend kernels, Past past);

    @Override
    default Tensor forward(Backend kernels, List<Tensor> xs, Shape y) {
      return compute(kernels, xs, y).y();
    }

    @Override
    default Variable apply(Variable... xs) {
      return FusedRule.apply(this, xs);
    }

    @Override
    default boolean isJoint() {
      return true;
    }

    @Override
    default List<@Nullable Variable> gradients(Variable gy, Step step) {
      return FusedRule.gradients(this, gy, step);
    }

    @Override
    default Variable gradient(int input, Variable gy, Step step) {
      return FusedRule.gradient(this, input, gy, step);
    }

    @Override
    default Variable tangent(int input, Variable dx, Step step) {
      return FusedRule.tangent(this, input, dx, step);
    }
  }
}
