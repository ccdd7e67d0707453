package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.wengert.Bag;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class EmbeddingTest {
  private static Variable indices(long... indices) {
    return Variable.constant(Tensor.of(indices));
  }

  @Test
  void theVectorForPaddingIsZeroAndStaysSo() {
    EmbeddingOptions options = EmbeddingOptions.defaults().paddingIdx(1);
    Embedding embedding = new Embedding(3, 2, options, new Rng(1));
    assertArrayEquals(new double[2], row(embedding, 1));
    embedding.forward(indices(0, 1, 1)).sum().backward();
    assertArrayEquals(new double[] {1, 1, 0, 0, 0, 0}, embedding.weight().grad().toDoubleArray());
  }

  @Test
  void aNegativeIndexForPaddingCountsFromTheEnd() {
    Embedding last = new Embedding(3, 2, EmbeddingOptions.defaults().paddingIdx(-1), new Rng(1));
    assertArrayEquals(new double[2], row(last, 2));
    assertEquals("Embedding(3, 2, paddingIdx=2)", last.toString());
    OptionException e =
        assertThrows(
            OptionException.class,
            () -> new Embedding(3, 2, EmbeddingOptions.defaults().paddingIdx(-4)));
    assertEquals("padding index -4 among 3 vectors", e.problem());
    assertEquals("Embedding(3, 2)", new Embedding(3, 2).toString());
  }

  @Test
  void aGreatestLengthCostsNoMoreThanTheVectorsThatAreLookedUp() {
    EmbeddingOptions options = EmbeddingOptions.defaults().maxNorm(1);
    Embedding embedding = new Embedding(20_000, 64, options, new Rng(1));
    Variable index = indices(5, 7, 5);
    embedding.forward(index);
    embedding.weight().assign(Tensor.ones(20_000, 64));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Variable y = embedding.forward(index);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < 200_000, taken + " bytes");
    assertEquals(1, y.value().at(0, 0) * 8, 1e-5);
    assertEquals(y.value().at(2, 3), embedding.weight().value().at(5, 3));
    assertEquals(1, embedding.weight().value().at(6, 3));
  }

  private static double[] row(Embedding embedding, int row) {
    return embedding.weight().value().slice(0, row, row + 1, 1).toDoubleArray();
  }

  @Test
  void vectorsThatAreTooLongAreScaledDownWhenLookedUp() {
    EmbeddingOptions options = EmbeddingOptions.defaults().maxNorm(5);
    Embedding embedding = new Embedding(3, 2, options, new Rng(1));
    embedding.to(DType.FLOAT64);
    embedding.weight().assign(Tensor.of(new double[][] {{6, 8}, {3, 4}, {30, 40}}));
    Tensor y = embedding.forward(indices(0, 1, 0)).value();
    assertArrayEquals(new double[] {3, 4, 3, 4, 3, 4}, y.toDoubleArray(), 1e-6);
    assertArrayEquals(new double[] {3, 4}, row(embedding, 0), 1e-6);
    assertArrayEquals(new double[] {3, 4}, row(embedding, 1));
    assertArrayEquals(new double[] {30, 40}, row(embedding, 2));
  }

  @Test
  void lengthsMayBeMeasuredInAnotherNorm() {
    EmbeddingOptions options = EmbeddingOptions.defaults().maxNorm(7).normType(1);
    Embedding embedding = new Embedding(1, 2, options);
    embedding.to(DType.FLOAT64);
    embedding.weight().assign(Tensor.of(new double[][] {{6, -8}}));
    Tensor y = embedding.forward(indices(0)).value();
    assertArrayEquals(new double[] {3, -4}, y.toDoubleArray(), 1e-6);
  }

  @Test
  void pretrainedVectorsAreCopiedAndFrozen() {
    Tensor vectors = Tensor.of(new double[][] {{1, 2}, {3, 4}});
    Embedding embedding = Embedding.fromPretrained(vectors);
    assertFalse(embedding.weight().requiresGrad());
    assertArrayEquals(new double[] {3, 4}, embedding.forward(indices(1)).value().toDoubleArray());
    assertNull(embedding.weight().grad());
    embedding.weight().assign(Tensor.zeros(Shape.of(2, 2), DType.FLOAT64));
    assertEquals(4, vectors.at(1, 1));
    ShapeException e =
        assertThrows(ShapeException.class, () -> Embedding.fromPretrained(Tensor.zeros(3)));
    assertEquals("vectors of shape (3)", e.problem());
  }

  @Test
  void aMatrixOfBagsIsAsItsRowsWithOffsets() {
    EmbeddingBag bag = new EmbeddingBag(4, 3, Bag.SUM, new Rng(2));
    Variable rows = Variable.constant(Tensor.of(0L, 1, 3, 3).reshape(2, 2));
    Tensor y = bag.forward(rows).value();
    assertTrue(y.sameBits(bag.forward(indices(0, 1, 3, 3), indices(0, 2)).value()));
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    OptionException e =
        assertThrows(
            OptionException.class,
            () -> new Embedding(3, 2, EmbeddingOptions.defaults().paddingIdx(3)));
    assertEquals("padding index 3 among 3 vectors", e.problem());
    OptionException norm =
        assertThrows(OptionException.class, () -> EmbeddingOptions.defaults().maxNorm(-1));
    assertEquals("maxNorm -1.0 in the norm 2.0", norm.problem());
    OptionException none = assertThrows(OptionException.class, () -> new EmbeddingBag(0, 2));
    assertEquals("an embedding of 0 things as vectors of 2", none.problem());
  }
}
