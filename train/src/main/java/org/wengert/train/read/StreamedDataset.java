package org.wengert.train.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sampler;

/// Rows of a file that is larger than memory, to be learned from by whatever takes a dataset: the
/// file is walked once an epoch, and no more than twice the buffer is held.
///
/// ```
/// var rows = StreamedDataset.of(() -> encoding.rows(file), 10_000);
/// var loader = DataLoader.of(rows, DataLoader.Options.defaults().sampler(rows.shuffled()));
/// ```
///
/// Such a loader shuffles within the buffer only: a file that is sorted by class has to be shuffled
/// before. It has a position as any other, so that a training is gone on with to the same bits; it
/// then walks to where it was. Any order of asking is answered rightly, but a row from which the
/// walk is more than twice the buffer away makes it begin again: other samplers are slow, and so is
/// a buffer of fewer samples than `workers · prefetch · batchSize`, which are made ahead.
///
/// Holds state: a part of the file. Thread-safe: rows are read by one thread at a time, what `map`
/// does to them by all.
///
/// @param <S> a row
public final class StreamedDataset<S> implements Dataset<S>, Closeable {
  private final Opening<S> opening;
  private final int size;
  private final int buffer;
  private final @Nullable Object[] held; // row i at i modulo its length
  private @Nullable Rows<S> rows;
  private @Nullable Iterator<S> walk;
  private int walked;

  private StreamedDataset(Opening<S> opening, int size, int buffer) {
    this.opening = opening;
    this.size = size;
    this.buffer = buffer;
    this.held = new Object[(int) Math.min(2L * buffer, Math.max(1, size))];
  }

  /// Opens a file at its first row.
  @FunctionalInterface
  public interface Opening<S> {
    /// The same rows each time.
    ///
    /// @throws IOException if the file cannot be opened
    Rows<S> open() throws IOException;
  }

  /// The rows of a file, which is walked to count them.
  ///
  /// @param buffer how many samples are shuffled among each other
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it is damaged
  /// @throws OptionException if the buffer is below 1, or there are more than 2,147,483,647 rows
  public static <S> StreamedDataset<S> of(Opening<S> opening, int buffer) throws IOException {
    long size = 0;
    try (Rows<S> rows = opening.open()) {
      for (Iterator<S> walk = rows.iterator(); walk.hasNext(); walk.next()) {
        size++;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (size > Integer.MAX_VALUE || buffer < 1) {
      throw new OptionException(size + " rows with a buffer of " + buffer)
          .hint("take a buffer of 1 or more, and divide a file of more than 2,147,483,647 rows");
    }
    return new StreamedDataset<>(opening, (int) size, buffer);
  }

  /// The sampler for these rows: shuffled as far as the buffer reaches.
  public Sampler shuffled() {
    return Sampler.shuffledWithin(buffer);
  }

  @Override
  public int size() {
    return size;
  }

  /// A row; the walk goes on to it, or begins again.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it is damaged
  /// @throws StateException if it has become shorter
  @Override
  @SuppressWarnings("unchecked") // only rows are held
  public synchronized S get(int index) throws IOException {
    Objects.checkIndex(index, size);
    if (index < walked - held.length) {
      close();
    }
    try {
      while (walked <= index) {
        step(index);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return (S) Objects.requireNonNull(held[index % held.length]);
  }

  private void step(int index) throws IOException {
    Iterator<S> now = walk;
    if (now == null) {
      Rows<S> opened = opening.open();
      rows = opened;
      now = opened.iterator();
      walk = now;
    }
    if (!now.hasNext()) {
      int end = walked;
      close();
      throw new StateException(
              "row " + index + " of a file that has " + end + " now, and had " + size)
          .hint("do not change a file that is learned from");
    }
    held[walked % held.length] = now.next();
    walked++;
    if (walked == size) {
      release();
    }
  }

  private void release() throws IOException {
    Rows<S> open = rows;
    rows = null;
    walk = null;
    if (open != null) {
      open.close();
    }
  }

  /// Releases the file and all rows now, rather than at the end of the file. Whoever asks for a row
  /// afterwards opens it again.
  @Override
  public synchronized void close() throws IOException {
    walked = 0;
    Arrays.fill(held, null);
    release();
  }
}
