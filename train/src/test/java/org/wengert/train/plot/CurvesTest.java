package org.wengert.train.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.train.plot.PlotTest.assertSays;
import static org.wengert.train.plot.PlotTest.drawn;
import static org.wengert.train.plot.PlotTest.random;
import static org.wengert.train.plot.PlotTest.wellFormed;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.Tensor;
import org.wengert.train.History;

class CurvesTest {
  @Test
  void aBandHasTheGapsOfItsNumbers() {
    double[] x = IntStream.range(0, 90).asDoubleStream().toArray();
    double[] low = new double[90];
    double[] high = new double[90];
    Arrays.fill(high, 1);
    Arrays.fill(low, 31, 59, Double.NaN);
    Curves curves = Curves.of("").band("", x, low, high).range(0, 89, 0, 1);
    BufferedImage image = drawn(curves);
    Frame frame = Chart.of(curves).frame();
    IntUnaryOperator colour =
        at -> image.getRGB(frame.area().x + at * frame.area().width / 89, 200) & 0xFFFFFF;
    assertNotEquals(0xFFFFFF, colour.applyAsInt(15));
    assertEquals(0xFFFFFF, colour.applyAsInt(45), "where nothing is known");
    assertNotEquals(0xFFFFFF, colour.applyAsInt(75));
    assertEquals(2, Points.of(curves.layers().getFirst(), false).size());
  }

  @Test
  void aThinnedBandLosesNoPeak() {
    double[] x = IntStream.range(0, 100_000).asDoubleStream().toArray();
    double[] high = new double[x.length];
    high[77_777] = 9;
    Points outline =
        Points.of(Curves.of("").band("", x, new double[x.length], high).layers().getFirst(), false)
            .getFirst();
    assertTrue(outline.xs().length < 2_000, "" + outline.xs().length);
    assertEquals(9, DoubleStream.of(outline.ys()).max().orElse(0));
    assertEquals(99_999, DoubleStream.of(outline.xs()).max().orElse(0));
  }

  @Test
  void manyPointsAndCellsBecomeOneImage() throws Exception {
    double[] x = IntStream.range(0, 20_000).asDoubleStream().toArray();
    assertTrue(wellFormed(Curves.of("").points("", x, x)).length() < 400_000);
    assertTrue(wellFormed(HeatMap.of("", random(200, 200))).length() < 400_000);
    Curves diagonal = Curves.of("").points("", x, x);
    Rectangle area = Chart.of(diagonal).frame().area();
    BufferedImage image = drawn(diagonal);
    Color middle = new Color(image.getRGB((int) area.getCenterX(), (int) area.getCenterY()));
    assertTrue(middle.getBlue() > middle.getRed() + 50, "" + middle);
    Color corner = new Color(image.getRGB(area.x + 20, area.y + 20));
    assertEquals(Color.WHITE, corner);
  }

  @Test
  void nothingToShowIsSaid() throws Exception {
    assertTrue(wellFormed(Curves.of(History.empty())).contains("nothing yet"));
    double[] none = {Double.NaN, Double.POSITIVE_INFINITY};
    assertTrue(wellFormed(Curves.of("").line("", none, none)).contains("no finite numbers"));
    assertEquals(0, Chart.of(Curves.of("").line("", none, none)).frame().boxes().size());
  }

  @Test
  void sizesAndRangesThatShowNothingAreRefused() {
    Curves curves = Curves.of("");
    assertSays("curves in 0 × 0 pixels", () -> curves.size(0, 0));
    assertSays("curves in 50 × 50 pixels", () -> curves.size(50, 50));
    assertSays("left is 5.0, right is 1.0", () -> curves.range(5, 1, 0, 1));
    assertSays("bottom is 1.0, top is 1.0", () -> curves.range(0, 1, 1, 1));
    assertSays("a logarithmic axis from 0.0 to 1.0", () -> curves.logarithmic().range(0, 1, 0, 1));
    assertSays("a logarithmic axis from 0.0 to 1.0", () -> curves.range(0, 1, 0, 1).logarithmic());
  }

  @Test
  void aSpreadIsAMeanWithABandInWhateverOrder() {
    Tensor x = Tensor.of(3.0, 1.0, 2.0);
    Curves curves =
        Curves.of("").spread("mean", x, Tensor.of(30.0, 10.0, 20.0), Tensor.of(3.0, 1.0, 2.0), 2);
    Curves.Layer mean = curves.layers().getFirst();
    Curves.Layer band = curves.layers().getLast();
    assertArrayEquals(new double[] {10, 20, 30}, mean.ys());
    assertArrayEquals(new double[] {8, 16, 24}, band.ys());
    assertArrayEquals(new double[] {12, 24, 36}, band.others());
    assertEquals("± 2 deviations", band.name());
    assertEquals(mean.colour(), band.colour());
    assertSays(
        "curve 'm' has 3 x and 2 y", () -> Curves.of("").spread("m", x, x, Tensor.of(1.0, 2.0), 2));
  }
}
