package org.wengert.tensor.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String NAME = "wengert.test.setting";
  private static final Logger LOGGER = Logger.getLogger("org.wengert");

  private final List<String> log = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          log.add(line.getLevel() + " " + line.getMessage());
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
    System.clearProperty(NAME);
  }

  @Test
  void whatIsNotSetIsTheDefaultAndNoNews() {
    assertEquals("on", Settings.choice(NAME, "on", "off"));
    assertEquals(4, Settings.count(NAME, 4, 9));
    assertEquals(List.of(), log);
  }

  @Test
  void whatIsAllowedIsTaken() {
    System.setProperty(NAME, "off");
    assertEquals("off", Settings.choice(NAME, "on", "off"));
    System.setProperty(NAME, " 9 ");
    assertEquals(9, Settings.count(NAME, 4, 9));
    assertEquals(List.of(), log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "0", "-1", "10", "2.5", "99999999999"})
  void aMistypedNumberIsAnsweredByOneLine(String given) {
    System.setProperty(NAME, given);
    assertEquals(4, Settings.count(NAME, 4, 9));
    String line = "WARNING -D%s=%s is ignored, 4 taken; allowed: whole numbers from 1 to 9";
    assertEquals(List.of(line.formatted(NAME, given)), log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "", "OFF", "of"})
  void aMistypedWordIsAnsweredByOneLine(String given) {
    System.setProperty(NAME, given);
    assertEquals("on", Settings.choice(NAME, "on", "off"));
    String line = "WARNING -D%s=%s is ignored, on taken; allowed: on, off";
    assertEquals(List.of(line.formatted(NAME, given)), log);
  }
}
