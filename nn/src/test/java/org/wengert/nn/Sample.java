package org.wengert.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What inputs of a layer are made of: a tensor of some shape and type from a seeded generator.
@FunctionalInterface
interface Sample {
  /// One such tensor; floating ones are `FLOAT64`.
  Tensor of(Rng random);

  /// Normally distributed numbers.
  static Sample normal(int... sizes) {
    return random -> Tensor.randn(Shape.of(sizes), DType.FLOAT64, random);
  }

  /// Numbers between two bounds.
  static Sample between(double low, double high, int... sizes) {
    return random -> {
      double[] numbers = Tensor.rand(Shape.of(sizes), DType.FLOAT64, random).toDoubleArray();
      Arrays.setAll(numbers, i -> low + (high - low) * numbers[i]);
      return Tensor.of(numbers).reshape(Shape.of(sizes));
    };
  }

  /// Integers from 0, below `bound`.
  static Sample below(int bound, int... sizes) {
    return random -> {
      long[] numbers = new long[Shape.of(sizes).count()];
      Arrays.setAll(numbers, i -> random.nextInt(bound));
      return Tensor.of(numbers).reshape(Shape.of(sizes));
    };
  }

  /// These integers.
  static Sample exactly(long... numbers) {
    return random -> Tensor.of(numbers);
  }

  /// 1 and -1, at random.
  static Sample signs(int... sizes) {
    return random -> {
      long[] numbers = new long[Shape.of(sizes).count()];
      Arrays.setAll(numbers, i -> random.nextBoolean() ? 1 : -1);
      return Tensor.of(numbers).reshape(Shape.of(sizes));
    };
  }

  /// All inputs, the floating ones replaced by these variables.
  static List<Variable> merged(List<Tensor> inputs, List<Variable> floating) {
    List<Variable> all = new ArrayList<>();
    int next = 0;
    for (Tensor input : inputs) {
      all.add(input.dtype().isFloating() ? floating.get(next++) : Variable.constant(input));
    }
    return all;
  }
}
