package org.wengert.tensor;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A random generator whose numbers are the same on every platform, and whose whole state is one
/// `long` that can be saved.
///
/// The algorithm is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", OOPSLA 2014): a counter, mixed. Whatever takes a `RandomGenerator` takes this one;
/// whatever is given none uses the calling thread's, which [#seed] resets. A thread that never
/// called [#seed] starts from an arbitrary seed.
///
/// One generator is for one thread at a time.
public final class Rng implements RandomGenerator, Stateful {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private static final int BLOCK = 256;
  private static final long[] STEPS = new long[BLOCK];

  static {
    Arrays.setAll(STEPS, i -> (i + 1) * GOLDEN_GAMMA);
  }

  private static final String STATE = "state";

  private static final ThreadLocal<Rng> CURRENT =
      ThreadLocal.withInitial(() -> new Rng(System.nanoTime() * GOLDEN_GAMMA));

  private static final ScopedValue<IdentityHashMap<Rng, Long>> NOTED = ScopedValue.newInstance();

  private long state;

  /// A generator that starts at `seed`.
  public Rng(long seed) {
    this.state = seed;
  }

  /// Restarts the calling thread's generator at `seed`: same seed, same numbers.
  public static void seed(long seed) {
    CURRENT.get().state = seed;
  }

  /// The calling thread's generator.
  public static Rng current() {
    return CURRENT.get();
  }

  /// What `new Rng(state())` would continue from.
  public long state() {
    return state;
  }

  /// Continues from what [#state] gave.
  public void state(long state) {
    this.state = state;
  }

  /// This generator, noted by the computation that [#noting] runs, if there is one. What draws from
  /// a generator of its own calls this before, so that `Autograd.checkpoint` can repeat it.
  public Rng noted() {
    if (NOTED.isBound()) {
      NOTED.get().putIfAbsent(this, state);
    }
    return this;
  }

  /// The result of `body`, with the state that each generator it notes had before.
  ///
  /// @param states where the states are put, by identity
  public static <T> T noting(IdentityHashMap<Rng, Long> states, Supplier<T> body) {
    IdentityHashMap<Rng, Long> outside = NOTED.isBound() ? NOTED.get() : null;
    T result = ScopedValue.where(NOTED, states).<T, RuntimeException>call(body::get);
    if (outside != null) {
      states.forEach(outside::putIfAbsent);
    }
    return result;
  }

  /// The state as an `INT64` under `state`.
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> dict = new LinkedHashMap<>();
    dict.put(STATE, Tensor.of(state));
    return dict;
  }

  /// Restores what [#stateDict] gave.
  ///
  /// @throws OptionException if that is not one `INT64` without axes, under `state`
  @Override
  public void loadStateDict(Map<String, Tensor> dict) {
    Tensor saved = dict.get(STATE);
    if (dict.size() != 1 || saved == null) {
      throw new OptionException(
              "a generator's state is one tensor, state, but got " + dict.keySet())
          .hint("load what stateDict() of an Rng gave");
    }
    if (saved.dtype() != DType.INT64 || saved.rank() != 0) {
      throw new OptionException(
              "a generator's state is INT64 (), but got " + saved.dtype() + " " + saved.shape())
          .hint("load what stateDict() of an Rng gave");
    }
    state = saved.longAt();
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  private static long mixed(long counter) {
    long z = counter;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /// A standard normal number by the method of Box and Muller, with `StrictMath`, so that every
  /// platform computes the same bits. Takes two numbers from `random`.
  public static double normal(RandomGenerator random) {
    return normal(random.nextDouble(), random.nextDouble());
  }

  private static double normal(double first, double second) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - first));
    return radius * StrictMath.cos(2 * Math.PI * second);
  }

  /// As many numbers in `[0, 1)`, in turn, as calls of `random.nextDouble()` give.
  public static double[] uniforms(RandomGenerator random, int count) {
    double[] numbers = new double[count];
    if (random instanceof Rng rng) {
      long[] block = new long[BLOCK];
      for (int from = 0; from < count; from += BLOCK) {
        int length = rng.next(block, count - from);
        for (int i = 0; i < length; i++) {
          numbers[from + i] = (block[i] >>> 11) * 0x1p-53;
        }
      }
    } else {
      Arrays.setAll(numbers, i -> random.nextDouble());
    }
    return numbers;
  }

  /// As many numbers in `[0, 1)`, in turn, as calls of `random.nextFloat()` give.
  static float[] floats(RandomGenerator random, int count) {
    float[] numbers = new float[count];
    if (random instanceof Rng rng) {
      long[] block = new long[BLOCK];
      for (int from = 0; from < count; from += BLOCK) {
        int length = rng.next(block, count - from);
        for (int i = 0; i < length; i++) {
          numbers[from + i] = (block[i] >>> 40) * 0x1p-24f;
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        numbers[i] = random.nextFloat();
      }
    }
    return numbers;
  }

  /// The mask of dropout: each element is 0 with probability `p`, else `value`; in turn,
  /// `random.nextDouble() < p ? 0 : value`.
  ///
  /// @param value finite and not negative
  /// @throws OptionException if it is
  public static Tensor mask(
      Shape shape, double p, double value, DType dtype, RandomGenerator random) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new OptionException("a mask of the value " + value)
          .hint("what is kept is multiplied with a finite number, usually 1 / (1 - p)");
    }
    if (dtype == DType.FLOAT32) {
      return Tensor.over(new Storage.Floats(mask(random, shape.count(), p, (float) value)), shape);
    }
    double[] numbers = uniforms(random, shape.count());
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers[i] < p ? 0 : value;
    }
    return Tensor.over(new Storage.Doubles(numbers), shape).to(dtype);
  }

  /// As many numbers as wanted, in turn `random.nextDouble() < p ? 0 : value`. On whole numbers,
  /// without a branch, of which the compiler makes vectors.
  private static float[] mask(RandomGenerator random, int count, double p, float value) {
    float[] numbers = new float[count];
    if (random instanceof Rng rng) {
      long[] block = new long[BLOCK];
      long least = (long) Math.ceil(p * 0x1p53);
      for (int from = 0; from < count; from += BLOCK) {
        int length = rng.next(block, count - from);
        for (int i = 0; i < length; i++) {
          numbers[from + i] = (1 + ((block[i] >>> 11) - least >> 63)) * value;
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        numbers[i] = random.nextDouble() < p ? 0 : value;
      }
    }
    return numbers;
  }

  /// As many standard normal numbers, in turn, as calls of [#normal(RandomGenerator)] give.
  public static double[] normals(RandomGenerator random, int count) {
    double[] numbers = new double[count];
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      double[] pairs = uniforms(random, 2 * length);
      for (int i = 0; i < length; i++) {
        numbers[from + i] = normal(pairs[2 * i], pairs[2 * i + 1]);
      }
    }
    return numbers;
  }

  /// The next numbers of the counter, mixed, as many as there are places or are wanted. One index
  /// for all arrays and no number carried from round to round: the compiler makes vectors of it.
  private int next(long[] block, int wanted) {
    int length = Math.min(block.length, wanted);
    long start = state;
    for (int i = 0; i < length; i++) {
      block[i] = mixed(start + STEPS[i]);
    }
    state = start + length * GOLDEN_GAMMA;
    return length;
  }
}
