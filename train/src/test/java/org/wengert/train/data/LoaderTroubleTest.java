package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.tensor.Tensor;

/// Samples and batches that cannot be made.
class LoaderTroubleTest {
  private static final Dataset<Sample> NUMBERS = DataLoaderTest.NUMBERS;
  private static final DataLoader.Options IN_ORDER = DataLoaderTest.IN_ORDER;

  /// Something else than an exception that the compiler knows.
  static Stream<Throwable> troubles() {
    return Stream.of(
        new AssertionError("odd"),
        new StackOverflowError("deep"),
        new InterruptedException("late"));
  }

  @SuppressWarnings("unchecked") // past the compiler
  private static <T extends Throwable> Tensor fail(Throwable trouble) throws T {
    throw (T) trouble;
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whateverGoesWrongHasItsSample(Throwable trouble) {
    Dataset<Tensor> third =
        NUMBERS.map(
            s -> s.target().item() == 3 ? LoaderTroubleTest.<Error>fail(trouble) : s.target());
    Collate<Tensor, Tensor> broken = samples -> LoaderTroubleTest.<Error>fail(trouble);
    for (int workers : new int[] {0, 2}) {
      var loader = DataLoader.of(third, IN_ORDER.workers(workers));
      var sample = assertThrows(SampleException.class, () -> loader.iterator().next());
      assertEquals("sample 3 of 10 cannot be made: " + trouble, sample.getMessage());
      assertSame(trouble, sample.getCause());
      var collated = DataLoader.of(NUMBERS.map(Sample::target), broken, IN_ORDER.workers(workers));
      var batch = assertThrows(BatchException.class, () -> collated.iterator().next());
      assertEquals("batch 0 of samples 0, 1, 2, 3 cannot be made: " + trouble, batch.getMessage());
    }
  }

  @Test
  void aSampleThatIsNullIsNamed() {
    Dataset<Tensor> gap = NUMBERS.map(s -> s.target().item() == 2 ? null : s.target());
    assertEquals(
        """
        sample 2 of 10 cannot be made: it is null
          hint: leave it out: subset(...) of those there are""",
        assertThrows(SampleException.class, () -> DataLoader.of(gap, IN_ORDER).iterator().next())
            .getMessage());
  }

  @Test
  void aBatchThatFailsDoesNotBlameItsSamples() {
    BatchDataset<Tensor> hiccup =
        new BatchDataset<>() {
          @Override
          public Tensor batch(int... indices) throws IOException {
            if (indices[0] == 4) {
              throw new IOException("disk hiccup");
            }
            return Tensor.of(indices);
          }

          @Override
          public int size() {
            return 10;
          }

          @Override
          public Tensor get(int index) {
            return Tensor.of(index);
          }
        };
    Iterator<Tensor> batches = DataLoader.of(hiccup, IN_ORDER).iterator();
    batches.next();
    BatchException e = assertThrows(BatchException.class, batches::next);
    assertEquals(
        "batch 1 of samples 4, 5, 6, 7 cannot be made: java.io.IOException: disk hiccup",
        e.getMessage());
    assertEquals(1, e.number());
  }

  @Test
  void aFullMemoryReachesTheCallerAsItIs() {
    Dataset<Tensor> full =
        NUMBERS.map(
            s -> {
              throw new OutOfMemoryError("full");
            });
    Iterator<Tensor> batches = DataLoader.of(full, IN_ORDER.workers(1)).iterator();
    assertEquals("full", assertThrows(OutOfMemoryError.class, batches::next).getMessage());
  }
}
