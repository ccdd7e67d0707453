package org.wengert.train.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.StepReport;
import org.wengert.train.metric.ConfusionMatrix;
import org.xml.sax.InputSource;

class PlotTest {
  private static final String HOSTILE =
      "</text><script>alert(1)</script> & \u0000\uD800\n\u202E\"'<!--";

  @TempDir Path folder;

  static Tensor random(int... sizes) {
    return Tensor.randn(Shape.of(sizes), DType.FLOAT32, new Rng(1));
  }

  private static Module model() {
    return new Sequential(new Linear(2, 4, new Rng(1)), new Dropout(0.5, new Rng(1)));
  }

  static History history(int steps, double loss) {
    SequencedMap<String, Double> accuracy = new LinkedHashMap<>();
    accuracy.put("accuracy " + HOSTILE, 0.5);
    List<StepReport> all =
        IntStream.rangeClosed(1, steps)
            .mapToObj(i -> new StepReport(i, 1, i, steps, 8, loss / i, 0.1, Double.NaN))
            .toList();
    EpochReport epoch = new EpochReport(1, 1, steps, loss, accuracy, loss, accuracy, 0.1, 1);
    return new History(all, List.of(epoch), "done");
  }

  /// One of each kind, all with this title.
  private static List<Plot> plots(String title) {
    Tensor points = random(20, 2);
    Tensor labels = Tensor.ofArray(IntStream.range(0, 20).map(i -> i % 4).toArray());
    int[] right = new int[6];
    int[] wrong = {0, 1, 2, 0, 1, 2};
    List<String> names = List.of(title, title, title);
    double[] x = {0, 1, 2};
    return List.of(
        Curves.of(history(50, 3), title),
        Curves.learningRate(history(50, 3)),
        Curves.of(title)
            .points(title, x, x)
            .line(title, x, x)
            .band(title, x, x, x)
            .axes(title, title),
        HeatMap.of(title, random(3, 3)).rows(title, names).columns(title, names),
        HeatMap.confusion(
            title, Tensor.ofArray(new int[][] {{3, 1, 0}, {0, 0, 0}, {1, 2, 3}}), names),
        DecisionBoundary.of(title, model(), points, labels),
        Histogram.of(title, 1, 2, 2, 3),
        Histogram.weights(model()),
        ImageSheet.of(title, random(3, 3, 5, 5)).captions(names),
        ImageSheet.filters(title, random(4, 9)),
        ImageSheet.misclassified(title, random(6, 4, 4), right, wrong, names),
        ImageSheet.misclassified(title, random(6, 4, 4), right, right, List.of()));
  }

  static BufferedImage drawn(Plot plot) {
    try {
      return ImageIO.read(new ByteArrayInputStream(plot.png()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String wellFormed(Plot plot) throws Exception {
    String svg = plot.svg();
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    return svg;
  }

  @Test
  void everyPlotHasItsSizeAsPngAndIsWellFormedAsSvgWhateverItsTitle() throws Exception {
    for (Plot plot : plots(HOSTILE)) {
      BufferedImage image = drawn(plot);
      assertEquals(plot.width(), image.getWidth());
      assertEquals(plot.height(), image.getHeight());
      assertFalse(wellFormed(plot).contains("<script"), "a title becomes an element");
    }
  }

  @Test
  void theSameDataGiveTheSameBytesInEveryLocale() {
    List<Plot> first = plots("title");
    List<byte[]> png = first.stream().map(Plot::png).toList();
    List<String> svg = first.stream().map(Plot::svg).toList();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      List<Plot> second = plots("title");
      for (int i = 0; i < second.size(); i++) {
        assertArrayEquals(png.get(i), second.get(i).png(), "plot " + i);
        assertEquals(svg.get(i), second.get(i).svg(), "plot " + i);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theEndingOfTheNameDecides() throws Exception {
    Plot plot = Curves.of("loss").line("", List.of(3.0, 2.0));
    plot.save(folder.resolve("new/a.PNG"));
    plot.save(folder.resolve("new/a.svg"));
    assertEquals(900, ImageIO.read(folder.resolve("new/a.PNG").toFile()).getWidth());
    assertTrue(Files.readString(folder.resolve("new/a.svg")).startsWith("<svg"));
    String problem =
        assertThrows(OptionException.class, () -> plot.save(Path.of("a.jpg"))).getMessage();
    assertEquals("a plot cannot become a.jpg\n  hint: let the name end in .png or .svg", problem);
  }

  @Test
  void emptyDivergedAndVeryLongFitsAreDrawnToo() throws Exception {
    wellFormed(Curves.of(new History(List.of(), List.of(), "nothing")));
    for (double loss :
        new double[] {0, 1e-40, -1, 1e40, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
      wellFormed(Curves.of(history(30, loss)));
    }
    int once = wellFormed(Curves.of(history(3_000, 3))).length();
    assertTrue(wellFormed(Curves.of(history(60_000, 3))).length() < 2 * once);
  }

  @Test
  void aPeakIsSeenHoweverLongTheLine() {
    List<Double> flat = Collections.nCopies(20_000, 1.0);
    List<Double> peak = IntStream.range(0, 20_000).mapToObj(i -> i == 15_777 ? 2.0 : 1.0).toList();
    Curves axes = Curves.of("").range(0, 2e4, 0, 3);
    BufferedImage without = drawn(axes.line("", flat));
    BufferedImage with = drawn(axes.line("", peak));
    int blue = Pen.colour(0).getRGB();
    assertTrue(
        rows(without, blue).max().orElseThrow() - rows(without, blue).min().orElseThrow() < 6);
    assertTrue(rows(with, blue).max().orElseThrow() - rows(with, blue).min().orElseThrow() > 100);
  }

  private static IntStream rows(BufferedImage image, int colour) {
    return IntStream.range(0, image.getHeight())
        .filter(
            y -> IntStream.range(0, image.getWidth()).anyMatch(x -> image.getRGB(x, y) == colour));
  }

  static void assertSays(String problem, Executable mistake) {
    String message = assertThrows(OptionException.class, mistake).getMessage();
    assertTrue(message.startsWith(problem), message);
  }

  @Test
  void curvesNeedAsManyXAsY() {
    String problem =
        assertThrows(
                OptionException.class,
                () -> Curves.of("").line("loss", new double[2], new double[3]))
            .getMessage();
    assertTrue(problem.startsWith("curve 'loss' has 2 x and 3 y"), problem);
  }

  @Test
  void regionsHaveTheColoursOfTheirClasses() {
    Tensor points = Tensor.of(new double[][] {{-1, -1}, {1, 1}});
    Tensor labels = Tensor.of(0, 1);
    Plot plot =
        DecisionBoundary.of(
            "left and right",
            at -> at.slice(1, 0, 1, 1).contiguous().to(DType.FLOAT64),
            points,
            labels);
    BufferedImage image = drawn(plot);
    Color left = new Color(image.getRGB(150, 200));
    Color right = new Color(image.getRGB(590, 200));
    assertTrue(left.getBlue() > left.getRed(), "class 0 is blue: " + left);
    assertTrue(right.getRed() > right.getBlue(), "class 1 is red: " + right);
  }

  @Test
  void aModelIsAskedInEvaluationModeAndLeftAsItWas() {
    Module model = model();
    model.train();
    Plot first = DecisionBoundary.of("", model, random(9, 2), Tensor.zeros(9));
    Plot second = DecisionBoundary.of("", model, random(9, 2), Tensor.zeros(9));
    assertTrue(model.isTraining());
    assertArrayEquals(first.png(), second.png(), "dropout must be off");
  }

  @Test
  void answersOfAnotherShapeAreRefused() {
    Tensor points = random(4, 2);
    String problem =
        assertThrows(
                ShapeException.class,
                () -> DecisionBoundary.of("", at -> Tensor.zeros(3), points, Tensor.zeros(4)))
            .getMessage();
    assertTrue(problem.contains("points (n, 2) with a tensor of shape (3)"), problem);
    assertThrows(
        ShapeException.class, () -> DecisionBoundary.of("", at -> at, points, Tensor.zeros(3)));
    for (double label : new double[] {7, -3, 0.5}) {
      assertSays(
          "label " + Pen.number(label) + " for a model of 2 classes",
          () -> DecisionBoundary.of("", at -> at, points, Tensor.of(0, 1, 0, label)));
    }
  }

  @Test
  void anInfiniteLogitIsSureAndTwoAreNot() {
    double[][] rows = {
      {Double.POSITIVE_INFINITY, 3},
      {2, Double.NEGATIVE_INFINITY},
      {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY},
      {Double.NaN, 1}
    };
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      Regions regions =
          Regions.of(
              at -> Tensor.of(row).reshape(1, 2).expand(Shape.of(at.size(0), 2)).contiguous(),
              new Curves.Box(0, 1, 0, 1));
      assertEquals(i == 3 ? -1 : 0, regions.winners()[0]);
      assertEquals(i < 2 ? 1 : i == 2 ? 0 : Double.NaN, regions.sureness()[0]);
    }
  }

  @Test
  void aConfusionMatrixIsDarkestWhereARowHasMost() {
    Tensor counts = Tensor.ofArray(new int[][] {{1, 0}, {900, 100}});
    BufferedImage image = drawn(HeatMap.confusion("", counts, List.of()));
    int full = image.getRGB(84, 90);
    assertEquals(full, new Color(0x08, 0x30, 0x6B).getRGB(), "1 of 1");
    assertNotEquals(full, image.getRGB(84, 90 + 72), "900 of 1,000");
    assertEquals(Color.WHITE.getRGB(), image.getRGB(84 + 72, 90), "0 of 1");
    assertThrows(ShapeException.class, () -> HeatMap.confusion("", Tensor.zeros(2, 3), List.of()));
    assertThrows(OptionException.class, () -> HeatMap.confusion("", counts, List.of("one name")));
  }

  @Test
  void aConfusionMatrixOfAFitIsDrawnWithItsNames() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "dog"));
    matrix.add(Tensor.of(new double[][] {{1, 0}, {0, 1}, {1, 0}}), Tensor.of(0, 1, 1));
    assertArrayEquals(
        HeatMap.confusion("c", matrix.counts(), List.of("cat", "dog")).png(),
        HeatMap.confusion("c", matrix).png());
    String problem =
        assertThrows(ShapeException.class, () -> HeatMap.of("", Tensor.zeros(0, 10))).getMessage();
    assertTrue(problem.startsWith("a heat map of an empty matrix of shape (0, 10)"), problem);
  }

  @Test
  void pixelsRunFromBlackToWhiteAndAsInkFromWhiteToBlack() {
    Tensor images = Tensor.of(new double[][] {{0, 5}, {Double.NaN, 5}}).reshape(1, 2, 2);
    ImageSheet sheet = ImageSheet.of("", images);
    assertEquals(Color.BLACK.getRGB(), drawn(sheet).getRGB(20, 60));
    assertEquals(Color.WHITE.getRGB(), drawn(sheet).getRGB(80, 60));
    assertEquals(Color.MAGENTA.getRGB(), drawn(sheet).getRGB(20, 120));
    assertEquals(Color.WHITE.getRGB(), drawn(sheet.ink()).getRGB(20, 60));
  }

  @Test
  void filtersAreRedAboveZeroAndBlueBelow() {
    BufferedImage image =
        drawn(ImageSheet.filters("", Tensor.of(new double[][] {{1, -1, 0, 0.5}})));
    assertEquals(new Color(0xB2, 0x18, 0x2B).getRGB(), image.getRGB(20, 60));
    assertEquals(new Color(0x21, 0x66, 0xAC).getRGB(), image.getRGB(80, 60));
    assertEquals(Color.WHITE.getRGB(), image.getRGB(20, 120));
    assertThrows(ShapeException.class, () -> ImageSheet.filters("", Tensor.zeros(4, 3)));
  }

  @Test
  void onlyWhatWasWrongIsShownAndNotMoreThanFits() {
    int[] truth = new int[100];
    int[] two = new int[100];
    two[3] = two[98] = 1;
    Tensor images = random(100, 8, 8);
    Plot few = ImageSheet.misclassified("", images, truth, two, List.of());
    Plot many =
        ImageSheet.misclassified(
            "", images, truth, IntStream.range(0, 100).map(i -> 1).toArray(), List.of());
    assertTrue(few.height() < 200, "one row");
    assertTrue(many.height() > 500 && many.height() < 800, "40 in rows: " + many.height());
    assertThrows(
        ShapeException.class,
        () -> ImageSheet.misclassified("", images, truth, new int[3], List.of()));
    assertSays(
        "class 1 of 1 names", () -> ImageSheet.misclassified("", images, truth, two, List.of("a")));
    for (Tensor other : List.of(random(100, 64), random(100, 2, 8, 8))) {
      String problem =
          assertThrows(
                  ShapeException.class,
                  () -> ImageSheet.misclassified("", other, truth, two, List.of()))
              .getMessage();
      assertTrue(problem.startsWith("images of shape (100, "), problem);
    }
  }

  @Test
  void aHistogramCountsTheSameWhateverTheRange() {
    assertArrayEquals(
        Histogram.of("h", 1, 2, 2, 3, Double.NaN).png(),
        Histogram.of("h", 3, 2, Double.NaN, 2, 1).png());
    wellFormedHistogram(1e308, -1e308, 5);
    wellFormedHistogram();
    wellFormedHistogram(Double.NaN);
    wellFormedHistogram(7, 7);
  }

  private static void wellFormedHistogram(double... values) {
    assertEquals(460, drawn(Histogram.of("", values)).getWidth());
  }

  @Test
  void aGridIsAsWideAsItsWidestColumnsTogether() {
    Plot small = Curves.of("a").size(200, 100);
    Plot large = Curves.of("b").size(300, 150);
    Plot grid = Plot.grid(2, List.of(small, large, large));
    assertEquals(600, grid.width());
    assertEquals(300, grid.height());
    assertThrows(OptionException.class, () -> Plot.grid(2, List.of()));
  }
}
