package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.optim.SGD;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Stateful;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;

class LearningRateFinderTest {
  private final LearningRateFinder finder = LearningRateFinder.defaults();

  @Test
  void aShortTrainingWithTheSuggestionBeatsSmallerAndLargerRates() {
    Sequential model = Lines.model(1);
    SGD optimizer = new SGD(model.parameters(), 0.5);
    LearningRateCurve curve = finder.find(model, new MSELoss(), optimizer, Lines.loader(40, 8));
    double rate = curve.orThrow();
    assertTrue(rate > 1e-3 && rate < 1, curve.toString());
    assertTrue(lossAfter(rate) < lossAfter(rate / 30));
    assertTrue(lossAfter(rate) < lossAfter(rate * 30));
  }

  private static double lossAfter(double rate) {
    Sequential model = Lines.model(1);
    try {
      return Trainer.defaults()
          .epochs(4)
          .fit(model, new MSELoss(), new SGD(model.parameters(), rate), Lines.loader(40, 8))
          .epochs()
          .getLast()
          .loss();
    } catch (org.wengert.StateException e) {
      return Double.POSITIVE_INFINITY;
    }
  }

  @Test
  void afterwardsEverythingIsAsItWas() {
    Sequential model = Lines.model(1);
    Adam optimizer = new Adam(model.parameters(), 0.01);
    DataLoader<Sample> loader = Lines.loader(40, 8);
    Trainer.defaults().epochs(1).fit(model, new MSELoss(), optimizer, loader);
    model.eval();
    List<Stateful> parts = List.of(model, model.generators(), optimizer, loader, Rng.current());
    List<String> before = bits(parts);
    finder.find(model, new MSELoss(), optimizer, loader);
    assertEquals(before, bits(parts));
    assertTrue(!model.isTraining());
    assertTrue(model.parameters().stream().noneMatch(p -> p.hasGrad()));
  }

  @Test
  void aLoopThatWasLeftIsStillLeft() {
    Sequential model = Lines.model(1);
    DataLoader<Sample> loader = Lines.loader(40, 4);
    int taken = 0;
    for (Sample batch : loader) {
      taken += batch.input().size(0) / 4;
      if (taken == 3) {
        break;
      }
    }
    finder.find(model, new MSELoss(), new SGD(model.parameters(), 0.5), loader);
    assertEquals(3, loader.taken());
    int batches = 0;
    for (Sample batch : loader) {
      batches += batch.input().size(0) / 4;
    }
    assertEquals(10, batches, "a whole epoch");
    assertEquals(1, loader.epoch());
  }

  private static List<String> bits(List<Stateful> parts) {
    List<String> bits = new ArrayList<>();
    for (Stateful part : parts) {
      part.stateDict()
          .forEach(
              (key, tensor) -> {
                for (double x : tensor.toDoubleArray()) {
                  bits.add(key + Double.toHexString(x));
                }
              });
    }
    return bits;
  }

  @Test
  void ratesGrowByTheSameFactorUntilTheLossExplodes() {
    Sequential model = Lines.model(1);
    SGD optimizer = new SGD(model.parameters(), 0.5);
    LearningRateCurve curve =
        finder
            .between(1e-4, 1e4)
            .steps(81)
            .smoothing(0)
            .find(model, new MSELoss(), optimizer, Lines.loader(40, 8));
    for (int i = 1; i < curve.rates().size(); i++) {
      assertEquals(Math.pow(10, 0.1), curve.rates().get(i) / curve.rates().get(i - 1), 1e-9);
    }
    int n = curve.losses().size();
    assertTrue(n < 81, "it went on to the end");
    assertEquals(curve.losses(), curve.smoothed());
    double least = curve.losses().stream().limit(n - 1).min(Double::compare).orElseThrow();
    assertTrue(curve.losses().getLast() > 4 * least);
  }

  @Test
  void theSuggestionIsWhereTheLossFallsMost() {
    List<Double> rates = List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0);
    LearningRateCurve curve = LearningRateCurve.of(rates, List.of(4.0, 3.9, 3.0, 1.0, 0.9, 8.0), 0);
    assertEquals(1e-2, curve.suggestion());
    assertEquals(
        "begin with 0.010: there the loss falls most steeply; it was looked at from 0.00010 to 10",
        curve.toString());
    LearningRateCurve rising =
        LearningRateCurve.of(rates, List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), 0);
    OptionException e = assertThrows(OptionException.class, rising::orThrow);
    assertTrue(
        e.getMessage().startsWith("the loss falls at no rate between 1.0E-4 and 10.0"),
        e.getMessage());
  }

  @Test
  void numbersOutsideTheirDomainsAreRefused() {
    assertThrows(OptionException.class, () -> finder.between(0, 1));
    assertThrows(OptionException.class, () -> finder.between(1, 0.5));
    assertThrows(OptionException.class, () -> finder.steps(3));
    assertThrows(OptionException.class, () -> finder.smoothing(1));
  }
}
