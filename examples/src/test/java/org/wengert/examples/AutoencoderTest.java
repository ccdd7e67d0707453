package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderTest {
  private static final Pattern OTHERS = Pattern.compile("(?m)^ +\\d+ +\\d+ +\\S+ +([0-9.]+)");

  @TempDir private Path folder;

  @Test
  void digitsItNeverSawAreDrawnBetterAndBetter() throws IOException {
    String[] args = {
      "--epochs", "6", "--samples", "1000", "--lr", "0.004", "--out", folder.toString()
    };
    Printed printed = Printed.by(() -> Launcher.run(new Autoencoder(), args));
    assertEquals("", printed.err());
    Matcher others = OTHERS.matcher(printed.out());
    assertTrue(others.find(), printed.out());
    double first = Double.parseDouble(others.group(1));
    double last = others.results().mapToDouble(m -> Double.parseDouble(m.group(1))).min().orElse(9);
    assertTrue(last < 0.7 * first, printed.out());
    for (String picture : new String[] {"again.png", "between.png"}) {
      assertTrue(ImageIO.read(folder.resolve(picture).toFile()).getWidth() > 500);
    }
    assertEquals(0, printed.code());
  }

  @Test
  void aBadNumberIsOneLine() {
    Printed printed = Printed.by(() -> Launcher.run(new Autoencoder(), "--workers", "-1"));
    assertEquals("--workers -1: expected 0 to 64" + System.lineSeparator(), printed.err());
    assertEquals(2, printed.code());
  }
}
