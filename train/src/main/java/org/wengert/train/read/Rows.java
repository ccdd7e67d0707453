package org.wengert.train.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;

/// What is in a file, one after the other, without holding it all. The file is closed at the end,
/// after an error, and by [#close]: who may stop before uses `try`.
///
/// ```
/// try (Rows<Sample> rows = encoding.rows(file)) {
///   for (Sample row : rows) {
///     model.learn(row);
///   }
/// }
/// ```
///
/// Can be walked once. Holds its place; for one thread.
///
/// @param <T> a row, a line, a sample
public final class Rows<T> implements Iterable<T>, Closeable {
  private final Source<T> source;
  private @Nullable T next;
  private boolean ended;
  private boolean walked;

  Rows(Source<T> source) {
    this.source = source;
  }

  /// Where rows come from.
  interface Source<T> extends Closeable {
    /// The next one; null after the last.
    @Nullable T next() throws IOException;
  }

  /// The rows, once. Trouble with the disk becomes an `UncheckedIOException`.
  ///
  /// @throws StateException if they have been walked before
  @Override
  public Iterator<T> iterator() {
    if (walked) {
      throw new StateException("these rows have been walked").hint("open the file again");
    }
    walked = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return peek() != null;
      }

      @Override
      public T next() {
        T row = peek();
        if (row == null) {
          throw new NoSuchElementException("the rows are at their end");
        }
        next = null;
        return row;
      }
    };
  }

  private @Nullable T peek() {
    try {
      if (next == null && !ended) {
        next = source.next();
        if (next == null) {
          close();
        }
      }
      return next;
    } catch (IOException e) {
      closeAfter(e);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(Exception e) {
    try {
      close();
    } catch (IOException also) {
      e.addSuppressed(also);
    }
  }

  /// Releases the file now; there are no more rows.
  @Override
  public void close() throws IOException {
    ended = true;
    next = null;
    source.close();
  }
}
