package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Values and gradients of the losses are those that libtorch 2.13.0 computes in `float64`, for a
/// random gradient arriving at the loss.
class LossesAgainstLibtorchTest {
  private static void check(Loss loss, String numbers) {
    Scanner scanner = new Scanner(numbers).useLocale(Locale.ROOT);
    Tensor input = next(scanner, "input");
    Tensor target = next(scanner, "target");
    Tensor expected = next(scanner, "loss");
    Tensor gy = next(scanner, "gy");
    Tensor gradient = next(scanner, "gradient");
    Leaf x = Variable.of(input);
    Variable y = loss.forward(x, Variable.constant(target));
    assertClose(expected, y.value());
    Variable recorded = Autograd.grad(y, List.of(x), Variable.constant(gy)).getFirst();
    assertClose(gradient, recorded.value());
    y.backward(gy);
    assertClose(gradient, x.grad());
  }

  private static Tensor next(Scanner scanner, String name) {
    assertEquals(name, scanner.next());
    DType type = DType.valueOf(scanner.next().toUpperCase(Locale.ROOT));
    String sizes = scanner.next();
    Shape shape =
        sizes.equals("scalar")
            ? Shape.SCALAR
            : Shape.of(Stream.of(sizes.split("x", -1)).mapToInt(Integer::parseInt).toArray());
    double[] values = new double[shape.count()];
    Arrays.setAll(values, i -> Double.parseDouble(scanner.next()));
    return Tensor.of(values).reshape(shape).to(type);
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    double[] e = expected.toDoubleArray();
    double[] a = actual.toDoubleArray();
    for (int i = 0; i < e.length; i++) {
      double tolerance = Math.abs(e[i]) > 1e10 ? 1e-8 * Math.abs(e[i]) : 1e-11;
      assertTrue(close(e[i], a[i], tolerance), e[i] + " became " + a[i] + " at " + i);
    }
  }

  private static boolean close(double expected, double actual, double tolerance) {
    return Double.compare(expected, actual) == 0 || Math.abs(expected - actual) <= tolerance;
  }

  @Test
  void mseLossRandMean2() {
    check(
        new MSELoss(Reduction.MEAN),
        """
        input float64 2x3 -0.1532 0.3749 0.6868 1.8415 3.0879 -3.727
        target float64 2x3 -1.6723 0.7945 -0.6895 2.0234 1.6737 -1.407
        loss float64 scalar 1.9655633183333334
        gy float64 scalar 0.1404
        gradient float64 2x3 0.07109388 -0.019637279999999997 0.06441084 -0.008512920000000007
        0.06618455999999999 -0.10857599999999998
        """);
  }

  @Test
  void l1LossEdgeEqual1() {
    check(
        new L1Loss(Reduction.SUM),
        """
        input float64 3 1.0 2.0 3.0
        target float64 3 1.0 2.5 2.0
        loss float64 scalar 1.5
        gy float64 scalar 2.2605
        gradient float64 3 0.0 -2.2605 2.2605
        """);
  }

  @Test
  void mseLossEdgeEmpty1() {
    check(
        new MSELoss(Reduction.MEAN),
        """
        input float64 0
        target float64 0
        loss float64 scalar NaN
        gy float64 scalar 0.0062
        gradient float64 0
        """);
  }

  @Test
  void crossEntropyIndexMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        """
        input float64 3x2 0.2595 0.0841 0.1602 -0.2298 0.0224 -0.2759
        target int64 3 1 0 1
        loss float64 scalar 0.718369116047587
        gy float64 scalar 0.1562
        gradient float64 3x2 0.028310621230933287 -0.02831062123093329 -0.02102021412328058
        0.021020214123280583 0.029887666488515343 -0.029887666488515336
        """);
  }

  @Test
  void crossEntropyWeightMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {1.363, 1.0585, 0.8945}).reshape(Shape.of(3))),
        """
        input float64 2x3 -1.1021 -0.4103 -1.4663 1.228 -1.9057 -1.1484
        target int64 2 2 2
        loss float64 scalar 2.087342833796447
        gy float64 scalar -0.0275
        gradient float64 2x3 -0.003724208485026521 -0.007438389363523497 0.01116259784855002
        -0.012099179478637876 -0.0005269959785106666 0.012626175457148543
        """);
  }

  @Test
  void crossEntropyWeightSum2() {
    check(
        new CrossEntropyLoss(Reduction.SUM)
            .weight(Tensor.of(new double[] {0.9344, 1.2394, 1.7585}).reshape(Shape.of(3))),
        """
        input float64 3x3 0.3008 -1.2373 -1.5641 -1.0865 -0.3679 -1.1626 -0.103 1.0167 1.2732
        target int64 3 0 1 2
        loss float64 scalar 2.3566131497664773
        gy float64 scalar -0.2632
        gradient float64 3x3 0.0663809020131046 -0.03856601392040494 -0.027814888092699688
        -0.08199771540047628 0.1579869276332995 -0.07598921223282323 -0.057683326563611116
        -0.1767379565374417 0.2344212831010528
        """);
  }

  @Test
  void crossEntropyIgnoreMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).ignoreIndex(1),
        """
        input float64 5x4 0.1121 0.1398 -0.1771 1.0861 -1.5603 -0.1581 0.2563 -0.1892 0.4929
        0.3763 0.5816 -0.9223 0.4446 0.4033 -1.0818 -0.2556 0.9867 -1.0188 0.3413 -0.7727
        target int64 5 1 0 2 0 1
        loss float64 scalar 1.5946840826313984
        gy float64 scalar -0.6967
        gradient float64 5x4 0.0 0.0 0.0 0.0 0.2169091776870542 -0.062279379497975206
        -0.09425749859129157 -0.06037229959778746 -0.07199759038114154 -0.06407361466716903
        0.15355776619649647 -0.017486561148185913 0.1453633499605292 -0.08335533020887072
        -0.018878289476826904 -0.04312973027483156 0.0 0.0 0.0 0.0
        """);
  }

  @Test
  void crossEntropyIgnoreWeightMean3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {1.5153, 1.4001, 1.9388, 0.916}).reshape(Shape.of(4)))
            .ignoreIndex(1),
        """
        input float64 5x4 1.0669 0.0758 0.5775 -0.6633 1.1007 -0.7705 -0.3996 -1.898 -1.2513
        -0.4474 -0.7137 -1.5585 2.211 -0.8381 2.2766 -0.0146 0.5084 -0.4384 0.8067 -0.8909
        target int64 5 1 0 1 0 1
        loss float64 scalar 0.5772105980036012
        gy float64 scalar -0.4649
        gradient float64 5x4 0.0 0.0 0.0 0.0 0.06953913591595215 -0.025078306890226682
        -0.03633942373043595 -0.008121405295289506 0.0 0.0 0.0 0.0 0.12789367774671612
        -0.00495613347370335 -0.11164518987082069 -0.011292354402192053 0.0 0.0 0.0 0.0
        """);
  }

  @Test
  void crossEntropySpatialMean3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        """
        input float64 2x2x2x2 -1.3257 -1.3765 -0.9034 -0.9845 -0.861 -1.5664 -0.5835 1.0058
        -1.2806 -1.0906 0.6044 -0.235 0.4543 0.6879 -1.3467 0.9965
        target int64 2x2x2 0 1 0 0 0 0 0 1
        loss float64 scalar 1.1187457608128184
        gy float64 scalar 0.0348
        gradient float64 2x2x2x2 -0.002671459204720963 0.0023808978640057696
        -0.0025199544831727887 -0.0038270206952076284 0.002671459204720963 -0.00238089786400577
        0.0025199544831727883 0.003827020695207628 -0.00369766578480797 -0.003721475231446942
        -0.0005412855680247323 0.0009827476434025974 0.0036976657848079705 0.003721475231446942
        0.0005412855680247326 -0.0009827476434025974
        """);
  }

  @Test
  void crossEntropyProbsWeightSum3() {
    check(
        new CrossEntropyLoss(Reduction.SUM)
            .weight(Tensor.of(new double[] {0.4381, 1.1722, 0.5342}).reshape(Shape.of(3))),
        """
        input float64 2x3 0.0648 0.6793 -0.5937 -1.4254 -0.6582 0.3679
        target float64 2x3 0.3141 0.4315 0.2544 0.6116 0.2934 0.0951
        loss float64 scalar 1.8375880863161456
        gy float64 scalar 0.3347
        gradient float64 2x3 0.03142590052745618 -0.026047335136947413 -0.0053785653905087764
        -0.06547462199418098 -0.06297902895006995 0.12845365094425093
        """);
  }

  @Test
  void crossEntropyIndexSmoothMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).labelSmoothing(0.1),
        """
        input float64 3x2 -1.3314 -0.5681 1.0496 0.6369 -0.1242 2.1726
        target int64 3 0 1 0
        loss float64 scalar 1.4285195838395963
        gy float64 scalar -1.1179
        gradient float64 3x2 0.23553026541784092 -0.23553026541784092 -0.20559489358537636
        0.20559489358537633 0.31994732840216844 -0.31994732840216844
        """);
  }

  @Test
  void crossEntropyIgnoreSmoothMean3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).ignoreIndex(1).labelSmoothing(0.1),
        """
        input float64 5x3 -0.0727 1.2763 0.1903 -0.9961 -0.1152 -0.9605 -0.3244 1.1866 0.5025
        -1.9809 -0.6551 -0.243 0.4908 0.4224 0.6258
        target int64 5 1 0 1 2 0
        loss float64 scalar 1.0882739929562923
        gy float64 scalar 0.9757
        gradient float64 5x3 0.0 0.0 0.0 -0.2304536634874025 0.1655481828530656
        0.06490548063433696 0.0 0.0 0.0 0.020279945197093165 0.10633577518617392
        -0.12661572038326704 -0.19790180075450506 0.08782338992113221 0.11007841083337287
        """);
  }

  @Test
  void crossEntropyIgnoreWeightSmoothMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {0.9609, 0.9324, 1.9021}).reshape(Shape.of(3)))
            .ignoreIndex(1)
            .labelSmoothing(0.1),
        """
        input float64 5x3 0.1532 -0.4734 2.2517 -0.4638 -0.463 -1.6658 -0.6177 1.0907 1.3573
        0.8534 -0.4433 -1.7571 0.9519 -1.6708 -0.3856
        target int64 5 1 0 0 0 0
        loss float64 scalar 1.1121469484249191
        gy float64 scalar -0.3267
        gradient float64 5x3 0.0 0.0 0.0 0.03961698120782181 -0.03400056944351819
        -0.005616411764303624 0.07009154874465984 -0.03124324964232045 -0.03884829910233938
        0.013672250438345758 -0.014463578726762728 0.0007913282884169662 0.013118283810940962
        -0.0019405731394351593 -0.0111777106715058
        """);
  }

  @Test
  void crossEntropyProbsWeightSmoothMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {0.5598, 1.9037, 1.0291, 1.8909}).reshape(Shape.of(4)))
            .labelSmoothing(0.1),
        """
        input float64 4x4 0.6018 2.2831 -1.1123 -0.0347 1.2061 -0.9699 0.465 0.9357 -0.7558
        1.1035 1.4702 -1.1746 0.8557 -1.1809 1.6226 -2.5837
        target float64 4x4 0.2294 0.2599 0.095 0.4158 0.1527 0.1469 0.16 0.5404 0.3137 0.1227
        0.189 0.3746 0.2698 0.303 0.1419 0.2853
        loss float64 scalar 3.1957219183641494
        gy float64 scalar -0.5179
        gradient float64 4x4 -0.010484448678454418 -0.08264251130777585 0.009812967624270473
        0.0833139923619598 -0.07246859757103968 0.02918840545847978 -0.017630603601131136
        0.06091079571369105 0.012453256992296722 -0.029669139499269435 -0.06498348330674569
        0.08219936581371838 -0.03551623172334564 0.0662110368912054 -0.09791664043891453
        0.06722183527105476
        """);
  }

  @Test
  void crossEntropyProbsSpatialSmoothMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).labelSmoothing(0.1),
        """
        input float64 2x3x2 0.42 -0.4177 1.3728 -1.5605 -0.6454 0.7764 1.0051 -0.5915 1.3098
        0.7789 -1.3051 0.3535
        target float64 2x3x2 0.385 0.0888 0.1482 0.541 0.4668 0.3702 0.2211 0.3448 0.3897 0.0868
        0.3892 0.5685
        loss float64 scalar 1.5995329429862855
        gy float64 scalar 0.4566
        gradient float64 2x3x2 -0.01436786534030086 0.011782541333647267 0.05613986170778201
        -0.051503873112956074 -0.041771996367481155 0.0397213317793088 0.019968535769594852
        -0.02402639707024051 0.019207367725372963 0.04712528513779323 -0.039175903494967815
        -0.023098888067552704
        """);
  }

  @Test
  void crossEntropyUnbatched1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        """
        input float64 4 0.3582 0.2224 1.4114 0.7632
        target int64 scalar 0
        loss float64 scalar 1.8308407442891064
        gy float64 scalar -0.3642
        gradient float64 4 0.30582647645930744 -0.05096109115397725 -0.16734581552364733
        -0.08751956978168292
        """);
  }

  @Test
  void crossEntropyEdgeAllIgnored2() {
    check(
        new CrossEntropyLoss(Reduction.SUM).ignoreIndex(0),
        """
        input float64 2x3 -1.1393 0.3921 0.1505 -0.7649 0.7303 -0.0704
        target int64 2 0 0
        loss float64 scalar 0.0
        gy float64 scalar 1.6581
        gradient float64 2x3 0.0 0.0 0.0 0.0 0.0 0.0
        """);
  }

  @Test
  void binaryCrossEntropyPlainMean2() {
    check(
        new BCELoss(Reduction.MEAN),
        """
        input float64 4x2 0.5941 0.5734 0.1023 0.3988 0.9134 0.0897 0.2041 0.789
        target float64 4x2 0.4164 0.7106 0.0852 0.8871 0.426 0.6515 0.7808 0.9517
        loss float64 scalar 0.8985996324421898
        gy float64 scalar -0.8872
        gradient float64 4x2 -0.08172226035277749 0.06220239657476128 -0.020650035264444134
        0.22586250935107388 -0.6833420901324948 0.7630206563286437 0.39371321136946397
        0.10838261882880121
        """);
  }

  @Test
  void binaryCrossEntropyEdge1() {
    check(
        new BCELoss(Reduction.NONE),
        """
        input float64 6 0.0 0.0 1.0 1.0 1e-200 0.5
        target float64 6 0.0 1.0 0.0 1.0 1.0 0.0
        loss float64 6 0.0 100.0 100.0 -0.0 100.0 0.6931471805599453
        gy float64 6 -0.9685 -0.6951 0.2586 2.1797 0.83 -1.2481
        gradient float64 6 -0.0 695100002777.4825 258600001033.3146 0.0 -830000003316.5164
        -2.4962
        """);
  }

  @Test
  void bceWithLogitsPosWeightSum1() {
    check(
        new BCEWithLogitsLoss(Reduction.SUM)
            .posWeight(Tensor.of(new double[] {1.9843, 1.2609}).reshape(Shape.of(2))),
        """
        input float64 2x2 2.2349 -2.6181 -0.4141 1.6091
        target float64 2x2 0.6829 0.1239 0.6079 0.363
        loss float64 scalar 3.895500149087529
        gy float64 scalar -0.6995
        gradient float64 2x2 -0.10874939427539039 0.06018872778230045 0.3988710550567715
        -0.31792100157321856
        """);
  }

  @Test
  void bceWithLogitsEdge1() {
    check(
        new BCEWithLogitsLoss(Reduction.NONE),
        """
        input float64 6 40.0 -1000.0 1000.0 -0.0 -40.0 0.0
        target float64 6 0.0 0.0 0.0 1.0 0.0 0.0
        loss float64 6 40.0 0.0 1000.0 0.6931471805599453 0.0 0.6931471805599453
        gy float64 6 0.3572 0.0269 0.7975 0.2781 1.5098 -0.4388
        gradient float64 6 0.3572 0.0 0.7975 -0.13905 6.414165254639241e-18 -0.2194
        """);
  }
}
