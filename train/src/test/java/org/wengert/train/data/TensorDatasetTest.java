package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class TensorDatasetTest {
  private static final Tensor INPUTS = Tensor.rand(Shape.of(12, 2, 3), DType.FLOAT32, new Rng(1));
  private static final Tensor TARGETS = Tensor.arange(12);

  private record Three(Tensor a, Tensor b, Tensor c) {}

  @Test
  void samplesAreRows() {
    Sample third = TensorDataset.of(INPUTS, TARGETS).get(3);
    assertEquals(Shape.of(2, 3), third.input().shape());
    assertEquals(INPUTS.at(3, 1, 2), third.input().at(1, 2));
    assertEquals(3, third.target().item());
  }

  /// Views with gaps and offsets are made compact first.
  @Property(tries = 20)
  void wholeBatchesAreTheSamplesStacked(@ForAll @IntRange(min = 0, max = 3) int from)
      throws IOException {
    Tensor flags = Tensor.of(true, false, true, true, false, true);
    TensorDataset<Three> data =
        TensorDataset.of(
            new Three(
                INPUTS.permute(0, 2, 1).slice(0, from, from + 6, 1),
                INPUTS.slice(0, 0, 12, 2),
                flags));
    int[] indices = {5, 0, 0, 3};
    Three batch = data.batch(indices);
    Dataset<Three> samples = data.map(sample -> sample);
    var options =
        DataLoader.Options.defaults()
            .batchSize(4)
            .sampler(
                new Sampler() {
                  @Override
                  public int[] order(int size, RandomGenerator random) {
                    return indices;
                  }

                  @Override
                  public int count(int size) {
                    return 4;
                  }
                });
    Three stacked = DataLoader.of(samples, options).iterator().next();
    assertTrue(stacked.a().sameBits(batch.a()));
    assertTrue(stacked.b().sameBits(batch.b()));
    assertTrue(stacked.c().sameBits(batch.c()));
    assertTrue(DataLoader.of(data, options).iterator().next().a().sameBits(batch.a()));
  }

  @Test
  void subsetsOfSubsetsCopyNothing() {
    TensorDataset<Sample> all = TensorDataset.of(INPUTS, TARGETS);
    TensorDataset<Sample> some = all.subset(7, 5, 3, 1).subset(3, 0);
    assertEquals(2, some.size());
    assertTrue(some.batch(0, 1).target().sameBits(Tensor.of(1L, 7L)));
    assertTrue(some.all().target().sameBits(Tensor.of(1L, 7L)));
    assertEquals(7, some.get(1).target().item());
    assertSame(INPUTS.storage(), some.get(1).input().storage());
    assertThrows(IndexOutOfBoundsException.class, () -> some.get(2));
    assertThrows(IndexOutOfBoundsException.class, () -> some.batch(-1));
    assertEquals(
        "no sample 2 among 2\n  hint: samples are numbered from 0",
        assertThrows(OptionException.class, () -> some.subset(0, 2)).getMessage());
  }

  @Test
  void rowsThatDoNotGoTogetherAreRefused() {
    assertEquals(
        "rows of (12, 2, 3) do not go with rows of (3)\n"
            + "  hint: the first axis of every tensor counts the samples",
        assertThrows(OptionException.class, () -> TensorDataset.of(INPUTS, Tensor.of(1L, 2L, 3L)))
            .getMessage());
    assertThrows(OptionException.class, () -> TensorDataset.of(Tensor.of(1.0), Tensor.of(1.0)));
    assertEquals(
        "List12 is a java.util.ImmutableCollections$List12, no tensor",
        assertThrows(OptionException.class, () -> TensorDataset.of(List.of(INPUTS))).problem());
  }

  @Test
  void aBatchThatFailsSaysWhichSample() {
    BatchDataset<Tensor> broken =
        new BatchDataset<>() {
          @Override
          public int size() {
            return 4;
          }

          @Override
          public Tensor get(int index) throws IOException {
            if (index == 2) {
              throw new IOException("row 2 is damaged");
            }
            return Tensor.of((long) index);
          }

          @Override
          public Tensor batch(int... indices) throws IOException {
            throw new IOException("cannot read");
          }
        };
    var loader = DataLoader.of(broken, DataLoader.Options.defaults().shuffle(false));
    assertEquals(
        "sample 2 of 4 cannot be made: java.io.IOException: row 2 is damaged",
        assertThrows(SampleException.class, () -> loader.iterator().next()).getMessage());
  }
}
