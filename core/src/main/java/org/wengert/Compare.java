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
