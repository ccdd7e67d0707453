package org.wengert.backend;

/// An [Update] as expressions, computed in the type of the state, all of a parameter in one pass.
///
/// Immutable, if the array is left alone.
///
/// @param kernel the new state, an output for each place: of input 0, the gradient, and from input
///     1 on the old state
/// @param numbers the kernel's scalars
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record CompiledUpdate(Kernel kernel, double... numbers) implements Update {
  @Override
  public void apply(double gradient, double[] state) {
    double[] inputs = new double[state.length + 1];
    inputs[0] = gradient;
    System.arraycopy(state, 0, inputs, 1, state.length);
    double[] next = kernel.values(inputs, numbers);
    System.arraycopy(next, 0, state, 0, state.length);
  }
}
