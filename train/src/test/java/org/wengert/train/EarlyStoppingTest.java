package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Sequential;
import org.wengert.optim.SGD;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.metric.Metric;

class EarlyStoppingTest {
  private final Trainer trainer = Trainer.defaults().messages(line -> {});

  @Test
  void earlyStoppingRestoresTheBestEpoch() {
    Sequential model = Lines.model(1);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    List<String> after = new ArrayList<>();
    Callback.AfterEpoch worsen =
        epoch -> {
          after.add(Lines.weights(model));
          if (epoch.epoch() == 4) {
            optimizer.learningRates(3);
          }
        };
    History history =
        trainer
            .epochs(50)
            .validation(Lines.validation())
            .earlyStopping(EarlyStopping.defaults().patience(3))
            .callbacks(worsen)
            .fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
    assertEquals(7, history.epochs().size());
    assertEquals("no better for 3 epochs; the best was 4", history.end());
    assertEquals(after.get(3), Lines.weights(model));
  }

  @Test
  void theGoalMayBeAMetric() {
    Sequential model = Lines.model(1);
    Trainer more =
        trainer
            .epochs(9)
            .metrics(Lines.Distance::new)
            .goal(Goal.maximize("distance"))
            .earlyStopping(EarlyStopping.defaults().patience(2));
    SGD optimizer = new SGD(model.parameters(), 0.1);
    History history = more.fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
    assertEquals("no better for 2 epochs; the best was 1", history.end());
    OptionException e =
        assertThrows(
            OptionException.class,
            () ->
                more.goal(Goal.maximize("accuracy"))
                    .fit(model, new MSELoss(), optimizer, Lines.loader(20, 8)));
    assertEquals(
        "the goal 'accuracy' is not among [loss, distance]\n"
            + "  hint: name the loss or a metric of this trainer",
        e.getMessage());
  }

  @Test
  void aGoalThatIsNeverANumberIsNamed() {
    Sequential model = Lines.model(1);
    History history =
        trainer
            .metrics(Undefined::new)
            .goal(Goal.maximize("area"))
            .earlyStopping(EarlyStopping.defaults().patience(2))
            .fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8));
    assertEquals("no better for 2 epochs: 'area' was never a number", history.end());
  }

  /// As ROC-AUC is of one class.
  private static final class Undefined implements Metric {
    @Override
    public String name() {
      return "area";
    }

    @Override
    public void add(Tensor output, Tensor target) {
      // says nothing
    }

    @Override
    public double value() {
      return Double.NaN;
    }

    @Override
    public void reset() {
      // nothing to forget
    }

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      return new LinkedHashMap<>();
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      // nothing to know
    }
  }
}
