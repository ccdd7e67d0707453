package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.StateException;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Linear;
import org.wengert.optim.SGD;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;

class StreamedDatasetTest {
  private static final int ROWS = 100;

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private int length = ROWS;

  @TempDir private Path folder;

  /// The numbers from 0.
  private final class Numbers implements Rows.Source<Tensor> {
    private long next;

    @Override
    public @Nullable Tensor next() {
      read.incrementAndGet();
      return next < length ? Tensor.of(next++) : null;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private StreamedDataset<Tensor> numbers(int buffer) throws IOException {
    StreamedDataset<Tensor> numbers =
        StreamedDataset.of(
            () -> {
              opened.incrementAndGet();
              return new Rows<>(new Numbers());
            },
            buffer);
    opened.set(0);
    read.set(0);
    closed.set(0);
    return numbers;
  }

  private static DataLoader<Tensor> loader(StreamedDataset<Tensor> rows, int workers) {
    return DataLoader.of(
        rows,
        DataLoader.Options.defaults()
            .batchSize(3)
            .sampler(rows.shuffled())
            .seed(5)
            .workers(workers)
            .prefetch(1));
  }

  private static List<Long> epoch(DataLoader<Tensor> loader) {
    List<Long> all = new ArrayList<>();
    for (Tensor batch : loader) {
      for (long number : batch.toLongArray()) {
        all.add(number);
      }
    }
    return all;
  }

  @Test
  void eachEpochWalksTheFileOnceAndShufflesWithinTheBuffer() throws IOException {
    StreamedDataset<Tensor> rows = numbers(16);
    DataLoader<Tensor> loader = loader(rows, 0);
    List<Long> first = epoch(loader);
    assertEquals(1, opened.get());
    List<Long> second = epoch(loader);
    assertEquals(2, opened.get());
    assertEquals(2, closed.get());
    assertTrue(read.get() <= 2 * (ROWS + 1), read + " rows read");
    assertTrue(!first.equals(second));
    for (List<Long> epoch : List.of(first, second)) {
      assertEquals(ROWS, epoch.stream().distinct().count());
      for (int i = 0; i < ROWS; i++) {
        assertEquals(i / 16, epoch.get(i) / 16, "place " + i);
      }
    }
  }

  @Test
  void workersAndInterruptionsChangeNothing() throws IOException {
    DataLoader<Tensor> whole = loader(numbers(16), 0);
    List<Long> expected = epoch(whole);
    List<Long> next = epoch(whole);
    for (int workers = 1; workers <= 3; workers++) {
      DataLoader<Tensor> stopped = loader(numbers(16), workers);
      Iterator<Tensor> batches = stopped.iterator();
      List<Long> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        for (long number : batches.next().toLongArray()) {
          all.add(number);
        }
      }
      DataLoader<Tensor> resumed = loader(numbers(16), workers);
      resumed.loadStateDict(stopped.stateDict());
      all.addAll(epoch(resumed));
      assertEquals(expected, all);
      assertEquals(next, epoch(resumed));
    }
  }

  @Test
  void anyOrderOfAskingIsAnswered() throws IOException {
    StreamedDataset<Tensor> rows = numbers(5);
    Rng random = new Rng(2);
    for (int i = 0; i < 50; i++) {
      int index = random.nextInt(ROWS);
      assertEquals(index, rows.get(index).item());
    }
    assertTrue(opened.get() > 5, "rows were held for longer than the buffer reaches");
    int before = closed.get();
    rows.get(1);
    rows.close();
    assertTrue(closed.get() > before);
    assertEquals(7, rows.get(7).item());
  }

  @Test
  void aFileThatFitsIsReadOnce() throws IOException {
    DataLoader<Tensor> loader = loader(numbers(ROWS), 0);
    epoch(loader);
    epoch(loader);
    assertEquals(1, opened.get());
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    assertEquals(
        "100 rows with a buffer of 0\n"
            + "  hint: take a buffer of 1 or more, and divide a file of more than 2,147,483,647 rows",
        assertThrows(OptionException.class, () -> numbers(0)).getMessage());
    StreamedDataset<Tensor> rows = numbers(10);
    length = 60;
    assertEquals(
        "row 70 of a file that has 60 now, and had 100\n"
            + "  hint: do not change a file that is learned from",
        assertThrows(StateException.class, () -> rows.get(70)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> rows.get(ROWS));
  }

  @Test
  void aTrainerLearnsFromRowsThatAreWalked() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 60; i++) {
      text.append(i % 7 - 3).append(i % 7 > 3 ? ",high\n" : ",low\n");
    }
    Path file = Files.writeString(folder.resolve("rows.csv"), text);
    CsvEncoding encoding = CsvSchema.of(Column.number("x"), Column.label("y")).learn(file);
    try (var rows = StreamedDataset.of(() -> encoding.rows(file), 10)) {
      DataLoader<Sample> loader =
          DataLoader.of(rows, DataLoader.Options.defaults().sampler(rows.shuffled()));
      Linear model = new Linear(1, 2, new Rng(1));
      var history =
          Trainer.defaults()
              .epochs(20)
              .messages(line -> {})
              .fit(model, new CrossEntropyLoss(), new SGD(model.parameters(), 0.5), loader);
      assertTrue(history.epochs().getLast().loss() < 0.3 * history.epochs().getFirst().loss());
    }
  }
}
