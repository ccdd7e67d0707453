package org.wengert.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;

/// Sequences of different lengths for [RNN], [LSTM] and [GRU], so that nothing is computed for
/// padding: the rows of all sequences at step 0, then those at step 1, and so on, the longest
/// sequence first. Immutable.
///
/// Source: `torch.nn.utils.rnn.PackedSequence`.
public final class PackedSequence {
  private final Variable data;
  private final int[] batches;

  /// Rows that are packed already.
  ///
  /// @param data of shape `(rows, features)`
  /// @param batches how many sequences have each step, never more than the step before
  /// @throws ShapeException if the batches are not those of the rows
  public PackedSequence(Variable data, int... batches) {
    this.data = data;
    this.batches = batches.clone();
    int rows = 0;
    boolean falling = batches.length > 0;
    for (int t = 0; t < batches.length; t++) {
      falling &= batches[t] > 0 && (t == 0 || batches[t] <= batches[t - 1]);
      rows += batches[t];
    }
    if (!falling || data.rank() != 2 || data.size(0) != rows) {
      throw new ShapeException("batches " + Arrays.toString(batches) + " of rows " + data.shape())
          .hint("each step has at most as many samples as the one before, together all rows");
    }
  }

  /// These sequences, none longer than the one before. PyTorch's `pack_sequence`.
  ///
  /// @param sequences each of shape `(steps, features)`, with at least one step
  /// @throws OptionException if there is none
  /// @throws ShapeException if a sequence has no steps, is longer than the one before, or has other
  ///     features
  public static PackedSequence of(List<Variable> sequences) {
    if (sequences.isEmpty()) {
      throw new OptionException("a pack of no sequences").hint("pack at least one");
    }
    Variable longest = sequences.getFirst();
    int allowed = longest.rank() == 2 ? longest.size(0) : 0;
    for (Variable s : sequences) {
      boolean matrix = s.rank() == 2 && s.size(0) > 0 && s.size(1) == longest.size(-1);
      if (!matrix || s.size(0) > allowed) {
        throw new ShapeException("a sequence of shape " + s.shape() + " after " + longest.shape())
            .hint("sequences are (steps, features) with at least one step, the longest first");
      }
      allowed = s.size(0);
    }
    List<Variable> rows = new ArrayList<>();
    int[] batches = new int[longest.size(0)];
    for (int t = 0; t < batches.length; t++) {
      for (Variable s : sequences) {
        if (t < s.size(0)) {
          rows.add(s.slice(0, t, t + 1));
          batches[t]++;
        }
      }
    }
    return new PackedSequence(F.cat(rows, 0), batches);
  }

  /// What [#of] was given, or what was computed from it: each of shape `(steps, features)`.
  /// PyTorch's `unpack_sequence`.
  public List<Variable> sequences() {
    List<List<Variable>> rows = new ArrayList<>();
    for (int i = 0; i < samples(); i++) {
      rows.add(new ArrayList<>());
    }
    int from = 0;
    for (int batch : batches) {
      for (int i = 0; i < batch; i++) {
        rows.get(i).add(data.slice(0, from + i, from + i + 1));
      }
      from += batch;
    }
    return rows.stream().map(steps -> F.cat(steps, 0)).toList();
  }

  /// Sequences of the same lengths with other rows: those that a network computed from [#data].
  ///
  /// @throws ShapeException if there is another number of rows
  public PackedSequence with(Variable rows) {
    return new PackedSequence(rows, batches);
  }

  /// All rows, of shape `(rows, features)`.
  public Variable data() {
    return data;
  }

  /// How many sequences have each step. PyTorch's `batch_sizes`.
  public int[] batches() {
    return batches.clone();
  }

  /// The number of sequences.
  public int samples() {
    return batches[0];
  }

  /// The shape of the rows and the sizes of the steps.
  @Override
  public String toString() {
    return "PackedSequence " + data.shape() + ", batches=" + Arrays.toString(batches);
  }
}
