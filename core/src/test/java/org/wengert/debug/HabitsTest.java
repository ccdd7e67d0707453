package org.wengert.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// What `Autograd.debug` warns of: habits that compute something, but hardly what was meant.
class HabitsTest {
  private static final Logger LOGGER = Logger.getLogger("org.wengert");

  private final List<String> log = new ArrayList<>();
  private final Parameter w = new Parameter(Tensor.of(1.0, 2.0, 3.0)).named("w");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          log.add(line.getLevel() + " " + line.getMessage().replaceAll("\\.java:\\d+", ""));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  private void update() {
    w.assign(w.value().copy());
  }

  @Test
  void aSumOfLossesThatGrowsFromUpdateToUpdateIsTold() {
    Autograd.debug(
        () -> {
          Variable total = Variable.constant(0);
          for (int i = 0; i < 20; i++) {
            total = total.add(F.exp(w.neg()).sum());
            update();
          }
        });
    assertEquals(
        List.of(
            "WARNING add at HabitsTest keeps the graphs of 8 updates of the parameters alive, and"
                + " they grow: add loss.item(), or detach() what goes from one step to the next"),
        log);
  }

  @Test
  void aSumWithinOneUpdateAndASumOfNumbersAreFine() {
    Autograd.debug(
        () -> {
          double sum = 0;
          for (int i = 0; i < 20; i++) {
            Variable total = Variable.constant(0);
            for (int part = 0; part < 20; part++) {
              total = total.add(F.exp(w.neg()).sum());
            }
            w.zeroGrad();
            total.backward();
            sum += total.item();
            update();
          }
          assertTrue(sum > 0);
        });
    assertEquals(List.of(), log);
  }

  @Test
  void aSoftmaxOfASoftmaxIsTold() {
    Variable target = Variable.constant(Tensor.of(new long[] {1}));
    for (boolean once : new boolean[] {true, false}) {
      Autograd.debug(
          () -> {
            Variable scores = w.reshape(1, 3);
            for (int i = 0; i < 3; i++) {
              F.crossEntropy(once ? scores : F.softmax(scores, 1).reshape(1, 3), target);
            }
          });
    }
    assertEquals(
        List.of(
            "WARNING crossEntropy at HabitsTest takes the softmax of one at HabitsTest: give it"
                + " the scores, without softmax"),
        log);
  }

  @Test
  void gradientsFromBeforeAnUpdateAreTold() {
    Autograd.debug(
        () -> {
          for (int i = 0; i < 3; i++) {
            w.square().sum().backward();
            w.square().sum().backward(); // in parts: as it should be
            if (i > 0) {
              break;
            }
            update();
          }
        });
    assertEquals(
        List.of(
            "WARNING the gradient of 'w' is added to that from before its last update: call"
                + " optimizer.zeroGrad() before backward()"),
        log);
    log.clear();
    Autograd.debug(
        () -> {
          for (int i = 0; i < 3; i++) {
            w.zeroGrad();
            w.square().sum().backward();
            update();
          }
        });
    assertEquals(List.of(), log);
  }

  @Test
  void nobodyIsWarnedUnasked() {
    for (int i = 0; i < 3; i++) {
      F.softmax(F.softmax(w, 0), 0).square().sum().backward();
      update();
    }
    assertEquals(List.of(), log);
  }
}
