package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.Comparison;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Comparisons: `BOOL` results, no gradient.
enum Compare implements Op.Binary, Comparison {
  EQ {
    @Override
    public boolean test(double a, double b) {
      return a == b;
    }

    @Override
    public boolean test(long a, long b) {
      return a == b;
    }
  },
  NE {
    @Override
    public boolean test(double a, double b) {
      return a != b;
    }

    @Override
    public boolean test(long a, long b) {
      return a != b;
    }
  },
  LT {
    @Override
    public boolean test(double a, double b) {
      return a < b;
    }

    @Override
    public boolean test(long a, long b) {
      return a < b;
    }
  },
  LE {
    @Override
    public boolean test(double a, double b) {
      return a <= b;
    }

    @Override
    public boolean test(long a, long b) {
      return a <= b;
    }
  },
  GT {
    @Override
    public boolean test(double a, double b) {
      return a > b;
    }

    @Override
    public boolean test(long a, long b) {
      return a > b;
    }
  },
  GE {
    @Override
    public boolean test(double a, double b) {
      return a >= b;
    }

    @Override
    public boolean test(long a, long b) {
      return a >= b;
    }
  };

  /// Compares with a Java number, of which integers see every digit, also if their own type could
  /// not hold it.
  Variable with(Variable a, long b) {
    return apply(a, a.dtype().isFloating() ? a.scalar(b) : Variable.constant(Tensor.of(b)));
  }

  /// The same for a number that need not be whole. No integer reaches 2⁶³, to which the largest
  /// would be rounded beside a double; beside infinity it is smaller.
  Variable with(Variable a, double b) {
    if (a.dtype().isFloating()) {
      return apply(a, a.scalar(b));
    }
    boolean beyond = Math.abs(b) > 0x1p63 || b == 0x1p63;
    return b == (long) b && !beyond
        ? with(a, (long) b)
        : apply(a, Variable.constant(beyond ? b * Double.POSITIVE_INFINITY : b));
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    return Shape.broadcast(a, b);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    return kernels.compare(this, a, b, y);
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }
}
