package org.wengert.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.wengert.Variable;

/// Every layer of the library: how to make it, good inputs, wrong inputs, and how it prints. From
/// an entry here follow all claims of [LayerClaims]; a public layer without one fails.
final class LayerCatalogue {
  private LayerCatalogue() {}

  /// A layer as it is made and used.
  ///
  /// @param make the layer; all its randomness comes from the generator
  /// @param prints the layer as text
  /// @param inputs what it is called with
  /// @param call how
  /// @param refused wrong inputs, and a part of the message that each must give
  /// @param anyShape whether no shape is wrong
  record Entry<M extends Module>(
      Function<RandomGenerator, M> make,
      String prints,
      List<Sample> inputs,
      BiFunction<M, List<Variable>, Variable> call,
      List<Refusal> refused,
      boolean anyShape) {
    /// Adds wrong inputs, which must be refused with a message that contains `text`.
    Entry<M> refuses(String text, Sample... wrong) {
      refused.add(new Refusal(text, List.of(wrong)));
      return this;
    }

    /// This entry called in another way than by `forward`.
    Entry<M> called(BiFunction<M, List<Variable>, Variable> how) {
      return new Entry<>(make, prints, inputs, how, refused, anyShape);
    }

    /// This entry of a layer that works on each number by itself.
    Entry<M> elementwise() {
      return new Entry<>(make, prints, inputs, call, refused, true);
    }

    @Override
    public String toString() {
      return prints.lines().findFirst().orElseThrow();
    }
  }

  /// Inputs that do not fit, and what the message must say.
  record Refusal(String text, List<Sample> inputs) {}

  /// All entries, from all files of them.
  static List<Entry<?>> entries() {
    return Stream.of(
            LinearEntries.list(),
            ActivationEntries.list(),
            NormalizationEntries.list(),
            ConvolutionEntries.list(),
            PoolingEntries.list(),
            ImageEntries.list(),
            SequenceEntries.list(),
            RecurrentEntries.list(),
            AttentionEntries.list(),
            ContainerEntries.list())
        .<Entry<?>>flatMap(List::stream)
        .toList();
  }

  /// An entry for a layer that is called by `forward` on its one or two inputs.
  static <M extends Module> Entry<M> entry(
      Function<RandomGenerator, M> make, String prints, Sample... inputs) {
    return new Entry<>(
        make, prints, List.of(inputs), LayerCatalogue::forward, new ArrayList<>(), false);
  }

  private static Variable forward(Module layer, List<Variable> xs) {
    return layer instanceof PairLayer pair && xs.size() == 2
        ? pair.forward(xs.get(0), xs.get(1))
        : layer.forward(xs.getFirst());
  }
}
