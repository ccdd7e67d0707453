package org.wengert.examples;

import java.util.random.RandomGenerator;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module

/// The network of lecture 4: 784 pixels, two hidden layers of 64, one output for each digit. There
/// is no softmax at its end, because cross entropy contains one.
///
/// Takes images `(N, 28, 28)` or `(N, 1, 28, 28)`, gives logits `(N, 10)`; has
/// `50,240 + 4,160 + 650 = 55,050` parameters.
final class HelloMLP extends Module {
  private final Linear fc1;
  private final Linear fc2;
  private final Linear fc3;

  HelloMLP(RandomGenerator random) {
    fc1 = new Linear(28 * 28, 64, random);
    fc2 = new Linear(64, 64, random);
    fc3 = new Linear(64, 10, random);
  }

  @Override
  public Variable forward(Variable images) {
    Variable x = images.reshape(images.size(0), -1);
    x = F.relu(fc1.call(x));
    x = F.relu(fc2.call(x));
    return fc3.call(x);
  }
}
