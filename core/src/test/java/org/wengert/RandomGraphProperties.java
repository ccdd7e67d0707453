package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.lifecycle.AfterContainer;
import org.wengert.tensor.Tensor;

/// Gradients of random programs, from three independent derivations: reverse mode by the library,
/// forward mode by [Dual], and finite differences of the library's values.
class RandomGraphProperties {
  private static final TreeSet<String> KINDS = new TreeSet<>();
  private static int graphs;
  private static int differences;
  private static int skipped;

  @Provide
  Arbitrary<Program> programs() {
    return Program.any();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void reverseModeAgreesWithDualNumbers(@ForAll("programs") Program program) {
    Plan plan = new Plan(program);
    Recording run = Recording.of(plan);
    List<double[]> directions = directions(plan);
    List<Dual> duals = plan.compute(directions);
    for (int i = 0; i < duals.size(); i++) {
      assertValuesAgree(duals.get(i), run.values().get(i), plan, i);
    }
    Dual expected = duals.getLast();
    double slope = run.loss().requiresGrad() ? run.along(directions).item() : 0;
    double error = Math.abs(slope - expected.tangent[0]);
    assertTrue(
        error <= 1e-13 * expected.magnitude[0],
        () -> slope + " in reverse, " + expected.tangent[0] + " forward, of " + plan.calls);
    graphs += run.loss().requiresGrad() ? 1 : 0;
    KINDS.addAll(plan.kinds());
  }

  private static void assertValuesAgree(Dual expected, Variable actual, Plan plan, int i) {
    assertArrayEquals(expected.shape, actual.shape().toArray());
    double[] numbers = actual.value().toDoubleArray();
    assertArrayEquals(expected.value, numbers, 1e-12, () -> "value " + i + " of " + plan.calls);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void reverseModeAgreesWithDifferences(@ForAll("programs") Program program) {
    Plan plan = new Plan(program);
    Recording run = Recording.of(plan);
    if (!run.loss().requiresGrad()) {
      return;
    }
    List<double[]> directions = directions(plan);
    double slope = run.along(directions).item();
    Difference numeric =
        Autograd.noGrad(() -> Difference.of(s -> run.moved(plan, directions, s).loss().item()));
    compare(slope, numeric, 1e-7, magnitude(run, directions), plan);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void secondOrderAgreesWithDifferencesAndIsSymmetric(@ForAll("programs") Program program) {
    Plan plan = new Plan(program);
    Recording run = Recording.of(plan);
    if (!run.loss().requiresGrad()) {
      return;
    }
    List<double[]> u = directions(plan);
    List<double[]> v = directions(plan);
    List<double[]> hv = run.hessianTimes(v);
    double uhv = dot(u, hv);
    double scale = 1 + norm(hv);
    assertEquals(uhv, dot(v, run.hessianTimes(u)), 1e-10 * scale, () -> "of " + plan.calls);
    Difference numeric = Difference.of(s -> run.moved(plan, v, s).along(u).item());
    compare(uhv, numeric, 1e-5, scale, plan);
  }

  /// Fails if a derivative is wrong; counts where the differences cannot tell, as near a kink.
  private static void compare(
      double slope, Difference numeric, double tolerance, double scale, Plan plan) {
    differences++;
    if (numeric.error() > 0.1 * tolerance * scale + 1e-10) {
      skipped++;
      return;
    }
    assertEquals(
        numeric.value(),
        slope,
        tolerance * scale + 1e-9,
        () -> "differencing error " + numeric.error() + ", of " + plan.calls);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyWayToTheSameGradientGivesTheSameNumbers(@ForAll("programs") Program program) {
    Plan plan = new Plan(program);
    Recording run = Recording.of(plan);
    if (!run.loss().requiresGrad()) {
      return;
    }
    List<Variable> once = Autograd.grad(run.loss(), run.leaves);
    List<Variable> again = Autograd.grad(run.loss(), run.leaves);
    List<Variable> plain = Autograd.noGrad(() -> Autograd.grad(run.loss(), run.leaves));
    List<Variable> anew = Autograd.grad(Recording.of(plan).loss(), run.leaves);
    Recording twin = Recording.of(plan);
    twin.loss().backward();
    run.loss().backward();
    for (int i = 0; i < run.leaves.size(); i++) {
      assertNull(anew.get(i), "another recording has other leaves");
      Leaf leaf = run.leaves.get(i);
      if (once.get(i) == null) {
        assertNull(leaf.grad());
        continue;
      }
      assertNotNull(leaf.grad());
      assertEquals(leaf.shape(), leaf.grad().shape());
      Tensor recorded = once.get(i).value();
      assertTrue(recorded.sameBits(again.get(i).value()), plan.calls::toString);
      Tensor expected = plain.get(i).value();
      Stream.of(leaf.grad(), twin.leaves.get(i).grad())
          .forEach(bits -> assertTrue(expected.sameBits(bits), plan.calls::toString));
      assertNear(recorded.toDoubleArray(), expected.toDoubleArray(), plan);
    }
  }

  /// A fused operation's derivative is recorded as that of a composition, which rounds otherwise.
  private static void assertNear(double[] expected, double[] actual, Plan plan) {
    double scale = 1;
    for (double element : expected) {
      scale = Math.max(scale, Math.abs(element));
    }
    assertArrayEquals(expected, actual, 1e-12 * scale, plan.calls::toString);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theOrderOfRecordingDoesNotMatter(@ForAll("programs") Program program) {
    Plan plan = new Plan(program);
    Recording run = Recording.of(plan);
    Recording other = Recording.shuffled(plan, new SplittableRandom(program.seed()));
    assertTrue(run.loss().value().sameBits(other.loss().value()));
    if (!run.loss().requiresGrad()) {
      return;
    }
    List<double[]> directions = directions(plan);
    double magnitude = plan.compute(directions).getLast().magnitude[0];
    assertEquals(run.along(directions).item(), other.along(directions).item(), 1e-13 * magnitude);
  }

  @Example
  void theGeneratorUsesEveryInstruction() {
    TreeSet<String> missing = new TreeSet<>(List.of("Constant", "Affine", "MatMul", "Where"));
    missing.addAll(List.of("Detach", "Stack", "Cat"));
    Stream.of(Curve.values()).forEach(curve -> missing.add(curve.name()));
    Stream.of(Pair.values()).forEach(pair -> missing.add(pair.name()));
    Stream.of(Call.Fold.values()).forEach(fold -> missing.add(fold.name()));
    for (Class<?> move : Move.class.getPermittedSubclasses()) {
      missing.add(move.getSimpleName());
    }
    RandomGenerator<Program> generator = Program.any().generator(1000);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      missing.removeAll(new Plan(generator.next(random).value()).kinds());
    }
    assertEquals(new TreeSet<>(), missing);
  }

  @AfterContainer
  static void enoughWasCompared() {
    System.out.printf(
        "Random graphs: %d against dual numbers, %d kinds of calls; %d against differences, of"
            + " which %d skipped near kinks%n",
        graphs, KINDS.size(), differences, skipped);
    assertTrue(graphs == 0 || graphs >= 200, "too few of the programs have a gradient: " + graphs);
    assertTrue(skipped <= 0.05 * differences, skipped + " of " + differences + " skipped");
  }

  private static List<double[]> directions(Plan plan) {
    return plan.leaves.stream().map(leaf -> plan.numbers(leaf.length)).toList();
  }

  /// `Σ |gradient · direction|`: what the slope would be if nothing cancelled.
  private static double magnitude(Recording run, List<double[]> directions) {
    List<Variable> gradients = Autograd.grad(run.loss(), run.leaves);
    double sum = 0;
    for (int i = 0; i < directions.size(); i++) {
      if (gradients.get(i) != null) {
        double[] gradient = gradients.get(i).value().toDoubleArray();
        for (int j = 0; j < gradient.length; j++) {
          sum += Math.abs(gradient[j] * directions.get(i)[j]);
        }
      }
    }
    return sum;
  }

  private static double dot(List<double[]> a, List<double[]> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < a.get(i).length; j++) {
        sum += a.get(i)[j] * b.get(i)[j];
      }
    }
    return sum;
  }

  private static double norm(List<double[]> a) {
    return Math.sqrt(dot(a, new ArrayList<>(a)));
  }
}
