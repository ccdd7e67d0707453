package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The numbers stand as PyTorch prints them, with `1.0` for its `1.`.
class TensorPrinterTest {
  private static void prints(String expected, Tensor x) {
    assertEquals(expected, x.toString());
  }

  @Test
  void scalars() {
    prints("tensor(3.5000, shape=(), dtype=float64)", Tensor.of(3.5));
    prints("tensor(3.0, shape=(), dtype=float64)", Tensor.of(3.0));
    prints("tensor(-7, shape=(), dtype=int64)", Tensor.ofArray(-7L));
    prints("tensor(true, shape=(), dtype=bool)", Tensor.ofArray(true));
  }

  @Test
  void vectors() {
    prints("tensor([ 1.0, -2.0], shape=(2), dtype=float32)", Tensor.of(1f, -2f));
    prints("tensor([ 0.5000, -1.2500], shape=(2), dtype=float64)", Tensor.of(0.5, -1.25));
    prints("tensor([  1, -20], shape=(2), dtype=int32)", Tensor.of(1, -20));
    prints("tensor([  7, 200], shape=(2), dtype=uint8)", Tensor.of((byte) 7, (byte) 200));
    prints("tensor([ true, false], shape=(2), dtype=bool)", Tensor.of(true, false));
    prints("tensor([0.3333], shape=(1), dtype=float32)", Tensor.of(new float[] {1 / 3f}));
    long odd = (1L << 53) + 1;
    prints("tensor([9007199254740993], shape=(1), dtype=int64)", Tensor.of(new long[] {odd}));
  }

  @Test
  void matricesAreAligned() {
    prints(
        """
        tensor([[  1.0,   2.0],
                [ 30.0, 400.0]], shape=(2, 2), dtype=float64)""",
        Tensor.of(new double[][] {{1, 2}, {30, 400}}));
  }

  @Test
  void cubesHaveAnEmptyLineBetweenTheirMatrices() {
    prints(
        """
        tensor([[[0, 1],
                 [2, 3]],

                [[4, 5],
                 [6, 7]]], shape=(2, 2, 2), dtype=int64)""",
        Tensor.arange(8).reshape(2, 2, 2));
  }

  @Test
  void numbersThatAreNoneStandInTheirColumn() {
    prints(
        "tensor([   nan,    inf,   -inf, 1.5000], shape=(4), dtype=float64)",
        Tensor.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.5));
    prints("tensor([nan, 1.0], shape=(2), dtype=float32)", Tensor.of(Float.NaN, 1f));
    prints("tensor([nan], shape=(1), dtype=float32)", Tensor.of(new float[] {Float.NaN}));
    prints("tensor([-0.0,  0.0], shape=(2), dtype=float64)", Tensor.of(-0.0, 0.0));
  }

  @Test
  void tinyHugeAndWideRangesAreScientific() {
    prints("tensor([1.0000e-05], shape=(1), dtype=float64)", Tensor.of(new double[] {1e-5}));
    prints(
        "tensor([-1.2346e+09,  1.0000e+00], shape=(2), dtype=float64)",
        Tensor.of(-1234567890.0, 1.0));
    prints("tensor([1.0000e-03, 1.5000e+00], shape=(2), dtype=float64)", Tensor.of(0.001, 1.5));
    prints("tensor([  0.5000, 500.0000], shape=(2), dtype=float64)", Tensor.of(0.5, 500.0));
    prints("tensor([   1.0, 1000.0], shape=(2), dtype=float64)", Tensor.of(1.0, 1000.0));
    prints("tensor([0.0, 2.0], shape=(2), dtype=float64)", Tensor.of(0.0, 2.0));
    prints("tensor(0.0001, shape=(), dtype=float64)", Tensor.of(1e-4));
  }

  @Test
  void emptyTensorsShowTheirShape() {
    prints("tensor([], shape=(0), dtype=float32)", Tensor.zeros(0));
    prints("tensor([], shape=(2, 0, 3), dtype=float32)", Tensor.zeros(2, 0, 3));
  }

  @Test
  void longAxesShowTheirEnds() {
    prints(
        "tensor([   0,    1,    2, ..., 9997, 9998, 9999], shape=(10000), dtype=int64)",
        Tensor.arange(10_000));
    prints(
        """
        tensor([[   0,    1,    2, ...,   97,   98,   99],
                [ 100,  101,  102, ...,  197,  198,  199],
                [ 200,  201,  202, ...,  297,  298,  299],
                ...,
                [1700, 1701, 1702, ..., 1797, 1798, 1799],
                [1800, 1801, 1802, ..., 1897, 1898, 1899],
                [1900, 1901, 1902, ..., 1997, 1998, 1999]], shape=(20, 100), dtype=int64)""",
        Tensor.arange(2000).reshape(20, 100));
  }

  @Test
  void manyShortAxesShowTheirFirstIndexOnly() {
    int[] sizes = new int[12];
    Arrays.fill(sizes, 2);
    String text = Tensor.arange(4096).reshape(sizes).toString();
    assertTrue(text.contains("[1022, 1023]"), text);
    assertFalse(text.contains("1024"), text);
    assertEquals(2, text.split("\\.\\.\\.", -1).length - 1);
    String four = Tensor.arange(10_000).reshape(10, 10, 10, 10).toString();
    assertTrue(four.contains("9997, 9998, 9999"), four);
  }

  @Test
  void onlyTheNumbersShownDecideTheirFormat() {
    double[] values = new double[2000];
    values[1000] = 1e-12;
    prints(
        "tensor([0.0, 0.0, 0.0, ..., 0.0, 0.0, 0.0], shape=(2000), dtype=float64)",
        Tensor.of(values));
  }

  @Test
  void longRowsAreBroken() {
    prints(
        """
        tensor([[ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,
                 18, 19],
                [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37,
                 38, 39]], shape=(2, 20), dtype=int64)""",
        Tensor.arange(40).reshape(2, 20));
    String full = Tensor.arange(1000).toString();
    assertTrue(full.lines().allMatch(line -> line.length() <= 110), full);
  }

  @Test
  void viewsArePrintedAsTheyLook() {
    prints(
        """
        tensor([[0, 3],
                [1, 4],
                [2, 5]], shape=(3, 2), dtype=int64)""",
        Tensor.arange(6).reshape(2, 3).permute(1, 0));
  }
}
