package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class DataLoaderTest {
  static final Dataset<Sample> NUMBERS =
      Dataset.of(
          IntStream.range(0, 10)
              .mapToObj(i -> new Sample(Tensor.of(i, 2.0 * i), Tensor.of((long) i)))
              .toList());
  static final DataLoader.Options IN_ORDER =
      DataLoader.Options.defaults().batchSize(4).shuffle(false);

  private record Position(Tensor x, Tensor y) {}

  private record Move(Position from, Position to, Tensor piece) {}

  private record Odd(Tensor x, String name) {}

  private static List<String> epoch(DataLoader<Sample> loader) {
    List<String> batches = new ArrayList<>();
    loader.forEach(batch -> batches.add(batch.input() + " " + batch.target()));
    return batches;
  }

  @Test
  void samplesGetOneMoreAxisInFront() {
    DataLoader<Sample> loader = DataLoader.of(NUMBERS, IN_ORDER);
    Sample first = loader.iterator().next();
    assertEquals("(4, 2)", first.input().shape().toString());
    assertEquals("(4)", first.target().shape().toString());
    assertEquals(3, loader.batches());
    assertEquals(2, DataLoader.of(NUMBERS, IN_ORDER.dropLast(true)).batches());
  }

  @Test
  void aSeedGivesTheSameBatchesAndEachEpochOthers() {
    var options = DataLoader.Options.defaults().batchSize(3).seed(7);
    DataLoader<Sample> one = DataLoader.of(NUMBERS, options);
    DataLoader<Sample> other = DataLoader.of(NUMBERS, options);
    List<String> first = epoch(one);
    assertEquals(first, epoch(other));
    List<String> second = epoch(one);
    assertNotEquals(first, second);
    assertEquals(second, epoch(other));
    assertNotEquals(first, epoch(DataLoader.of(NUMBERS, options.seed(8))));
  }

  @Test
  void recordsInRecordsAreStackedComponentByComponent() {
    Dataset<Move> moves =
        NUMBERS.map(
            s -> {
              Position from = new Position(s.target(), s.input());
              return new Move(from, new Position(s.input(), s.target()), s.target());
            });
    Move batch = DataLoader.of(moves, IN_ORDER).iterator().next();
    assertTrue(batch.from().x().sameBits(Tensor.of(0L, 1L, 2L, 3L)));
    assertTrue(batch.to().y().sameBits(batch.piece()));
    assertEquals(Shape.of(4, 2), batch.to().x().shape());
    assertEquals(6, batch.from().y().at(3, 1));
  }

  @Test
  void tensorsAloneAreSamplesToo() {
    DataLoader<Tensor> loader = DataLoader.of(NUMBERS.map(Sample::target), IN_ORDER);
    assertTrue(loader.iterator().next().sameBits(Tensor.of(0L, 1L, 2L, 3L)));
  }

  @Test
  void whatIsNoTensorNeedsACollate() {
    Dataset<Odd> odd = NUMBERS.map(s -> new Odd(s.input(), "n" + s.target().item()));
    String text =
        assertThrows(OptionException.class, () -> DataLoader.of(odd, IN_ORDER).iterator().next())
            .getMessage();
    assertEquals(
        """
        Odd.name is a java.lang.String, no tensor
            batch  0  of samples 0, 1, 2, 3
          hint: batches of records of tensors need nothing else; for others give a Collate""",
        text);
    DataLoader<String> names =
        DataLoader.of(
            odd, batch -> String.join(" ", batch.stream().map(Odd::name).toList()), IN_ORDER);
    assertEquals("n0.0 n1.0 n2.0 n3.0", names.iterator().next());
  }

  @Test
  void raggedSamplesSayWhichOnesDiffer() {
    Dataset<Tensor> ragged =
        Dataset.of(List.of(Tensor.of(1.0), Tensor.of(1.0), Tensor.of(1.0, 2.0)));
    assertEquals(
        """
        samples of one batch differ
            sample  0  FLOAT64 ()
            sample  2  FLOAT64 (2)
            batch   0  of samples 0, 1, 2
          hint: give all the same shape and type, or the loader a Collate""",
        assertThrows(ShapeException.class, () -> DataLoader.of(ragged, IN_ORDER).iterator().next())
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void anErrorSaysWhichSampleAndTheBatchCanBeTakenAgain(int workers) {
    AtomicInteger failures = new AtomicInteger();
    Dataset<Tensor> broken =
        new Dataset<>() {
          @Override
          public int size() {
            return 10;
          }

          @Override
          public Tensor get(int index) throws IOException {
            if (index == 5 && failures.getAndIncrement() == 0) {
              throw new IOException("disk on fire");
            }
            return Tensor.of((long) index);
          }
        };
    DataLoader<Tensor> loader = DataLoader.of(broken, IN_ORDER.workers(workers));
    Iterator<Tensor> batches = loader.iterator();
    assertEquals(3, batches.next().at(3));
    SampleException e = assertThrows(SampleException.class, batches::next);
    assertEquals(
        "sample 5 of 10 cannot be made: java.io.IOException: disk on fire", e.getMessage());
    assertEquals(5, e.index());
    assertTrue(batches.next().sameBits(Tensor.of(4L, 5L, 6L, 7L)));
    assertTrue(batches.next().sameBits(Tensor.of(8L, 9L)));
  }

  @Test
  void anyNumberOfBatchesMayBeMadeAhead() {
    for (int workers = 1; workers <= 4; workers++) {
      var far = IN_ORDER.workers(workers).prefetch(Integer.MAX_VALUE);
      assertEquals(epoch(DataLoader.of(NUMBERS, IN_ORDER)), epoch(DataLoader.of(NUMBERS, far)));
    }
  }

  /// Fails if the loader, an epoch or a worker holds on to a batch that was taken.
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void batchesThatWereTakenAreForgotten(int workers) throws InterruptedException {
    DataLoader<Sample> loader = DataLoader.of(NUMBERS, IN_ORDER.shuffle(true).workers(workers));
    List<WeakReference<Tensor>> taken = new ArrayList<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      loader.forEach(batch -> taken.add(new WeakReference<>(batch.input())));
    }
    assertEquals(300, taken.size());
    for (int i = 0; i < 100 && alive(taken) > 0; i++) {
      System.gc();
      Thread.sleep(5);
    }
    assertEquals(0, alive(taken), "batches are held");
    assertEquals(99, loader.epoch());
  }

  private static long alive(List<WeakReference<Tensor>> taken) {
    return taken.stream().filter(reference -> !reference.refersTo(null)).count();
  }

  @Test
  void onlySoManyBatchesAreMadeAhead() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    Dataset<Tensor> counted =
        Dataset.of(IntStream.range(0, 1000).boxed().toList())
            .map(
                i -> {
                  made.incrementAndGet();
                  return Tensor.of((long) i);
                });
    DataLoader<Tensor> loader =
        DataLoader.of(counted, IN_ORDER.batchSize(1).workers(2).prefetch(3));
    Iterator<Tensor> batches = loader.iterator();
    for (int taken = 1; taken <= 20; taken++) {
      batches.next();
      Thread.sleep(5);
      assertTrue(made.get() <= taken + 6, made + " made, " + taken + " taken");
    }
  }

  @Test
  void aLoopThatIsLeftEarlyLeavesNoThread() throws InterruptedException {
    DataLoader<Sample> loader =
        DataLoader.of(NUMBERS, IN_ORDER.batchSize(1).workers(4).prefetch(2));
    for (Sample batch : loader) {
      assertEquals(1, batch.target().count());
      break;
    }
    assertTrue(threads() > 0);
    for (int i = 0; i < 1000 && threads() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, threads());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("wengert-loader"))
        .count();
  }

  @Test
  void theThreadsGeneratorIsTheSamplesOwnAndIsGivenBack() {
    Dataset<Tensor> random = NUMBERS.map(s -> Tensor.of(Rng.current().nextLong()));
    Rng.seed(3);
    List<String> here = new ArrayList<>();
    DataLoader.of(random, IN_ORDER).forEach(batch -> here.add(batch.toString()));
    assertEquals(new Rng(3).nextLong(), Rng.current().nextLong());
    List<String> there = new ArrayList<>();
    DataLoader.of(random, IN_ORDER.workers(2)).forEach(batch -> there.add(batch.toString()));
    assertEquals(here, there);
  }

  @Test
  void aSampleThatComesTwiceIsAnotherOneEachTime() {
    Dataset<Tensor> random = NUMBERS.map((s, r) -> Tensor.of(r.nextLong()));
    Sampler same = (size, r) -> new int[size];
    Tensor batch = DataLoader.of(random, IN_ORDER.sampler(same)).iterator().next();
    assertEquals(4, IntStream.range(0, 4).mapToObj(batch::longAt).distinct().count());
  }

  @Test
  void aBreakEndsTheEpochAndALoadedStateGoesOn() {
    var options = IN_ORDER.shuffle(true);
    DataLoader<Sample> loader = DataLoader.of(NUMBERS, options);
    Iterator<Sample> first = loader.iterator();
    first.next();
    var state = loader.stateDict();
    String rest = first.next().target() + " " + first.next().target();
    List<String> second = epoch(loader);
    assertEquals(1, loader.epoch());

    DataLoader<Sample> broken = DataLoader.of(NUMBERS, options);
    broken.iterator().next();
    assertEquals(second, epoch(broken));

    DataLoader<Sample> resumed = DataLoader.of(NUMBERS, options);
    resumed.loadStateDict(state);
    Iterator<Sample> on = resumed.iterator();
    assertEquals(rest, on.next().target() + " " + on.next().target());
    assertEquals(second, epoch(resumed));
  }

  @Test
  void anEpochThatWasEndedOnPurposeIsNotGoneOnWith() {
    DataLoader<Sample> loader = DataLoader.of(NUMBERS, IN_ORDER.shuffle(true));
    loader.iterator().next();
    loader.endEpoch();
    DataLoader<Sample> resumed = DataLoader.of(NUMBERS, IN_ORDER.shuffle(true));
    resumed.loadStateDict(loader.stateDict());
    assertEquals(epoch(loader), epoch(resumed));
    assertEquals(1, resumed.epoch());
  }

  @Test
  void aStateThatDoesNotFitSaysHowAndChangesNothing() {
    DataLoader<Sample> saved = DataLoader.of(NUMBERS, IN_ORDER.shuffle(true));
    saved.iterator().next();
    var state = saved.stateDict();
    DataLoader<Sample> other =
        DataLoader.of(NUMBERS.subset(0, 1, 2), IN_ORDER.batchSize(5).seed(1));
    String text = assertThrows(StateException.class, () -> other.loadStateDict(state)).getMessage();
    assertEquals(
        """
        DataLoader.loadStateDict: the saved state does not fit
            different  seed       0 instead of 1
            different  size       10 instead of 3
            different  samples    10 instead of 3
            different  batchSize  4 instead of 5
          hint: make the loader with the dataset, sampler, batchSize, dropLast and seed it was saved\
         with""",
        text);
    DataLoader<Sample> ordered = DataLoader.of(NUMBERS, IN_ORDER);
    state.put("taken", Tensor.of(4L));
    text = assertThrows(StateException.class, () -> ordered.loadStateDict(state)).getMessage();
    assertTrue(
        text.contains(
            """
                impossible  taken  4 batches of 3
                different   order  epoch 0 has its samples in another order
            """),
        text);
    assertEquals(0, ordered.taken());
    assertEquals(epoch(DataLoader.of(NUMBERS, IN_ORDER)), epoch(ordered));
  }

  @Test
  void oneLoaderIsForOneLoopAtATime() {
    DataLoader<Sample> loader = DataLoader.of(NUMBERS, IN_ORDER);
    Iterator<Sample> outer = loader.iterator();
    outer.next();
    loader.iterator();
    assertEquals(
        """
        another loop over this DataLoader has begun, or a state was loaded
          hint: one loader is for one loop at a time; make another one with the same dataset""",
        assertThrows(StateException.class, outer::next).getMessage());
  }

  @Test
  void anEmptyDatasetHasNoBatches() {
    DataLoader<Sample> none = DataLoader.of(NUMBERS.subset(), IN_ORDER.workers(1));
    assertEquals(List.of(), epoch(none));
    assertEquals(List.of(), epoch(none));
    none.loadStateDict(none.stateDict());
    assertEquals(0, none.batches());
  }

  @Test
  void optionsOutsideTheirDomainAreRefused() {
    assertEquals(
        "a batch of 0 samples\n  hint: take at least 1 for batchSize",
        assertThrows(OptionException.class, () -> IN_ORDER.batchSize(0)).getMessage());
    assertEquals(
        "-1 workers\n  hint: take 0 for the caller's thread, or up to as many as there are"
            + " processors",
        assertThrows(OptionException.class, () -> IN_ORDER.workers(-1)).getMessage());
    assertEquals(
        "0 batches made ahead for each worker\n  hint: take at least 1 for prefetch",
        assertThrows(OptionException.class, () -> IN_ORDER.prefetch(0)).getMessage());
  }

  @Test
  void aSamplerThatMiscountsIsRefused() {
    DataLoader<Sample> wrong = DataLoader.of(NUMBERS, IN_ORDER.sampler((size, r) -> new int[3]));
    assertEquals(
        "the sampler gave 3 samples, and counted 10\n  hint: override Sampler.count if an epoch has"
            + " not as many samples as the dataset",
        assertThrows(OptionException.class, wrong::iterator).getMessage());
  }
}
