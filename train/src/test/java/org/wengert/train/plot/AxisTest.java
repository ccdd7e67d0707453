package org.wengert.train.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.train.History;

class AxisTest {
  private static List<String> labels(Axis axis) {
    return axis.labels().toList();
  }

  @Test
  void ticksAreRoundNumbersThatAreWrittenAlike() {
    assertEquals(
        List.of("0", "100", "200", "300", "400", "500", "600"), labels(Axis.linear(0, 642, 8)));
    assertEquals(List.of("-0.5", "0", "0.5", "1.0"), labels(Axis.linear(-0.7, 1.2, 5)));
    assertEquals(List.of("5e5", "1e6", "1.5e6"), labels(Axis.linear(4e5, 1.6e6, 4)));
    assertEquals(List.of("0", "2e-7", "4e-7"), labels(Axis.linear(0, 5e-7, 3)));
  }

  @Test
  void whatIsFarFromZeroIsSaidOnce() {
    Axis axis = Axis.linear(1e9, 1e9 + 1e-5, 5);
    assertEquals("1000000000", axis.base());
    assertEquals(List.of("0", "+2e-6", "+4e-6", "+6e-6", "+8e-6", "+1e-5"), labels(axis));
    assertEquals("", Axis.linear(1e9, 2e9, 5).base());
  }

  @Test
  void logarithmicTicksNameSomeOfManyDecadesAndPartsOfFew() {
    assertEquals(List.of("1", "2", "5", "10"), labels(Axis.logarithmic(0.2, 0.9, 8)));
    assertEquals(List.of("0.1", "0.2", "0.5", "1", "2", "5"), labels(Axis.logarithmic(-1, 0.9, 8)));
    List<String> many = labels(Axis.logarithmic(-50, 50, 8));
    assertTrue(many.size() <= 9 && many.contains("1") && many.contains("1e13"), "" + many);
  }

  @Property(tries = 300)
  void anyAxisHasDistinctTicksWithinItsEnds(
      @ForAll @DoubleRange(min = -1e99, max = 1e99) double one,
      @ForAll @IntRange(min = -300, max = 10) int power,
      @ForAll @IntRange(min = 1, max = 8) int most) {
    double width = Math.max(Math.abs(one), 1e-99) * Math.pow(10, power);
    Axis axis = Axis.linear(one, one + width, most);
    assertTrue(axis.low() < axis.high(), "" + axis);
    assertTrue(axis.ticks().size() <= most + 1, "" + axis);
    assertEquals(axis.ticks().size(), axis.labels().distinct().count(), "" + axis);
    for (Axis.Tick tick : axis.ticks()) {
      double share = axis.share(tick.at());
      assertTrue(share >= -0.01 && share <= 1.01, "" + axis);
      assertTrue(tick.label().length() <= 9, "" + axis);
    }
  }

  @Test
  void labelsBelowCurvesNeverOverlap() {
    for (double last : new double[] {10, 452, 630, 1_000, 12_345, 100_000, 12_345_678}) {
      for (int width : new int[] {200, 300, 900}) {
        Curves curves =
            Curves.of("")
                .size(width, 300)
                .line("", steps(last), DoubleStream.iterate(1, y -> y / 2).limit(40).toArray());
        List<Rectangle2D> boxes = Chart.of(curves).frame().boxes();
        assertFalse(boxes.isEmpty());
        for (int i = 0; i < boxes.size(); i++) {
          assertTrue(boxes.get(i).getMinX() >= 0 && boxes.get(i).getMaxX() <= width, "" + boxes);
          assertTrue(i == 0 || boxes.get(i - 1).getMaxX() + 4 < boxes.get(i).getMinX(), "" + boxes);
        }
      }
    }
  }

  private static double[] steps(double last) {
    return IntStream.rangeClosed(1, 40).mapToDouble(i -> i * last / 40).toArray();
  }

  @Test
  void lossesAndMetricsHaveTheSameSteps() {
    History history = PlotTest.history(63, 3);
    PlotGrid panels = (PlotGrid) Curves.of(history);
    Frame losses = Chart.of((Curves) panels.plots().get(0)).frame();
    Frame metrics = Chart.of((Curves) panels.plots().get(1)).frame();
    assertEquals(losses.x(), metrics.x());
    assertEquals(losses.area().x, metrics.area().x);
    assertEquals(losses.area().width, metrics.area().width);
  }

  @Test
  void everyCurveOfFourMetricsIsNamedWithinThePicture() {
    List<Curves.Layer> layers =
        IntStream.range(0, 8)
            .mapToObj(i -> "recall (macro) of the classes " + i + ", validation")
            .map(
                name ->
                    new Curves.Layer(
                        Curves.Style.LINE, name, new double[0], new double[0], new double[0], 0))
            .toList();
    Legend legend = Legend.of(layers, 772, 9);
    assertEquals(8, legend.rows().stream().mapToInt(List::size).sum());
    assertEquals(0, legend.left());
    assertTrue(legend.rows().size() > 3, "names of 40 letters do not stand side by side");
    assertEquals(6, Legend.of(layers, 772, 1).left(), "what has no room is counted");
  }
}
