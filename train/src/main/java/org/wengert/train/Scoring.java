package org.wengert.train;

import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Supervised;

/// How a batch is judged.
interface Scoring<B> {
  /// What the model makes of a batch.
  Score of(B batch);

  /// How many samples it has.
  int samples(B batch);

  /// Whether scores have outputs, which metrics need.
  boolean hasOutputs();

  /// A loss, and the output with its target if they are known.
  record Score(Variable loss, @Nullable Tensor output, @Nullable Tensor target) {}

  /// The loss of the model's output against the target.
  static <B extends Supervised> Scoring<B> of(Module model, Loss loss) {
    return new Scoring<>() {
      @Override
      public Score of(B batch) {
        Variable output = model.call(Variable.constant(batch.input()));
        Variable target = Variable.constant(batch.target());
        return new Score(loss.forward(output, target), output.value(), batch.target());
      }

      @Override
      public int samples(B batch) {
        return batch.input().rank() == 0 ? 1 : batch.input().size(0);
      }

      @Override
      public boolean hasOutputs() {
        return true;
      }
    };
  }

  /// What somebody else computes.
  static <B> Scoring<B> of(Objective<B> objective) {
    return new Scoring<>() {
      @Override
      public Score of(B batch) {
        return new Score(objective.loss(batch), null, null);
      }

      @Override
      public int samples(B batch) {
        return objective.samples(batch);
      }

      @Override
      public boolean hasOutputs() {
        return false;
      }
    };
  }
}
