package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Module;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// [Gan2d], and the penalty that differentiates a derivative.
class Gan2dTest {
  private static final List<String> SMALL =
      List.of("--hidden", "32", "--batch", "64", "--critic", "3", "--lr", "0.01");
  private static final Pattern END =
      Pattern.compile("(\\d+) of (\\d+) modes, ([0-9.]+) % good points \\(of true points: .*\\R$");
  private static final Pattern LAST_ROW = Pattern.compile(" +\\d+ +[0-9.-]+ +([0-9.]+) .*\\R\\R");

  @TempDir private Path folder;

  private Printed run(String... more) {
    List<String> out = List.of("--out", folder.toString());
    String[] args =
        Stream.of(SMALL.stream(), out.stream(), Stream.of(more))
            .flatMap(arg -> arg)
            .toArray(String[]::new);
    return Printed.by(() -> Launcher.run(new Gan2d(), args));
  }

  private static Matcher found(Pattern pattern, Printed printed) {
    Matcher matcher = pattern.matcher(printed.out());
    assertTrue(matcher.find(), printed.out() + printed.err());
    return matcher;
  }

  @Test
  void theGradientOfThePenaltyIsThatOfFiniteDifferences() {
    Module critic = Wasserstein.network(2, 5, 1, new Rng(1)).to(DType.FLOAT64);
    List<Parameter> parameters = critic.parameters();
    assertEquals("4.bias", List.copyOf(critic.namedParameters().keySet()).getLast()); // no slope
    assertThatGradient(x -> Wasserstein.penalty(critic, x))
        .at(Tensor.randn(Shape.of(4, 2), DType.FLOAT64, new Rng(2)))
        .withParameters(parameters.subList(0, parameters.size() - 1))
        .isCorrect();
  }

  @Test
  void theSlopeOfALinearCriticIsItsWeights() {
    Variable w = Variable.of(new double[][] {{3}, {4}});
    Variable x = Variable.of(new double[][] {{1, 2}, {-1, 0.5}, {0, 7}});
    Variable penalty = Wasserstein.penalty(points -> points.matMul(w), x);
    assertEquals(16, penalty.item(), 1e-12); // (|w| - 1)² = (5 - 1)²
    penalty.backward();
    assertEquals(2 * 4 * 3.0 / 5, w.grad().at(0, 0), 1e-12); // 2 (|w| - 1) w / |w|
    assertEquals(2 * 4 * 4.0 / 5, w.grad().at(1, 0), 1e-12);
  }

  @Test
  void pointsBetweenAreOnTheLines() {
    Tensor real = Tensor.of(new double[][] {{0, 0}, {1, 1}, {5, 0}});
    Tensor fake = Tensor.of(new double[][] {{1, 2}, {1, 3}, {4, 0}});
    Variable between = Wasserstein.between(real, fake, new Rng(1));
    assertTrue(between.requiresGrad());
    Tensor points = between.value();
    assertEquals(2 * points.at(0, 0), points.at(0, 1), 1e-12);
    assertEquals(1, points.at(1, 0));
    assertTrue(points.at(1, 1) >= 1 && points.at(1, 1) <= 3);
    assertTrue(points.at(2, 0) >= 4 && points.at(2, 0) <= 5);
  }

  @Test
  void aShortRunCoversMostOfTheRingAndDrawsIt() throws IOException {
    Printed printed = run("--steps", "200");
    assertEquals(0, printed.code(), printed.err());
    Matcher end = found(END, printed);
    assertTrue(Integer.parseInt(end.group(1)) >= 6, printed.out());
    assertTrue(Double.parseDouble(end.group(3)) > 35, printed.out());
    assertTrue(printed.out().startsWith("8 Gaussians of deviation 0.1 in a ring of radius 2.0"));
    String picture = Files.readString(folder.resolve("points.svg"));
    for (int step : new int[] {0, 10, 40, 200}) {
      assertTrue(picture.contains("step " + step + ": "), "step " + step);
    }
  }

  @Test
  void onlyThePenaltyKeepsTheCriticFromBeingSteep() {
    double free = penalty(run("--steps", "20", "--penalty", "0"));
    double held = penalty(run("--steps", "20", "--penalty", "10"));
    assertTrue(held < 0.2 && free > 5 * held, held + " " + free);
  }

  private static double penalty(Printed printed) {
    return Double.parseDouble(found(LAST_ROW, printed).group(1));
  }

  @Test
  void theSameSeedMakesTheSamePointsAndAnotherOneOthers() throws IOException {
    String first = picture("7");
    assertEquals(first, picture("7"));
    assertNotEquals(first, picture("8"));
  }

  private String picture(String seed) throws IOException {
    run("--steps", "2", "--seed", seed);
    return Files.readString(folder.resolve("points.svg"));
  }

  @Test
  void trueSamplesCoverTheRingAndSamplesOfOneModeDoNot() {
    Ring ring = new Ring(8, 2, 0.1);
    Ring.Coverage all = ring.coverage(ring.sample(5_000, new Rng(1)));
    assertEquals(8, all.modes());
    assertEquals(0.989, all.good(), 0.005);
    Ring one = new Ring(1, 2, 0.1); // its mean is the first of the ring's
    Ring.Coverage collapsed = ring.coverage(one.sample(1_000, new Rng(1)));
    assertEquals(1, collapsed.modes());
    assertEquals("0 of 8 modes, 0.0 % good points", ring.coverage(Tensor.zeros(10, 2)).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --modes   | 0        | --modes 0: expected at least 1
          --steps   | 0        | --steps 0: expected at least 1
          --critic  | 0        | --critic 0: expected at least 1
          --batch   | 0        | --batch 0: expected at least 1
          --hidden  | -1       | --hidden -1: expected at least 1
          --penalty | -1       | --penalty -1.0: expected a number, 0 or more
          --penalty | Infinity | --penalty Infinity: expected a number, 0 or more
          --lr      | 0        | --lr 0.0: expected a number above 0
          """)
  void aBadNumberIsOneLine(String option, String value, String line) {
    Printed printed = Printed.by(() -> Launcher.run(new Gan2d(), option, value));
    assertEquals(line + System.lineSeparator(), printed.err());
    assertEquals(2, printed.code());
  }
}
