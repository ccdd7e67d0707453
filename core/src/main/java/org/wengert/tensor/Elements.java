package org.wengert.tensor;

/// Copying of elements between views, for kernels that fill a fresh tensor part by part.
public final class Elements {
  private Elements() {}

  /// Writes the elements of `from` into the view `to`, in the type of `to`: rounded to nearest,
  /// fractions cut off in integers, not 0 is `true`. Integers are rounded once at most.
  ///
  /// @param from of the shape of `to`, or one that expands to it
  /// @param to a view of a storage that nobody else sees yet
  public static void copy(Tensor from, Tensor to) {
    Storage source = from.storage();
    Storage target = to.storage();
    boolean integers = !from.dtype().isFloating();
    Nest nest = Nest.over(to.shape(), from, to);
    int length = nest.length();
    int read = nest.step(0);
    int write = nest.step(1);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < length; i++) {
            if (integers) {
              target.put(at[1] + i * write, source.longAt(at[0] + i * read));
            } else {
              target.put(at[1] + i * write, source.at(at[0] + i * read));
            }
          }
        });
  }
}
