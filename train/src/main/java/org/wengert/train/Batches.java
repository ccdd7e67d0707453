package org.wengert.train;

import java.util.Iterator;
import org.wengert.train.data.DataLoader;

/// The rest of a loader's epoch, which can be left before its end without leaving a thread behind.
final class Batches<B> implements AutoCloseable {
  private final Iterator<B> iterator;

  Batches(DataLoader<B> loader) {
    iterator = loader.iterator();
  }

  boolean hasNext() {
    return iterator.hasNext();
  }

  B next() {
    return iterator.next();
  }

  @Override
  public void close() {
    if (iterator instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
