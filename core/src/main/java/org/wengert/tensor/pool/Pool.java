package org.wengert.tensor.pool;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.settings.Settings;

/// The arrays of one thread that nobody sees any more, for its next results: last in, first out,
/// since what was given last is still in the cache. Arrays are found by their exact length, which
/// a training step repeats; those of a length that was not asked for the longest go first when
/// there are too many.
///
/// A pool also keeps the list of what was made in a *region*: between [#open] and [#close] code
/// runs that is known to keep nothing but what it returns. What it made and did not return is
/// recycled; what it returned is held by the caller, who claims it.
///
/// `-Dwengert.recycling=off` makes every array anew. `poison` is for tests: what is recycled is
/// filled with `NaN`, and so is every array that a kernel asks for, whatever its length: whoever
/// still sees the one or relies on zeros in the other computes nonsense that is noticed.
///
/// Holds state; one thread's own. Memory that the collector needs is given up.
public final class Pool {
  private static final String MODE = Settings.choice("wengert.recycling", "on", "off", "poison");
  private static final boolean POISON = MODE.equals("poison");

  /// The length from which arrays are recycled: a shorter one costs less than the accounting.
  public static final int SMALLEST = MODE.equals("off") ? Integer.MAX_VALUE : POISON ? 1 : 1024;

  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 32;
  private static final int MOST_SHELVES = 256;
  private static final int NONE = -1; // no region is open

  private static final ThreadLocal<SoftReference<Pool>> OF_THREAD =
      ThreadLocal.withInitial(() -> new SoftReference<>(new Pool()));

  private Shelf[] shelves = new Shelf[8];
  private int shelfCount;
  private long bytes;
  private long time;

  private Counted[] made = new Counted[16];
  private int madeCount;
  private int from = NONE;

  /// The arrays of one type and length.
  private static final class Shelf {
    private final int length;
    private final Class<?> type;
    private Object[] arrays = new Object[4];
    private int size;
    private long used;

    Shelf(int length, Class<?> type) {
      this.length = length;
      this.type = type;
    }

    long bytesEach() {
      return (long) length * (type == float[].class ? Float.BYTES : Double.BYTES);
    }

    Object removeLast() {
      Object last = arrays[--size];
      arrays[size] = this; // the array may be collected, or not, as its taker decides
      return last;
    }
  }

  private Pool() {}

  /// The calling thread's pool.
  public static Pool current() {
    Pool pool = OF_THREAD.get().get();
    if (pool == null) {
      pool = new Pool();
      OF_THREAD.set(new SoftReference<>(pool));
    }
    return pool;
  }

  /// An array of zeros, or with anything in it.
  public float[] floats(int length, boolean zeros) {
    Object found = take(length, float[].class);
    float[] array = found == null ? new float[length] : (float[]) found;
    if (POISON && !zeros) {
      Arrays.fill(array, Float.NaN);
    } else if (found != null && zeros) {
      Arrays.fill(array, 0);
    }
    return array;
  }

  /// An array of zeros, or with anything in it.
  public double[] doubles(int length, boolean zeros) {
    Object found = take(length, double[].class);
    double[] array = found == null ? new double[length] : (double[]) found;
    if (POISON && !zeros) {
      Arrays.fill(array, Double.NaN);
    } else if (found != null && zeros) {
      Arrays.fill(array, 0);
    }
    return array;
  }

  private @Nullable Object take(int length, Class<?> type) {
    for (int i = 0; i < shelfCount; i++) {
      Shelf shelf = shelves[i];
      if (shelf.length == length && shelf.type == type) {
        shelf.used = ++time;
        if (shelf.size == 0) {
          return null;
        }
        bytes -= shelf.bytesEach();
        return shelf.removeLast();
      }
    }
    return null;
  }

  /// Takes a storage's array, which nobody sees any more.
  void give(Counted storage) {
    Object array = storage.array();
    if (POISON) {
      spoil(array);
    }
    if (storage.length() >= SMALLEST && (array instanceof float[] || array instanceof double[])) {
      put(shelf(storage.length(), array.getClass()), array);
    }
  }

  private static void spoil(Object array) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, Float.NaN);
    } else if (array instanceof double[] doubles) {
      Arrays.fill(doubles, Double.NaN);
    }
  }

  private void put(Shelf shelf, Object array) {
    if (shelf.size == shelf.arrays.length) {
      shelf.arrays = Arrays.copyOf(shelf.arrays, 2 * shelf.size);
    }
    shelf.arrays[shelf.size++] = array;
    shelf.used = ++time;
    bytes += shelf.bytesEach();
    while (bytes > MOST_BYTES) {
      Shelf idle = shelves[longestIdle()];
      bytes -= idle.bytesEach();
      idle.removeLast();
    }
  }

  private Shelf shelf(int length, Class<?> type) {
    for (int i = 0; i < shelfCount; i++) {
      if (shelves[i].length == length && shelves[i].type == type) {
        return shelves[i];
      }
    }
    Shelf shelf = new Shelf(length, type);
    if (shelfCount == MOST_SHELVES) {
      int idle = longestIdle();
      bytes -= shelves[idle].size * shelves[idle].bytesEach();
      shelves[idle] = shelf;
    } else {
      if (shelfCount == shelves.length) {
        shelves = Arrays.copyOf(shelves, 2 * shelfCount);
      }
      shelves[shelfCount++] = shelf;
    }
    return shelf;
  }

  /// The shelf with arrays that was not used for the longest time; one without any if all are
  /// empty.
  private int longestIdle() {
    int idle = 0;
    for (int i = 1; i < shelfCount; i++) {
      boolean better = (shelves[i].size > 0) == (shelves[idle].size > 0);
      if (better ? shelves[i].used < shelves[idle].used : shelves[i].size > 0) {
        idle = i;
      }
    }
    return idle;
  }

  /// Notes a storage that has just been made.
  public void made(Counted storage) {
    if (from != NONE) {
      if (madeCount == made.length) {
        made = Arrays.copyOf(made, 2 * madeCount);
      }
      made[madeCount++] = storage;
      Holders.open(storage);
    }
  }

  /// Opens a region: from now on this thread runs code that keeps nothing but what it returns.
  ///
  /// @return what [#close] wants to know: the region around it
  public int open() {
    int outer = from;
    from = madeCount;
    return outer;
  }

  /// Whether a region is open.
  public boolean isOpen() {
    return from != NONE;
  }

  /// Interrupts the region that is open, if one is, for code that may keep what it makes.
  ///
  /// @return what [#resume] wants to know
  public int pause() {
    int outer = from;
    from = NONE;
    return outer;
  }

  /// Goes on with the region that [#pause] interrupted.
  public void resume(int outer) {
    from = outer;
  }

  /// Closes a region and recycles what was made in it and not claimed.
  ///
  /// @param returned whether the code returned; if it threw, nothing is recycled
  public void close(int outer, boolean returned) {
    for (int i = from; i < madeCount; i++) {
      Counted storage = made[i];
      if (Holders.isOpen(storage)) {
        if (returned) {
          give(storage);
        }
        Holders.show(storage);
      }
    }
    Arrays.fill(made, from, madeCount, null);
    madeCount = from;
    from = outer;
  }
}
