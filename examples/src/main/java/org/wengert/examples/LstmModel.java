package org.wengert.examples;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.LstmState;
import org.wengert.Recurrent;
import org.wengert.Variable;
import org.wengert.examples.text.TextBatch;
import org.wengert.nn.Embedding;
import org.wengert.nn.EmbeddingOptions;
import org.wengert.nn.LSTM;
import org.wengert.nn.Linear;
import org.wengert.nn.RNNOptions;
import org.wengert.tensor.Tensor;

/// An LSTM between an embedding of characters and logits. It learns by truncated backpropagation
/// through time: a batch that goes on where the last one ended begins with the state that was
/// reached there, but gradients stop at the border. Holds state: that one.
final class LstmModel extends CharModel {
  private final Embedding characters;
  private final LSTM lstm;
  private final Linear logits;
  private @Nullable LstmState reached;

  LstmModel(int characters, int width, RNNOptions options, RandomGenerator random) {
    this.characters = new Embedding(characters, width, EmbeddingOptions.defaults(), random);
    this.lstm = new LSTM(width, width, options.batchFirst(true), random);
    this.logits = new Linear(width, characters, random);
  }

  @Override
  public Variable forward(Variable text) {
    return logits.call(lstm.forward(characters.call(text)));
  }

  @Override
  Variable learn(TextBatch batch) {
    LstmState state = reached;
    if (state == null || !batch.continues()) {
      state = lstm.initialState(batch.inputs().size(0));
    }
    Recurrent<LstmState> y = lstm.forward(characters.call(batch.inputs()), state);
    reached = new LstmState(y.last().hidden().detach(), y.last().cell().detach());
    return logits.call(y.output());
  }

  @Override
  Reader reader() {
    LstmState[] state = {lstm.initialState(1)};
    return character -> {
      Variable x = characters.call(Variable.constant(Tensor.of((long) character).reshape(1, 1)));
      Recurrent<LstmState> y = lstm.forward(x, state[0]);
      state[0] = y.last();
      return logits.call(y.output()).select(0, 0).select(0, 0);
    };
  }
}
