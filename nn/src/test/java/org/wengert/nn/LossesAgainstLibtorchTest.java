package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Values and gradients of the losses are those that libtorch 2.13.0 computes in `float64`, for a
/// random gradient arriving at the loss.
class LossesAgainstLibtorchTest {
  private static void check(
      Loss loss, Tensor input, Tensor target, Tensor expected, Tensor gy, Tensor gradient) {
    Leaf x = Variable.of(input);
    Variable y = loss.forward(x, Variable.constant(target));
    assertEquals(expected.shape(), y.shape());
    assertClose(expected, y.value());
    Variable seed = Variable.constant(gy);
    Variable recorded = Autograd.grad(y, List.of(x), seed).getFirst();
    assertClose(gradient, recorded.value());
    y.backward(gy);
    assertClose(gradient, x.grad());
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
        Tensor.of(new double[] {-0.1532, 0.3749, 0.6868, 1.8415, 3.0879, -3.727})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new double[] {-1.6723, 0.7945, -0.6895, 2.0234, 1.6737, -1.407})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new double[] {1.9655633183333334}).reshape(Shape.of()),
        Tensor.of(new double[] {0.1404}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.07109388,
                  -0.019637279999999997,
                  0.06441084,
                  -0.008512920000000007,
                  0.06618455999999999,
                  -0.10857599999999998
                })
            .reshape(Shape.of(2, 3)));
  }

  @Test
  void l1LossEdgeEqual1() {
    check(
        new L1Loss(Reduction.SUM),
        Tensor.of(new double[] {1.0, 2.0, 3.0}).reshape(Shape.of(3)),
        Tensor.of(new double[] {1.0, 2.5, 2.0}).reshape(Shape.of(3)),
        Tensor.of(new double[] {1.5}).reshape(Shape.of()),
        Tensor.of(new double[] {2.2605}).reshape(Shape.of()),
        Tensor.of(new double[] {0.0, -2.2605, 2.2605}).reshape(Shape.of(3)));
  }

  @Test
  void mseLossEdgeEmpty1() {
    check(
        new MSELoss(Reduction.MEAN),
        Tensor.of(new double[] {}).reshape(Shape.of(0)),
        Tensor.of(new double[] {}).reshape(Shape.of(0)),
        Tensor.of(new double[] {Double.NaN}).reshape(Shape.of()),
        Tensor.of(new double[] {0.0062}).reshape(Shape.of()),
        Tensor.of(new double[] {}).reshape(Shape.of(0)));
  }

  @Test
  void crossEntropyIndexMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        Tensor.of(new double[] {0.2595, 0.0841, 0.1602, -0.2298, 0.0224, -0.2759})
            .reshape(Shape.of(3, 2)),
        Tensor.of(new long[] {1L, 0L, 1L}).reshape(Shape.of(3)),
        Tensor.of(new double[] {0.718369116047587}).reshape(Shape.of()),
        Tensor.of(new double[] {0.1562}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.028310621230933287,
                  -0.02831062123093329,
                  -0.02102021412328058,
                  0.021020214123280583,
                  0.029887666488515343,
                  -0.029887666488515336
                })
            .reshape(Shape.of(3, 2)));
  }

  @Test
  void crossEntropyWeightMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {1.363, 1.0585, 0.8945}).reshape(Shape.of(3))),
        Tensor.of(new double[] {-1.1021, -0.4103, -1.4663, 1.228, -1.9057, -1.1484})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new long[] {2L, 2L}).reshape(Shape.of(2)),
        Tensor.of(new double[] {2.087342833796447}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.0275}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -0.003724208485026521,
                  -0.007438389363523497,
                  0.01116259784855002,
                  -0.012099179478637876,
                  -0.0005269959785106666,
                  0.012626175457148543
                })
            .reshape(Shape.of(2, 3)));
  }

  @Test
  void crossEntropyWeightSum2() {
    check(
        new CrossEntropyLoss(Reduction.SUM)
            .weight(Tensor.of(new double[] {0.9344, 1.2394, 1.7585}).reshape(Shape.of(3))),
        Tensor.of(
                new double[] {
                  0.3008, -1.2373, -1.5641, -1.0865, -0.3679, -1.1626, -0.103, 1.0167, 1.2732
                })
            .reshape(Shape.of(3, 3)),
        Tensor.of(new long[] {0L, 1L, 2L}).reshape(Shape.of(3)),
        Tensor.of(new double[] {2.3566131497664773}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.2632}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0663809020131046,
                  -0.03856601392040494,
                  -0.027814888092699688,
                  -0.08199771540047628,
                  0.1579869276332995,
                  -0.07598921223282323,
                  -0.057683326563611116,
                  -0.1767379565374417,
                  0.2344212831010528
                })
            .reshape(Shape.of(3, 3)));
  }

  @Test
  void crossEntropyIgnoreMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).ignoreIndex(1),
        Tensor.of(
                new double[] {
                  0.1121, 0.1398, -0.1771, 1.0861, -1.5603, -0.1581, 0.2563, -0.1892, 0.4929,
                  0.3763, 0.5816, -0.9223, 0.4446, 0.4033, -1.0818, -0.2556, 0.9867, -1.0188,
                  0.3413, -0.7727
                })
            .reshape(Shape.of(5, 4)),
        Tensor.of(new long[] {1L, 0L, 2L, 0L, 1L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {1.5946840826313984}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.6967}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.0,
                  0.2169091776870542,
                  -0.062279379497975206,
                  -0.09425749859129157,
                  -0.06037229959778746,
                  -0.07199759038114154,
                  -0.06407361466716903,
                  0.15355776619649647,
                  -0.017486561148185913,
                  0.1453633499605292,
                  -0.08335533020887072,
                  -0.018878289476826904,
                  -0.04312973027483156,
                  0.0,
                  0.0,
                  0.0,
                  0.0
                })
            .reshape(Shape.of(5, 4)));
  }

  @Test
  void crossEntropyIgnoreSum2() {
    check(
        new CrossEntropyLoss(Reduction.SUM).ignoreIndex(1),
        Tensor.of(
                new double[] {
                  -1.7887, -0.1226, 1.0526, 0.0777, 0.0146, 1.1055, 1.2169, 0.713, 1.0914, -0.1542,
                  1.2281, 0.8935, 0.2979, -0.1038, -2.1648
                })
            .reshape(Shape.of(5, 3)),
        Tensor.of(new long[] {1L, 0L, 0L, 2L, 2L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {6.501223280656989}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.3977}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.3136864435858147,
                  -0.07887609249287018,
                  -0.2348103510929445,
                  0.23773864886605256,
                  -0.09664381701281756,
                  -0.14109483185323501,
                  -0.05075850269662619,
                  -0.20222463716918201,
                  0.2529831398658082,
                  -0.22668898800402743,
                  -0.1516960702301528,
                  0.37838505823418017
                })
            .reshape(Shape.of(5, 3)));
  }

  @Test
  void crossEntropyIgnoreWeightMean3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {1.5153, 1.4001, 1.9388, 0.916}).reshape(Shape.of(4)))
            .ignoreIndex(1),
        Tensor.of(
                new double[] {
                  1.0669, 0.0758, 0.5775, -0.6633, 1.1007, -0.7705, -0.3996, -1.898, -1.2513,
                  -0.4474, -0.7137, -1.5585, 2.211, -0.8381, 2.2766, -0.0146, 0.5084, -0.4384,
                  0.8067, -0.8909
                })
            .reshape(Shape.of(5, 4)),
        Tensor.of(new long[] {1L, 0L, 1L, 0L, 1L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {0.5772105980036012}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.4649}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.0,
                  0.06953913591595215,
                  -0.025078306890226682,
                  -0.03633942373043595,
                  -0.008121405295289506,
                  0.0,
                  0.0,
                  0.0,
                  0.0,
                  0.12789367774671612,
                  -0.00495613347370335,
                  -0.11164518987082069,
                  -0.011292354402192053,
                  0.0,
                  0.0,
                  0.0,
                  0.0
                })
            .reshape(Shape.of(5, 4)));
  }

  @Test
  void crossEntropyIgnoreWeightSum2() {
    check(
        new CrossEntropyLoss(Reduction.SUM)
            .weight(Tensor.of(new double[] {1.1052, 1.6164, 1.0473}).reshape(Shape.of(3)))
            .ignoreIndex(1),
        Tensor.of(
                new double[] {
                  -0.4779, -2.2382, -0.1894, -0.3232, -0.1654, -0.6515, -1.7324, 1.6358, 0.9346,
                  -1.5302, 0.7977, 0.3391, 0.4599, -1.048, -0.2985
                })
            .reshape(Shape.of(5, 3)),
        Tensor.of(new long[] {1L, 0L, 2L, 1L, 2L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {3.697055098497902}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.7184}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.5193461386609196,
                  -0.3215725139497343,
                  -0.1977736247111853,
                  -0.01693674938314392,
                  -0.4916100302680868,
                  0.5085467796512307,
                  0.0,
                  0.0,
                  0.0,
                  -0.44525086996741836,
                  -0.09856713366311767,
                  0.5438180036305359
                })
            .reshape(Shape.of(5, 3)));
  }

  @Test
  void crossEntropySpatialMean3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        Tensor.of(
                new double[] {
                  -1.3257, -1.3765, -0.9034, -0.9845, -0.861, -1.5664, -0.5835, 1.0058, -1.2806,
                  -1.0906, 0.6044, -0.235, 0.4543, 0.6879, -1.3467, 0.9965
                })
            .reshape(Shape.of(2, 2, 2, 2)),
        Tensor.of(new long[] {0L, 1L, 0L, 0L, 0L, 0L, 0L, 1L}).reshape(Shape.of(2, 2, 2)),
        Tensor.of(new double[] {1.1187457608128184}).reshape(Shape.of()),
        Tensor.of(new double[] {0.0348}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -0.002671459204720963,
                  0.0023808978640057696,
                  -0.0025199544831727887,
                  -0.0038270206952076284,
                  0.002671459204720963,
                  -0.00238089786400577,
                  0.0025199544831727883,
                  0.003827020695207628,
                  -0.00369766578480797,
                  -0.003721475231446942,
                  -0.0005412855680247323,
                  0.0009827476434025974,
                  0.0036976657848079705,
                  0.003721475231446942,
                  0.0005412855680247326,
                  -0.0009827476434025974
                })
            .reshape(Shape.of(2, 2, 2, 2)));
  }

  @Test
  void crossEntropyProbsPlainMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        Tensor.of(new double[] {1.158, -1.8285, -1.3776, -0.0513, -0.626, 1.0308})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new double[] {0.2851, 0.2109, 0.504, 0.2169, 0.1002, 0.6828})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new double[] {1.4277155205886176}).reshape(Shape.of()),
        Tensor.of(new double[] {0.7882}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.23650258409708333,
                  -0.06551088084947009,
                  -0.17099170324761329,
                  0.001822097232242269,
                  0.009651398208426743,
                  -0.011473495440669036
                })
            .reshape(Shape.of(2, 3)));
  }

  @Test
  void crossEntropyProbsWeightSum3() {
    check(
        new CrossEntropyLoss(Reduction.SUM)
            .weight(Tensor.of(new double[] {0.4381, 1.1722, 0.5342}).reshape(Shape.of(3))),
        Tensor.of(new double[] {0.0648, 0.6793, -0.5937, -1.4254, -0.6582, 0.3679})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new double[] {0.3141, 0.4315, 0.2544, 0.6116, 0.2934, 0.0951})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new double[] {1.8375880863161456}).reshape(Shape.of()),
        Tensor.of(new double[] {0.3347}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.03142590052745618,
                  -0.026047335136947413,
                  -0.0053785653905087764,
                  -0.06547462199418098,
                  -0.06297902895006995,
                  0.12845365094425093
                })
            .reshape(Shape.of(2, 3)));
  }

  @Test
  void crossEntropyProbsSpatialSum1() {
    check(
        new CrossEntropyLoss(Reduction.SUM),
        Tensor.of(
                new double[] {
                  0.1278, -1.8219, -0.0776, -0.2869, 1.7119, -0.3616, -1.1746, -0.0612, 0.6041,
                  -0.7552, 0.4438, -0.5279
                })
            .reshape(Shape.of(2, 3, 2)),
        Tensor.of(
                new double[] {
                  0.3796, 0.2596, 0.3724, 0.6173, 0.248, 0.1231, 0.4794, 0.1007, 0.2589, 0.4478,
                  0.2616, 0.4515
                })
            .reshape(Shape.of(2, 3, 2)),
        Tensor.of(new double[] {5.6283150160868916}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.3392}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.07805189333915456,
                  0.05396099172962984,
                  0.0850251167904586,
                  0.05114064244656994,
                  -0.1630770101296132,
                  -0.1051016341761998,
                  0.13427108957233533,
                  -0.1253428460022939,
                  -0.08002315940006348,
                  0.07221160047821479,
                  -0.05424793017227181,
                  0.05313124552407916
                })
            .reshape(Shape.of(2, 3, 2)));
  }

  @Test
  void crossEntropyIndexSmoothMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).labelSmoothing(0.1),
        Tensor.of(new double[] {-1.3314, -0.5681, 1.0496, 0.6369, -0.1242, 2.1726})
            .reshape(Shape.of(3, 2)),
        Tensor.of(new long[] {0L, 1L, 0L}).reshape(Shape.of(3)),
        Tensor.of(new double[] {1.4285195838395963}).reshape(Shape.of()),
        Tensor.of(new double[] {-1.1179}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.23553026541784092,
                  -0.23553026541784092,
                  -0.20559489358537636,
                  0.20559489358537633,
                  0.31994732840216844,
                  -0.31994732840216844
                })
            .reshape(Shape.of(3, 2)));
  }

  @Test
  void crossEntropyIgnoreSmoothMean3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).ignoreIndex(1).labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  -0.0727, 1.2763, 0.1903, -0.9961, -0.1152, -0.9605, -0.3244, 1.1866, 0.5025,
                  -1.9809, -0.6551, -0.243, 0.4908, 0.4224, 0.6258
                })
            .reshape(Shape.of(5, 3)),
        Tensor.of(new long[] {1L, 0L, 1L, 2L, 0L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {1.0882739929562923}).reshape(Shape.of()),
        Tensor.of(new double[] {0.9757}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  -0.2304536634874025,
                  0.1655481828530656,
                  0.06490548063433696,
                  0.0,
                  0.0,
                  0.0,
                  0.020279945197093165,
                  0.10633577518617392,
                  -0.12661572038326704,
                  -0.19790180075450506,
                  0.08782338992113221,
                  0.11007841083337287
                })
            .reshape(Shape.of(5, 3)));
  }

  @Test
  void crossEntropyIgnoreSmoothSum3() {
    check(
        new CrossEntropyLoss(Reduction.SUM).ignoreIndex(1).labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  0.4802, 0.5616, 0.5569, 1.0208, 2.1869, 0.2431, 0.8749, 1.2269, -0.0767, -1.9059,
                  -1.5779, -0.3194, -2.0747, -1.3505, -0.0592, 0.8178, -2.3692, -0.313, -1.52,
                  0.1038
                })
            .reshape(Shape.of(5, 4)),
        Tensor.of(new long[] {1L, 0L, 0L, 0L, 3L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {5.542339200543986}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.854}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.0,
                  0.31427216323207924,
                  -0.046747521097623736,
                  -0.10674098241998803,
                  -0.1607836597144674,
                  0.39602245220019633,
                  -0.04189189667281829,
                  -0.06644170354787282,
                  -0.2876888519795052,
                  0.7600960269788232,
                  -0.040241133932818265,
                  -0.20268850412955397,
                  -0.5171663889164507,
                  -0.015761145005407144,
                  -0.2687185658382484,
                  -0.06540753978162697,
                  0.34988725062528253
                })
            .reshape(Shape.of(5, 4)));
  }

  @Test
  void crossEntropyIgnoreWeightSmoothMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {0.9609, 0.9324, 1.9021}).reshape(Shape.of(3)))
            .ignoreIndex(1)
            .labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  0.1532, -0.4734, 2.2517, -0.4638, -0.463, -1.6658, -0.6177, 1.0907, 1.3573,
                  0.8534, -0.4433, -1.7571, 0.9519, -1.6708, -0.3856
                })
            .reshape(Shape.of(5, 3)),
        Tensor.of(new long[] {1L, 0L, 0L, 0L, 0L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {1.1121469484249191}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.3267}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.03961698120782181,
                  -0.03400056944351819,
                  -0.005616411764303624,
                  0.07009154874465984,
                  -0.03124324964232045,
                  -0.03884829910233938,
                  0.013672250438345758,
                  -0.014463578726762728,
                  0.0007913282884169662,
                  0.013118283810940962,
                  -0.0019405731394351593,
                  -0.0111777106715058
                })
            .reshape(Shape.of(5, 3)));
  }

  @Test
  void crossEntropyIgnoreWeightSmoothSum2() {
    check(
        new CrossEntropyLoss(Reduction.SUM)
            .weight(Tensor.of(new double[] {1.983, 0.3308, 0.6264}).reshape(Shape.of(3)))
            .ignoreIndex(1)
            .labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  1.2841, -0.9085, -0.9483, 0.7979, -1.6788, 0.344, 0.61, -0.3256, -0.6199, -0.3526,
                  -0.2983, 1.1624, 0.4381, -2.0264, -0.7079
                })
            .reshape(Shape.of(5, 3)),
        Tensor.of(new long[] {1L, 0L, 1L, 2L, 1L}).reshape(Shape.of(5)),
        Tensor.of(new double[] {1.4199068024063437}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.8042}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.0,
                  0.0,
                  0.0,
                  0.6077116387864491,
                  -0.06512894386144011,
                  -0.5425826949250092,
                  0.0,
                  0.0,
                  0.0,
                  -0.0274138913498968,
                  -0.07619986069299892,
                  0.1036137520428957,
                  0.0,
                  0.0,
                  0.0
                })
            .reshape(Shape.of(5, 3)));
  }

  @Test
  void crossEntropySpatialSmoothSum3() {
    check(
        new CrossEntropyLoss(Reduction.SUM).labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  1.5343, 1.4984, 0.1584, -0.862, -0.4553, -1.4487, -1.3773, 2.0062, 1.0169, 0.399,
                  -0.818, -0.9861, 2.2936, 0.8578, -1.0429, 0.0715
                })
            .reshape(Shape.of(2, 2, 2, 2)),
        Tensor.of(new long[] {1L, 1L, 0L, 0L, 1L, 0L, 0L, 0L}).reshape(Shape.of(2, 2, 2)),
        Tensor.of(new double[] {11.057651797448873}).reshape(Shape.of()),
        Tensor.of(new double[] {-1.6001}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -1.3276042709517704,
                  -1.4402920082073758,
                  0.20347069680108695,
                  1.434092624896384,
                  1.3276042709517704,
                  1.4402920082073756,
                  -0.20347069680108715,
                  -1.4340926248963841,
                  -0.26899677948109296,
                  0.9004234156768682,
                  0.6304566744204545,
                  1.1076398393382898,
                  0.2689967794810929,
                  -0.900423415676868,
                  -0.6304566744204545,
                  -1.1076398393382898
                })
            .reshape(Shape.of(2, 2, 2, 2)));
  }

  @Test
  void crossEntropyProbsPlainSmoothMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).labelSmoothing(0.1),
        Tensor.of(new double[] {-0.0241, -0.3432, 1.5853, 1.3129, -1.6707, 1.1945})
            .reshape(Shape.of(3, 2)),
        Tensor.of(new double[] {0.3145, 0.6855, 0.2656, 0.7344, 0.2061, 0.7939})
            .reshape(Shape.of(3, 2)),
        Tensor.of(new double[] {0.7496962241596012}).reshape(Shape.of()),
        Tensor.of(new double[] {0.5204}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.042682323251802996,
                  -0.04268232325180298,
                  0.04833510003048953,
                  -0.04833510003048954,
                  -0.03149965459668235,
                  0.03149965459668236
                })
            .reshape(Shape.of(3, 2)));
  }

  @Test
  void crossEntropyProbsWeightSmoothMean2() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {0.5598, 1.9037, 1.0291, 1.8909}).reshape(Shape.of(4)))
            .labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  0.6018, 2.2831, -1.1123, -0.0347, 1.2061, -0.9699, 0.465, 0.9357, -0.7558, 1.1035,
                  1.4702, -1.1746, 0.8557, -1.1809, 1.6226, -2.5837
                })
            .reshape(Shape.of(4, 4)),
        Tensor.of(
                new double[] {
                  0.2294, 0.2599, 0.095, 0.4158, 0.1527, 0.1469, 0.16, 0.5404, 0.3137, 0.1227,
                  0.189, 0.3746, 0.2698, 0.303, 0.1419, 0.2853
                })
            .reshape(Shape.of(4, 4)),
        Tensor.of(new double[] {3.1957219183641494}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.5179}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -0.010484448678454418,
                  -0.08264251130777585,
                  0.009812967624270473,
                  0.0833139923619598,
                  -0.07246859757103968,
                  0.02918840545847978,
                  -0.017630603601131136,
                  0.06091079571369105,
                  0.012453256992296722,
                  -0.029669139499269435,
                  -0.06498348330674569,
                  0.08219936581371838,
                  -0.03551623172334564,
                  0.0662110368912054,
                  -0.09791664043891453,
                  0.06722183527105476
                })
            .reshape(Shape.of(4, 4)));
  }

  @Test
  void crossEntropyProbsSpatialSmoothMean1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN).labelSmoothing(0.1),
        Tensor.of(
                new double[] {
                  0.42, -0.4177, 1.3728, -1.5605, -0.6454, 0.7764, 1.0051, -0.5915, 1.3098, 0.7789,
                  -1.3051, 0.3535
                })
            .reshape(Shape.of(2, 3, 2)),
        Tensor.of(
                new double[] {
                  0.385, 0.0888, 0.1482, 0.541, 0.4668, 0.3702, 0.2211, 0.3448, 0.3897, 0.0868,
                  0.3892, 0.5685
                })
            .reshape(Shape.of(2, 3, 2)),
        Tensor.of(new double[] {1.5995329429862855}).reshape(Shape.of()),
        Tensor.of(new double[] {0.4566}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -0.01436786534030086,
                  0.011782541333647267,
                  0.05613986170778201,
                  -0.051503873112956074,
                  -0.041771996367481155,
                  0.0397213317793088,
                  0.019968535769594852,
                  -0.02402639707024051,
                  0.019207367725372963,
                  0.04712528513779323,
                  -0.039175903494967815,
                  -0.023098888067552704
                })
            .reshape(Shape.of(2, 3, 2)));
  }

  @Test
  void crossEntropyUnbatched1() {
    check(
        new CrossEntropyLoss(Reduction.MEAN),
        Tensor.of(new double[] {0.3582, 0.2224, 1.4114, 0.7632}).reshape(Shape.of(4)),
        Tensor.of(new long[] {0L}).reshape(Shape.of()),
        Tensor.of(new double[] {1.8308407442891064}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.3642}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  0.30582647645930744,
                  -0.05096109115397725,
                  -0.16734581552364733,
                  -0.08751956978168292
                })
            .reshape(Shape.of(4)));
  }

  @Test
  void crossEntropyEdgeAllIgnored2() {
    check(
        new CrossEntropyLoss(Reduction.SUM).ignoreIndex(0),
        Tensor.of(new double[] {-1.1393, 0.3921, 0.1505, -0.7649, 0.7303, -0.0704})
            .reshape(Shape.of(2, 3)),
        Tensor.of(new long[] {0L, 0L}).reshape(Shape.of(2)),
        Tensor.of(new double[] {0.0}).reshape(Shape.of()),
        Tensor.of(new double[] {1.6581}).reshape(Shape.of()),
        Tensor.of(new double[] {0.0, 0.0, 0.0, 0.0, 0.0, 0.0}).reshape(Shape.of(2, 3)));
  }

  @Test
  void binaryCrossEntropyPlainMean2() {
    check(
        new BCELoss(Reduction.MEAN),
        Tensor.of(new double[] {0.5941, 0.5734, 0.1023, 0.3988, 0.9134, 0.0897, 0.2041, 0.789})
            .reshape(Shape.of(4, 2)),
        Tensor.of(new double[] {0.4164, 0.7106, 0.0852, 0.8871, 0.426, 0.6515, 0.7808, 0.9517})
            .reshape(Shape.of(4, 2)),
        Tensor.of(new double[] {0.8985996324421898}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.8872}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -0.08172226035277749,
                  0.06220239657476128,
                  -0.020650035264444134,
                  0.22586250935107388,
                  -0.6833420901324948,
                  0.7630206563286437,
                  0.39371321136946397,
                  0.10838261882880121
                })
            .reshape(Shape.of(4, 2)));
  }

  @Test
  void binaryCrossEntropyEdge1() {
    check(
        new BCELoss(Reduction.NONE),
        Tensor.of(new double[] {0.0, 0.0, 1.0, 1.0, 1e-200, 0.5}).reshape(Shape.of(6)),
        Tensor.of(new double[] {0.0, 1.0, 0.0, 1.0, 1.0, 0.0}).reshape(Shape.of(6)),
        Tensor.of(new double[] {0.0, 100.0, 100.0, -0.0, 100.0, 0.6931471805599453})
            .reshape(Shape.of(6)),
        Tensor.of(new double[] {-0.9685, -0.6951, 0.2586, 2.1797, 0.83, -1.2481})
            .reshape(Shape.of(6)),
        Tensor.of(
                new double[] {
                  -0.0, 695100002777.4825, 258600001033.3146, 0.0, -830000003316.5164, -2.4962
                })
            .reshape(Shape.of(6)));
  }

  @Test
  void bceWithLogitsPosWeightSum1() {
    check(
        new BCEWithLogitsLoss(Reduction.SUM)
            .posWeight(Tensor.of(new double[] {1.9843, 1.2609}).reshape(Shape.of(2))),
        Tensor.of(new double[] {2.2349, -2.6181, -0.4141, 1.6091}).reshape(Shape.of(2, 2)),
        Tensor.of(new double[] {0.6829, 0.1239, 0.6079, 0.363}).reshape(Shape.of(2, 2)),
        Tensor.of(new double[] {3.895500149087529}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.6995}).reshape(Shape.of()),
        Tensor.of(
                new double[] {
                  -0.10874939427539039,
                  0.06018872778230045,
                  0.3988710550567715,
                  -0.31792100157321856
                })
            .reshape(Shape.of(2, 2)));
  }

  @Test
  void bceWithLogitsEdge1() {
    check(
        new BCEWithLogitsLoss(Reduction.NONE),
        Tensor.of(new double[] {40.0, -1000.0, 1000.0, -0.0, -40.0, 0.0}).reshape(Shape.of(6)),
        Tensor.of(new double[] {0.0, 0.0, 0.0, 1.0, 0.0, 0.0}).reshape(Shape.of(6)),
        Tensor.of(new double[] {40.0, 0.0, 1000.0, 0.6931471805599453, 0.0, 0.6931471805599453})
            .reshape(Shape.of(6)),
        Tensor.of(new double[] {0.3572, 0.0269, 0.7975, 0.2781, 1.5098, -0.4388})
            .reshape(Shape.of(6)),
        Tensor.of(new double[] {0.3572, 0.0, 0.7975, -0.13905, 6.414165254639241e-18, -0.2194})
            .reshape(Shape.of(6)));
  }

  @Test
  void crossEntropyFuzz3() {
    check(
        new CrossEntropyLoss(Reduction.MEAN)
            .weight(Tensor.of(new double[] {1.0479, 1.2764}).reshape(Shape.of(2))),
        Tensor.of(new double[] {0.9119, -0.0993}).reshape(Shape.of(1, 2)),
        Tensor.of(new long[] {0L}).reshape(Shape.of(1)),
        Tensor.of(new double[] {0.3102618538015868}).reshape(Shape.of()),
        Tensor.of(new double[] {-0.0588}).reshape(Shape.of()),
        Tensor.of(new double[] {0.01568461038097483, -0.015684610380974826})
            .reshape(Shape.of(1, 2)));
  }
}
