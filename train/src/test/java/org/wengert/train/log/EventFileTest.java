package org.wengert.train.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.F;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.plot.Curves;

class EventFileTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.25Z");

  @TempDir Path folder;

  private EventFile file() {
    return EventFile.in(folder.resolve("run"), InstantSource.fixed(NOW));
  }

  private static Events.Message only(EventFile file) throws IOException {
    List<Events.Message> events = Events.read(file.path());
    assertEquals(1, events.size());
    return events.getFirst();
  }

  @Test
  void aFileBeginsAsThoseOfTensorFlowDo() throws IOException {
    byte[] first = Arrays.copyOf(Files.readAllBytes(file().path()), 13);
    assertEquals("1800000000000000a37f4b2209", HexFormat.of().formatHex(first));
  }

  @Test
  void aScalarHasTagStepTimeAndValue() throws IOException {
    EventFile file = file();
    file.scalar("loss é", 300, 0.1);
    Events.Message event = only(file);
    assertEquals(NOW.toEpochMilli() / 1e3, event.only(1));
    assertEquals(300L, event.only(2));
    Events.Message value = event.message(5).message(1);
    assertEquals("loss é", value.text(1));
    assertEquals(0.1f, value.only(2));
  }

  @Test
  void aHistogramCountsEveryFiniteNumberOnce() throws IOException {
    double[] values = {3, -1, 2, 2, Double.NaN, 0.5, Double.POSITIVE_INFINITY};
    EventFile file = file();
    file.histogram("w", 1, values);
    Events.Message histogram = only(file).message(5).message(1).message(5);
    assertEquals(-1.0, histogram.only(1));
    assertEquals(3.0, histogram.only(2));
    assertEquals(5.0, histogram.only(3));
    assertEquals(6.5, histogram.only(4));
    assertEquals(9 + 1 + 4 + 4 + 0.25, histogram.only(5));
    double[] limits = histogram.packed(6);
    double[] counts = histogram.packed(7);
    assertEquals(limits.length, counts.length);
    assertEquals(5, DoubleStream.of(counts).sum());
    assertArrayEquals(DoubleStream.of(limits).sorted().toArray(), limits);
    for (int i = 0; i < limits.length; i++) {
      double low = i == 0 ? Double.NEGATIVE_INFINITY : limits[i - 1];
      double high = limits[i];
      assertEquals(
          DoubleStream.of(3, -1, 2, 2, 0.5).filter(v -> v > low && v <= high).count(), counts[i]);
    }
  }

  @Test
  void equalNoneAndHugeNumbersHaveHistogramsToo() {
    for (double[] values : new double[][] {{}, {7, 7}, {0}, {1e308, -1e308}, {Double.NaN}}) {
      Buckets buckets = Buckets.of(values);
      double finite = DoubleStream.of(values).filter(Double::isFinite).count();
      assertEquals(finite, DoubleStream.of(buckets.counts()).sum(), Arrays.toString(values));
      assertTrue(DoubleStream.of(buckets.limits()).allMatch(Double::isFinite));
    }
  }

  @Test
  void anImageIsAPngWithItsSize() throws IOException {
    EventFile file = file();
    file.image("curve", 2, Curves.of("x").size(300, 200));
    Events.Message image = only(file).message(5).message(1).message(4);
    assertEquals(200L, image.only(1));
    assertEquals(300L, image.only(2));
    var decoded = ImageIO.read(new ByteArrayInputStream((byte[]) image.only(4)));
    assertEquals(300, decoded.getWidth());
    assertTrue(
        assertThrows(OptionException.class, () -> file.image("x", 1, new byte[99]))
            .getMessage()
            .startsWith("image 'x' of 99 bytes is no PNG"));
  }

  @Test
  void aTextIsAStringTensorOfThePluginText() throws IOException {
    EventFile file = file();
    file.text("note", 4, "# Größe");
    Events.Message value = only(file).message(5).message(1);
    assertEquals("text", value.message(9).message(1).text(1));
    Events.Message tensor = value.message(8);
    assertEquals(7L, tensor.only(1), "DT_STRING");
    assertEquals(1L, tensor.message(2).message(2).only(1), "one string");
    assertEquals("# Größe", tensor.text(8));
  }

  @Test
  void aGraphHasItsNodesInScopesWithInputsAndShapes() throws IOException {
    Variable w = Variable.of(Tensor.of(new double[][] {{1, 2}, {3, 4}})).named("w<1>");
    Variable y = Scope.named("layer.0", () -> F.relu(w)).sum();
    EventFile file = file();
    file.graph(Graph.of(y));
    Events.Message graph = Events.Message.class.cast(only(file).message(4));
    List<Events.Message> nodes = graph.messages(1);
    List<String> names = nodes.stream().map(n -> n.text(1)).toList();
    assertEquals(List.of("w_1__0", "layer/0/relu_1", "sum_2"), names);
    assertEquals(List.of("w_1__0"), nodes.get(1).texts(3));
    assertEquals(List.of("layer/0/relu_1"), nodes.get(2).texts(3));
    assertEquals("relu", nodes.get(1).text(2));
    Events.Message attribute = nodes.get(1).message(5);
    assertEquals("_output_shapes", attribute.text(1));
    List<Events.Message> axes = attribute.message(2).message(1).message(7).messages(2);
    assertEquals(List.of(2L, 2L), axes.stream().map(a -> a.only(1)).toList());
  }

  @Test
  void weightsStandInTheBoxOfTheirLayerAndNamesBeginAsTensorFlowWants() throws IOException {
    Sequential model = new Sequential(new Linear(2, 3, new Rng(1)), new Linear(3, 1, new Rng(1)));
    Variable x = Variable.constant(Tensor.ones(4, 2)).named("日本");
    EventFile file = file();
    file.graph(Graph.of(model.forward(x).sum()));
    List<String> names =
        Events.Message.class.cast(only(file).message(4)).messages(1).stream()
            .map(n -> n.text(1))
            .toList();
    assertTrue(names.stream().anyMatch(n -> n.matches("Sequential/1/weight_\\d+")), "" + names);
    for (String name : names) {
      assertTrue(name.matches("[A-Za-z0-9.][A-Za-z0-9_./]*"), name);
      List<String> path = List.of(name.split("/"));
      assertEquals(path.size(), Set.copyOf(path).size(), name + " is in a box too many");
    }
  }

  @Test
  void filesOfOneSecondAreSeveralAndARestartSaysFromWhere() throws IOException {
    EventFile first = file();
    EventFile second = file();
    assertTrue(first.path().compareTo(second.path()) < 0);
    second.restart(51);
    assertEquals(51L, only(second).only(2));
    assertEquals(1L, only(second).message(7).only(1), "START");
  }
}
