package org.wengert.examples.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.LstmState;
import org.wengert.Recurrent;
import org.wengert.Variable;
import org.wengert.examples.translation.Dates.Translation;
import org.wengert.nn.Embedding;
import org.wengert.nn.EmbeddingOptions;
import org.wengert.nn.LSTM;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.RNNOptions;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Reads a text from both ends, and writes its translation character by character, looking back at
/// the text each time:
///
/// ```
/// h = LSTM(text), in both directions      keys and values of attention
/// s = LSTM(what was written so far)       queries; starts from the ends of h
/// c = softmax(s keysᵀ / √d) h             what it looks at
/// logits = W [s, c]
/// ```
///
/// Sources: Bahdanau, Cho, Bengio, "Neural machine translation by jointly learning to align and
/// translate", 2015; Luong, Pham, Manning, "Effective approaches to attention-based neural machine
/// translation", 2015 (the attention is computed after the state).
public final class Translator extends Module {
  private final Embedding letters;
  private final Embedding digits;
  private final LSTM reader;
  private final LSTM writer;
  private final Linear start;
  private final Linear keys;
  private final Linear logits;

  /// A translator that knows nothing.
  ///
  /// @param width of the states
  public Translator(int width, RandomGenerator random) {
    RNNOptions rows = RNNOptions.defaults().batchFirst(true);
    letters = new Embedding(Dates.LETTERS, width / 2, EmbeddingOptions.defaults(), random);
    digits = new Embedding(Dates.DIGITS, width / 2, EmbeddingOptions.defaults(), random);
    reader = new LSTM(width / 2, width / 2, rows.bidirectional(true), random);
    writer = new LSTM(width / 2, width, rows, random);
    start = new Linear(width, width, random);
    keys = new Linear(width, width, random);
    logits = new Linear(2 * width, Dates.DIGITS, random);
  }

  /// What was read of some texts.
  ///
  /// @param states of the reader, `(N, length, width)`
  /// @param keys that attention compares with, of the same shape
  /// @param mask true where there is text, `(N, 1, length)`
  /// @param start where the writer starts
  private record Text(Variable states, Variable keys, Variable mask, LstmState start) {}

  private Text read(Tensor source) {
    Variable text = Variable.constant(source);
    int count = source.size(0);
    Recurrent<LstmState> read = reader.forward(letters.call(text), reader.initialState(count));
    Variable ends = read.last().hidden().transpose(0, 1).reshape(count, -1);
    Variable hidden = F.unsqueeze(F.tanh(start.call(ends)), 0);
    Variable cell = Variable.constant(Tensor.zeros(hidden.shape(), hidden.dtype()));
    return new Text(
        read.output(),
        keys.call(read.output()),
        F.unsqueeze(F.ne(text, 0L), 1),
        new LstmState(hidden, cell));
  }

  /// The translations of texts `(N, length)`: numbers of characters, `(N, 10)`.
  @Override
  public Variable forward(Variable texts) {
    return Variable.constant(translate(texts.value()).target());
  }

  private Variable write(Text text, Variable states) {
    Variable seen =
        F.scaledDotProductAttention(states, text.keys, text.states, text.mask, false, 0);
    return logits.call(F.cat(List.of(states, seen), 2));
  }

  /// The loss of translations, in natural units per character: each is guessed from the text and
  /// the true characters before.
  public Variable loss(Translation batch) {
    Tensor target = batch.target();
    int count = target.size(0);
    Tensor begin = Tensor.full(Shape.of(count, 1), Dates.beginning(), DType.INT64);
    Variable before =
        F.cat(
            List.of(
                Variable.constant(begin),
                Variable.constant(target.slice(1, 0, Dates.LENGTH - 1, 1))),
            1);
    Text text = read(batch.source());
    Variable states = writer.forward(digits.call(before), text.start).output();
    return F.crossEntropy(
        write(text, states).reshape(-1, Dates.DIGITS), Variable.constant(target.reshape(-1)));
  }

  /// A translation, and how it came about.
  ///
  /// @param target the numbers of its characters, `(N, 10)`
  /// @param attention how much each of them looked at each character of the text, `(N, 10, length)`
  public record Result(Tensor target, Tensor attention) {}

  /// Translates texts, always taking the likeliest character.
  ///
  /// @param source `(N, length)`
  public Result translate(Tensor source) {
    return Autograd.noGrad(
        () -> {
          Text text = read(source);
          List<Variable> written = new ArrayList<>();
          List<Variable> looks = new ArrayList<>();
          Variable last =
              Variable.constant(
                  Tensor.full(Shape.of(source.size(0), 1), Dates.beginning(), DType.INT64));
          LstmState state = text.start;
          for (int i = 0; i < Dates.LENGTH; i++) {
            Recurrent<LstmState> step = writer.forward(digits.call(last), state);
            state = step.last();
            last = F.argMax(write(text, step.output()), 2);
            written.add(last);
            looks.add(F.attentionWeights(step.output(), text.keys, text.mask, false, 0));
          }
          return new Result(F.cat(written, 1).value(), F.cat(looks, 1).value());
        });
  }
}
