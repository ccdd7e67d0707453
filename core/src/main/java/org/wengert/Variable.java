package org.wengert;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A tensor that remembers where it came from.
///
/// A [Constant] came from nowhere, a [Leaf] is a place where gradients are wanted, a [Step] is the
/// result of an operation on other variables. Operations are recorded as they happen; from the last
/// result, [#backward] or [Autograd#grad] walks the record back and gives the gradients.
///
/// The methods here are the algebra in which derivatives are written; `F` has every function.
/// Operands broadcast as in NumPy, types promote as in PyTorch.
///
/// Immutable, except for a leaf's gradient, a parameter's value and the name. Threads may share
/// variables, record and differentiate at once.
public abstract sealed class Variable extends Compared permits Constant, Leaf, Step {
  Tensor value;
  boolean requiresGrad;
  private @Nullable Remarks remarks;

  Variable(Tensor value, boolean requiresGrad) {
    this.value = value;
    this.requiresGrad = requiresGrad;
  }

  /// A leaf: a variable whose gradient is wanted. The type must be floating.
  ///
  /// @throws DTypeException if the type has no gradients
  public static Leaf of(Tensor value) {
    return new Leaf(value);
  }

  /// A `FLOAT64` scalar leaf.
  public static Leaf of(double value) {
    return new Leaf(Tensor.of(value));
  }

  /// A `FLOAT64` vector leaf.
  public static Leaf of(double... values) {
    return new Leaf(Tensor.of(values));
  }

  /// A `FLOAT64` matrix leaf.
  public static Leaf of(double[][] rows) {
    return new Leaf(Tensor.of(rows));
  }

  /// A variable without a gradient: data, targets, masks.
  public static Constant constant(Tensor value) {
    return new Constant(value);
  }

  /// A `FLOAT64` scalar without a gradient.
  public static Constant constant(double value) {
    return new Constant(Tensor.of(value));
  }

  /// A `FLOAT64` vector without a gradient.
  public static Constant constant(double... values) {
    return new Constant(Tensor.of(values));
  }

  /// A `FLOAT64` matrix without a gradient.
  public static Constant constant(double[][] rows) {
    return new Constant(Tensor.of(rows));
  }

  /// The numbers. A parameter's numbers change with its optimizer's steps; `value().copy()` keeps
  /// what is there now.
  public Tensor value() {
    return value;
  }

  /// The sizes of the axes.
  public Shape shape() {
    return value.shape();
  }

  /// The type of the elements.
  public DType dtype() {
    return value.dtype();
  }

  /// The number of axes.
  public int rank() {
    return value.rank();
  }

  /// The size of an axis; negative axes count from the end.
  public int size(int axis) {
    return value.size(axis);
  }

  /// The number in a variable of one element, no longer connected to the graph.
  public double item() {
    return value.item();
  }

  /// Whether operations on this variable are recorded.
  public boolean requiresGrad() {
    return requiresGrad;
  }

  /// Names this variable, for messages and drawings, and returns it.
  public Variable named(String name) {
    remarks().name = name;
    return this;
  }

  /// The name given by [#named]; empty if there is none.
  public String name() {
    return remarks == null ? "" : remarks.name;
  }

  /// The gradient that [#backward] left in this leaf, or null if none has arrived, which is not the
  /// same as a gradient of zeros.
  ///
  /// @throws StateException if this variable was computed: only leaves keep gradients, and
  ///     [Autograd#grad(Variable, Variable)] gives that of any variable
  public abstract @Nullable Tensor grad();

  /// Adds the gradient of this variable to [#grad] of every leaf it depends on.
  ///
  /// @throws GradientException if this is not a single number, or nothing was recorded
  public void backward() {
    Autograd.backward(this, null);
  }

  /// Adds `seedᵀ J` to [#grad] of every leaf, where `J` is the Jacobian of this variable. The seed
  /// is not kept: an array that it lies over may be filled again.
  ///
  /// @param seed of this variable's shape: the gradient of some further function at this variable
  public void backward(Tensor seed) {
    Autograd.backward(this, seed);
  }

  /// Calls `hook` with the gradient of this variable whenever a backward pass has completed it;
  /// what it returns goes on in its place. Hooks are called in the order they were registered.
  ///
  /// @param hook gives a gradient of the same shape
  /// @return the registration, to remove it again
  /// @throws GradientException if this variable is a constant
  public Hook registerHook(UnaryOperator<Variable> hook) {
    if (!requiresGrad) {
      throw new GradientException("a hook on a constant is never called")
          .hint("register it on a variable made by Variable.of(..) or computed from one");
    }
    return remarks().hook(hook);
  }

  boolean isHooked() {
    return remarks != null && remarks.isHooked();
  }

  Variable hooked(Variable gradient) {
    return remarks == null ? gradient : remarks.hooked(gradient);
  }

  /// What few variables have, made when the first is there.
  final synchronized Remarks remarks() {
    if (remarks == null) {
      remarks = new Remarks();
    }
    return remarks;
  }

  /// The same, without making it.
  final @Nullable Remarks remarksOrNull() {
    return remarks;
  }

  /// The same numbers without the record: gradients stop here.
  public Constant detach() {
    Constant copy = new Constant(value);
    if (!name().isEmpty()) {
      copy.named(name());
    }
    return copy;
  }

  /// `this + b`.
  public Variable add(Variable b) {
    return Arithmetic.ADD.apply(this, b);
  }

  /// `this + b`.
  public Variable add(double b) {
    return add(scalar(b));
  }

  /// `this + b`; integers stay integers.
  public Variable add(long b) {
    return add(scalar(b));
  }

  /// `this - b`.
  public Variable sub(Variable b) {
    return Arithmetic.SUB.apply(this, b);
  }

  /// `this - b`.
  public Variable sub(double b) {
    return sub(scalar(b));
  }

  /// `this - b`; integers stay integers.
  public Variable sub(long b) {
    return sub(scalar(b));
  }

  /// `a - this`: subtraction with the sides reversed.
  public Variable rsub(double a) {
    return scalar(a).sub(this);
  }

  /// `a - this`; integers stay integers.
  public Variable rsub(long a) {
    return scalar(a).sub(this);
  }

  /// `this · b`, element by element.
  public Variable mul(Variable b) {
    return Arithmetic.MUL.apply(this, b);
  }

  /// `this · b`.
  public Variable mul(double b) {
    return mul(scalar(b));
  }

  /// `this · b`; integers stay integers.
  public Variable mul(long b) {
    return mul(scalar(b));
  }

  /// `this / b`, element by element; floating also for integers.
  public Variable div(Variable b) {
    return Arithmetic.DIV.apply(this, b);
  }

  /// `this / b`.
  public Variable div(double b) {
    return div(scalar(b));
  }

  /// `thisᵇ`, element by element.
  public Variable pow(Variable b) {
    return Arithmetic.POW.apply(this, b);
  }

  /// `thisᵇ`.
  public Variable pow(double b) {
    return new Power(b).apply(this);
  }

  /// `thisᵇ`; integers stay integers, and then `b` must not be negative.
  public Variable pow(long b) {
    return dtype().isFloating() ? pow((double) b) : pow(scalar(b));
  }

  /// A constant of the type that a Java `double` has beside this variable: it never lifts a
  /// floating type, and turns integers into `FLOAT32`.
  Constant scalar(double number) {
    return new Constant(Tensor.full(Shape.SCALAR, number, dtype().toFloating()));
  }

  /// A constant of the type that a Java `long` has beside this variable: only `BOOL` gives way to
  /// it.
  Constant scalar(long number) {
    DType type = dtype() == DType.BOOL ? DType.INT64 : dtype();
    Tensor value = Tensor.zeros(Shape.SCALAR, type);
    value.storage().put(0, number);
    return new Constant(value);
  }

  /// `-this`.
  public Variable neg() {
    return Elementary.NEG.apply(this);
  }

  /// `this²`.
  public Variable square() {
    return Elementary.SQUARE.apply(this);
  }

  /// `√this`.
  public Variable sqrt() {
    return Elementary.SQRT.apply(this);
  }

  /// `exp(this)`.
  public Variable exp() {
    return Elementary.EXP.apply(this);
  }

  /// `log(this)`, natural.
  public Variable log() {
    return Elementary.LOG.apply(this);
  }

  /// `tanh(this)`.
  public Variable tanh() {
    return Elementary.TANH.apply(this);
  }

  /// `1 / (1 + exp(-this))`.
  public Variable sigmoid() {
    return Elementary.SIGMOID.apply(this);
  }

  /// `max(this, 0)`.
  public Variable relu() {
    return Elementary.RELU.apply(this);
  }

  /// The sum over all elements, or over the given axes, which disappear.
  public Variable sum(int... axes) {
    return F.sum(this, false, axes);
  }

  /// The mean over all elements, or over the given axes, which disappear.
  public Variable mean(int... axes) {
    return F.mean(this, false, axes);
  }

  /// The gradient's way through broadcasting: sums over the axes along which `to` was repeated.
  public Variable sumTo(Shape to) {
    return to.equals(shape()) ? this : new SumTo(to).apply(this);
  }

  /// Repeats axes of size 1, and new axes in front, up to the shape `to`.
  public Variable expand(Shape to) {
    return to.equals(shape()) ? this : new Expand(to).apply(this);
  }

  /// The matrix product, see [F#matMul].
  public Variable matMul(Variable b) {
    return F.matMul(this, b);
  }

  /// The same elements under another shape.
  public Variable reshape(Shape to) {
    return to.equals(shape()) ? this : new Reshape(to).apply(this);
  }

  /// The same elements under another shape; one size may be -1 and is then computed.
  public Variable reshape(int... sizes) {
    return reshape(Check.reshaped(this, sizes));
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this.
  public Variable permute(int... order) {
    return Permute.of(order).apply(this);
  }

  /// Two axes exchanged.
  public Variable transpose(int a, int b) {
    return F.transpose(this, a, b);
  }

  /// The matrices in the last two axes transposed. PyTorch's `mT`.
  public Variable mT() {
    return transpose(-2, -1);
  }

  /// The indices `from` up to `to` along one axis; see [Tensor#slice].
  public Variable slice(int axis, int from, int to) {
    return new Slice(axis, from, to, 1).apply(this);
  }

  /// The part that the indices name, as Python's `x[..]`: see [Index].
  public Variable get(Index... indices) {
    return Subscript.read(this, indices);
  }

  /// One index of an axis, which disappears.
  public Variable select(int axis, int index) {
    return F.select(this, axis, index);
  }

  /// The numbers in another floating type, with gradients, or in any other type, without.
  public Variable to(DType type) {
    return type == dtype() ? this : new Cast(type).apply(this);
  }

  /// The name, if there is one, and the numbers.
  @Override
  public String toString() {
    return name().isEmpty() ? value.toString() : name() + " = " + value;
  }
}
