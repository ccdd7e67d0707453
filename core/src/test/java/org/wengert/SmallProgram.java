package org.wengert;

import org.wengert.tensor.Tensor;

/// A program that only uses core, for a JVM of its own.
final class SmallProgram {
  private SmallProgram() {}

  public static void main(String[] args) {
    Parameter w = new Parameter(Tensor.of(new double[][] {{1, 2}, {3, 4}})).named("w");
    Variable x = Variable.constant(new double[][] {{1, -1}});
    Variable loss = F.logSoftmax(x.matMul(w).tanh(), 1).square().sum();
    loss.backward();
    System.out.println(loss + " " + w.grad());
  }
}
