package org.wengert.optim;

import java.util.Collection;
import org.wengert.Parameter;

/// What is done to the gradients of parameters between `backward()` and an optimizer's step.
public final class Gradients {
  private Gradients() {}

  /// Forgets the gradients of all parameters.
  public static void zero(Collection<Parameter> parameters) {
    parameters.forEach(Parameter::zeroGrad);
  }
}
