package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Synthetic;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.metric.ConfusionMatrix;

class EvaluationTest {
  private final Module model =
      new Sequential(new Linear(2, 2, new Rng(1)), new Dropout(0.5, new Rng(2)));

  private static DataLoader<Sample> loader(int size) {
    return DataLoader.of(
        Synthetic.moons(size, 0.1, new Rng(3)), DataLoader.Options.defaults().batchSize(16));
  }

  @Test
  void itIsWhatTheValidationOfAFitSays() {
    EpochReport last =
        Trainer.defaults()
            .epochs(3)
            .validation(loader(50))
            .metrics(Accuracy::new, () -> new ConfusionMatrix(2))
            .fit(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.1), loader(60))
            .epochs()
            .getLast();
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.add(Tensor.of(1), Tensor.of(0)); // of another use
    Evaluation found =
        Trainer.evaluate(model, new CrossEntropyLoss(), loader(50), new Accuracy(), matrix);
    assertEquals(last.validationLoss(), found.loss(), 1e-7);
    assertEquals(last.validationMetrics(), found.metrics());
    assertEquals(List.of("accuracy", "confusion matrix"), List.copyOf(found.metrics().keySet()));
    assertEquals(50, matrix.total());
    assertEquals(found.metrics().get("accuracy"), matrix.value());
    assertTrue(model.isTraining(), "as it was before");
  }

  @Test
  void aLoaderWithoutABatchIsRefused() {
    DataLoader<Sample> none =
        DataLoader.of(
            Synthetic.moons(5, 0.1, new Rng(3)), DataLoader.Options.defaults().dropLast(true));
    OptionException e =
        assertThrows(
            OptionException.class,
            () -> Trainer.evaluate(model, new CrossEntropyLoss(), none, new Accuracy()));
    assertTrue(e.getMessage().startsWith("the loader has no batch: 5 samples"), e.getMessage());
  }
}
