package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.Checkpoint;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.train.data.Normalize;

/// The README's Java blocks are regions of [QuickStart], which is compiled and run.
class ReadmeTest {
  @TempDir Path folder;

  @Test
  void everyJavaBlockIsARegionOfTheQuickStart() {
    Regions.assertShown("README.md", "QuickStart.java");
  }

  @Test
  void theTreeIsWhatIsPrinted() {
    Regions.assertPrinted("README.md", Printed.byMain(QuickStart::chainRule));
  }

  @Test
  void theQuickStartRuns() {
    QuickStart.firstGradient();
    QuickStart.ownOperation();
    QuickStart.ownLoop();
    assertTrue(QuickStart.training() > 0.95);
  }

  @Test
  void aNewcomersProgramReadsTrainsDrawsAndSaves() throws IOException, InterruptedException {
    Files.write(folder.resolve("iris.csv"), flowers(new Rng(7)));
    List<String> printed =
        ChildJvm.lines(ChildJvm.start(Files.writeString(folder.resolve("Iris.java"), program())));
    Matcher accuracy = Pattern.compile("\\{accuracy=([0-9.]+)}").matcher(printed.getLast());
    assertTrue(accuracy.matches() && Double.parseDouble(accuracy.group(1)) >= 0.95, "" + printed);
    assertTrue(ImageIO.read(folder.resolve("iris.png").toFile()).getWidth() > 400);
    Module again = new Sequential(new Linear(4, 16), new ReLU(), new Linear(16, 3));
    Normalize scale = new Normalize();
    Path saved = folder.resolve("iris.safetensors");
    assertEquals(40, Checkpoint.of("net", again).with("scale", scale).load(saved));
    assertEquals(Shape.of(4), scale.shift().shape());
  }

  private static String program() {
    return Regions.programs("README.md").get("Iris.java");
  }

  @Test
  void itHasNoMoreThan25Lines() {
    assertTrue(program().lines().count() <= 25, program());
  }

  /// Flowers of three species, fifty of each, about as large as Fisher's irises.
  private static List<String> flowers(Rng random) {
    double[][] means = {{5, 3.4, 1.5, 0.2}, {5.9, 2.8, 4.3, 1.3}, {6.6, 3, 5.6, 2}};
    List<String> lines = new ArrayList<>(List.of("species,sepal length,sepal width,length,width"));
    for (int flower = 0; flower < 150; flower++) {
      StringBuilder line = new StringBuilder(List.of("a", "b", "c").get(flower % 3));
      for (double mean : means[flower % 3]) {
        line.append(',').append(mean + 0.4 * (random.nextDouble() - 0.5));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
