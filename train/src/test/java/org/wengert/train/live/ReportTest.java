package org.wengert.train.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.tensor.Rng;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.StepReport;
import org.wengert.train.plot.Curves;

class ReportTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>{{data}}$1";

  @TempDir Path folder;

  private static History history() {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(HOSTILE, Double.NaN);
    return new History(
        List.of(new StepReport(1, 1, 1, 1, 8, 2.5, 0.1, 3)),
        List.of(new EpochReport(1, 1, 1, 2.5, metrics, Double.NaN, metrics, 0.1, 1)),
        HOSTILE);
  }

  private static JsonObject data(String page) {
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(begin) + begin.length();
    return JsonParser.parseString(page.substring(from, page.indexOf("</script>", from)))
        .getAsJsonObject();
  }

  @Test
  void theFileHasEverythingAndNamesEndNothing() throws Exception {
    Path file = folder.resolve("new/report.html");
    Variable y = Variable.of(2.0).named("x").tanh().mul(3).named("y");
    Report.of(history(), new Linear(2, 3, new Rng(1)))
        .title(HOSTILE)
        .option(HOSTILE, 7)
        .graph(Graph.of(y))
        .picture(HOSTILE, Curves.of("c").size(200, 100))
        .write(file);
    String page = Files.readString(file);
    assertEquals(2, page.split("</script>", -1).length - 1, "the page's own two");
    assertFalse(page.contains("<img"));
    assertTrue(page.contains("connect-src 'none'"));
    JsonObject data = data(page);
    assertEquals(HOSTILE, data.get("end").getAsString());
    List<String> texts =
        data.getAsJsonArray("texts").asList().stream()
            .map(t -> t.getAsJsonObject().get("text").getAsString())
            .toList();
    assertEquals(HOSTILE + " = 7", texts.get(0));
    assertTrue(texts.get(2).endsWith("9 in all"), texts.get(2));
    assertEquals("4 values\n1 × mul\n1 × tanh", texts.get(3));
    assertEquals(1, data.getAsJsonArray("pictures").size());
  }

  @Test
  void oneCallWritesAReport() throws Exception {
    Path file = folder.resolve("report.html");
    Report.write(history(), new Linear(2, 3, new Rng(1)), file);
    JsonObject data = data(Files.readString(file));
    assertEquals(1, data.getAsJsonArray("steps").size());
    assertEquals(1, data.getAsJsonArray("epochs").size());
    assertEquals("Linear", data.get("title").getAsString());
  }

  @Test
  void aModelWithoutANameIsCalledModel() {
    assertEquals("Sequential", RunPage.title(new Sequential()));
    assertEquals(
        "Model",
        RunPage.title(
            new Module() {
              @Override
              public Variable forward(Variable x) {
                return x;
              }
            }));
  }
}
