package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.check.GradientAssert.assertThatGradientOfList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.Variable;
import org.wengert.io.Safetensors;
import org.wengert.nn.LayerCatalogue.Entry;
import org.wengert.nn.LayerCatalogue.Refusal;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What every layer of the library promises, generated from [LayerCatalogue].
class LayerClaims {
  private static final long SEED = 7;

  @TempDir Path directory;

  /// A layer of an entry, made in `FLOAT64`, with inputs.
  private record Subject<M extends Module>(Entry<M> entry, M layer, List<Tensor> inputs) {
    static <M extends Module> Subject<M> of(Entry<M> entry) {
      return new Subject<>(entry, made(entry, SEED), sampled(entry.inputs()));
    }

    /// The output; the thread's generator starts anew, so that dropout drops the same every time.
    Variable output(M layer, List<? extends Variable> xs) {
      Rng.seed(SEED);
      return entry.call().apply(layer, List.copyOf(xs));
    }

    Tensor output(M layer) {
      return output(layer, constants(inputs)).value();
    }

    /// Trains once, so that what a layer keeps in buffers is no longer as it was made.
    Subject<M> used() {
      output(layer);
      return this;
    }
  }

  private static <M extends Module> M made(Entry<M> entry, long seed) {
    M layer = entry.make().apply(new Rng(seed));
    layer.to(DType.FLOAT64);
    return layer;
  }

  private static List<Tensor> sampled(List<Sample> samples) {
    Rng random = new Rng(SEED + 1);
    return samples.stream().map(sample -> sample.of(random)).toList();
  }

  private static List<Variable> constants(List<Tensor> values) {
    return values.stream().<Variable>map(Variable::constant).toList();
  }

  private static Stream<DynamicTest> forEach(Consumer<Entry<?>> claim) {
    AtomicInteger number = new AtomicInteger();
    return LayerCatalogue.entries().stream()
        .map(e -> dynamicTest(number.incrementAndGet() + " " + e, () -> claim.accept(e)));
  }

  @TestFactory
  Stream<DynamicTest> hasTheGradientsThatDifferencesGive() {
    return forEach(entry -> requireGradients(Subject.of(entry).used()));
  }

  /// In training and, if the output is another there, in evaluation.
  private static <M extends Module> void requireGradients(Subject<M> subject) {
    M layer = subject.layer;
    Tensor trained = subject.output(layer);
    requireGradients(subject, layer);
    layer.eval();
    if (!subject.output(layer).sameBits(trained)) {
      requireGradients(subject, layer);
    }
  }

  private static <M extends Module> void requireGradients(Subject<M> subject, M layer) {
    List<Tensor> floating =
        subject.inputs.stream().filter(input -> input.dtype().isFloating()).toList();
    if (floating.isEmpty() && layer.parameters().isEmpty()) {
      return;
    }
    assertThatGradientOfList(xs -> subject.output(layer, Sample.merged(subject.inputs, xs)))
        .at(floating.toArray(new Tensor[0]))
        .withParameters(layer.parameters())
        .isCorrectToSecondOrder();
  }

  @TestFactory
  Stream<DynamicTest> givesTheSameBitsAfterItsStateWasSavedAndLoaded() {
    return forEach(entry -> requireSaved(Subject.of(entry).used()));
  }

  private <M extends Module> void requireSaved(Subject<M> subject) {
    M other = made(subject.entry, SEED + 2);
    other.loadStateDict(throughFile(subject.layer.stateDict()));
    for (boolean training : new boolean[] {false, true}) {
      subject.layer.train(training);
      other.train(training);
      assertSameState(subject.layer.stateDict(), other.stateDict());
      assertTrue(subject.output(subject.layer).sameBits(subject.output(other)));
    }
    assertSameState(subject.layer.stateDict(), other.stateDict());
  }

  private Map<String, Tensor> throughFile(Map<String, Tensor> state) {
    try {
      Path file = Files.createTempFile(directory, "layer", ".safetensors");
      Safetensors.write(file, state);
      return Safetensors.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSameState(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
    expected.forEach((key, value) -> assertTrue(value.sameBits(actual.get(key)), key));
  }

  @TestFactory
  Stream<DynamicTest> isCopiedToAnIndependentLayerOfTheSameBits() {
    return forEach(entry -> requireCopied(Subject.of(entry).used()));
  }

  @SuppressWarnings("unchecked") // a copy has the class of its original
  private static <M extends Module> void requireCopied(Subject<M> subject) {
    Map<String, Tensor> before = subject.layer.stateDict();
    M copy = (M) subject.layer.copy();
    assertEquals(subject.layer.toString(), copy.toString());
    assertSameState(before, copy.stateDict());
    subject.layer.eval();
    copy.eval();
    assertTrue(subject.output(subject.layer).sameBits(subject.output(copy)));
    copy.parameters().forEach(p -> p.assign(Tensor.full(p.shape(), 0.125, p.dtype())));
    copy.buffers().forEach(b -> b.assign(Tensor.full(b.value().shape(), 3, b.value().dtype())));
    assertSameState(before, subject.layer.stateDict());
  }

  @TestFactory
  Stream<DynamicTest> printsItsSettings() {
    return forEach(
        entry -> assertEquals(entry.prints(), entry.make().apply(new Rng(SEED)).toString()));
  }

  @TestFactory
  Stream<DynamicTest> isMadeOfTheSameBitsByTheSameSeed() {
    return forEach(
        entry -> {
          Rng.seed(1);
          Map<String, Tensor> first = entry.make().apply(new Rng(SEED)).stateDict();
          Rng.seed(2);
          assertSameState(first, entry.make().apply(new Rng(SEED)).stateDict());
        });
  }

  @TestFactory
  Stream<DynamicTest> startsInFloat32AndComesNearTheResultsInFloat64() {
    return forEach(LayerClaims::requireFloat32);
  }

  private static <M extends Module> void requireFloat32(Entry<M> entry) {
    M single = entry.make().apply(new Rng(SEED));
    Subject<M> subject = Subject.of(entry);
    single.parameters().forEach(p -> assertEquals(DType.FLOAT32, p.dtype(), p.name()));
    Variable y = subject.output(single, constants(to(DType.FLOAT32, subject.inputs)));
    assertEquals(DType.FLOAT32, y.dtype());
    double[] wanted = subject.output(subject.layer).toDoubleArray();
    double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
    assertArrayEquals(wanted, y.value().toDoubleArray(), 1e-5 * Math.max(1, largest));
  }

  private static List<Tensor> to(DType type, List<Tensor> inputs) {
    return inputs.stream().map(x -> x.dtype().isFloating() ? x.to(type) : x).toList();
  }

  @TestFactory
  Stream<DynamicTest> refusesAnInputOfAnotherTypeThanItsWeights() {
    return forEach(
        entry -> {
          Subject<?> subject = Subject.of(entry);
          boolean floating = subject.inputs.stream().anyMatch(x -> x.dtype().isFloating());
          if (floating && !subject.layer.stateDict().isEmpty()) {
            requireTypeRefused(subject);
          }
        });
  }

  private static <M extends Module> void requireTypeRefused(Subject<M> subject) {
    assertFalse(new Model(subject.layer).namedModules().isEmpty());
    List<Variable> xs = constants(to(DType.FLOAT32, subject.inputs));
    DTypeException e = assertThrows(DTypeException.class, () -> subject.output(subject.layer, xs));
    String message = e.getMessage();
    assertTrue(message.contains("'decoder.fc"), message);
    assertTrue(message.contains("has FLOAT64 weights, got FLOAT32 input"), message);
  }

  /// A model with a layer two levels down.
  private static final class Model extends Module {
    private final Decoder decoder;

    Model(Module layer) {
      decoder = new Decoder(layer);
    }

    @Override
    public Variable forward(Variable x) {
      throw new UnsupportedOperationException("the layer is called");
    }

    private static final class Decoder extends Module {
      @SuppressWarnings("UnusedVariable") // found by reflection
      private final Module fc;

      Decoder(Module fc) {
        this.fc = fc;
      }

      @Override
      public Variable forward(Variable x) {
        throw new UnsupportedOperationException("the layer is called");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> refusesAWrongInputAndSaysWhere() {
    return forEach(entry -> entry.refused().forEach(wrong -> requireRefusal(entry, wrong)));
  }

  private static <M extends Module> void requireRefusal(Entry<M> entry, Refusal wrong) {
    M layer = made(entry, SEED);
    assertFalse(new Model(layer).namedModules().isEmpty());
    List<Variable> xs = constants(sampled(wrong.inputs()));
    WengertException e =
        assertThrows(WengertException.class, () -> entry.call().apply(layer, xs).value());
    String message = e.getMessage();
    assertTrue(message.contains("'decoder.fc"), message);
    assertTrue(message.contains(wrong.text()), message);
    assertTrue(message.contains("\n  hint: "), message);
  }

  @TestFactory
  Stream<DynamicTest> takesAnyShapeOrHasAnEntryWithAWrongOne() {
    Map<String, Integer> refusals = new LinkedHashMap<>();
    LayerCatalogue.entries()
        .forEach(e -> refusals.merge(typeOf(e).getSimpleName(), e.refused().size(), Integer::sum));
    return forEach(
        entry -> {
          if (entry.anyShape()) {
            requireAnyShape(entry);
          } else {
            assertTrue(refusals.get(typeOf(entry).getSimpleName()) > 0, "refuses nothing");
          }
        });
  }

  private static <M extends Module> void requireAnyShape(Entry<M> entry) {
    for (Shape shape : List.of(Shape.SCALAR, Shape.of(0), Shape.of(2, 1, 3, 1, 2))) {
      List<Variable> x = constants(List.of(Tensor.full(shape, 0.5, DType.FLOAT64)));
      assertEquals(shape, entry.call().apply(made(entry, SEED), x).shape());
    }
  }

  private static Class<?> typeOf(Entry<?> entry) {
    return entry.make().apply(new Rng(SEED)).getClass();
  }

  @Test
  void everyPublicLayerHasAnEntry() {
    TreeSet<String> listed = new TreeSet<>();
    LayerCatalogue.entries().forEach(entry -> listed.add(typeOf(entry).getSimpleName()));
    LossEntries.list()
        .forEach(e -> listed.add(e.make().apply(Reduction.MEAN).getClass().getSimpleName()));
    assertEquals(PublicLayers.names(), List.copyOf(listed));
  }
}
