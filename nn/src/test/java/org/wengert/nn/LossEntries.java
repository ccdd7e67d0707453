package org.wengert.nn;

import static org.wengert.nn.Sample.below;
import static org.wengert.nn.Sample.between;
import static org.wengert.nn.Sample.exactly;
import static org.wengert.nn.Sample.normal;
import static org.wengert.nn.Sample.signs;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.Tensor;

/// Every loss of the library: operands that fit, and operands that do not.
final class LossEntries {
  private static final Sample LOGITS = normal(3, 4);
  private static final Sample SHARES = between(0.1, 0.9, 3, 4);
  private static final Sample ROW = normal(4);

  private LossEntries() {}

  /// A loss and what it is called with.
  ///
  /// @param make the loss with a reduction
  /// @param inputs its operands
  /// @param wrong operands that must be refused with a message that names the loss
  record Entry<L extends Record>(
      Function<Reduction, L> make,
      BiFunction<L, List<Variable>, Variable> call,
      List<Sample> inputs,
      List<Sample> wrong) {
    /// The loss of operands.
    Variable of(Reduction reduction, List<Variable> inputs) {
      return call.apply(make.apply(reduction), inputs);
    }

    @Override
    public String toString() {
      return make.apply(Reduction.MEAN).toString();
    }
  }

  static List<Entry<?>> list() {
    return Stream.of(differences(), likelihoods(), classes(), margins(), ofThree(), sequences())
        .<Entry<?>>flatMap(List::stream)
        .toList();
  }

  /// A loss of an input and a target.
  private static <L extends Record & Loss> Entry<L> two(
      Function<Reduction, L> make, Sample input, Sample target, Sample wrong) {
    return new Entry<>(
        make,
        (l, xs) -> l.forward(xs.get(0), xs.get(1)),
        List.of(input, target),
        List.of(input, wrong));
  }

  private static List<Entry<?>> differences() {
    return List.of(
        two(MSELoss::new, LOGITS, normal(3, 4), ROW),
        two(L1Loss::new, LOGITS, normal(3, 4), ROW),
        two(SmoothL1Loss::new, LOGITS, normal(3, 4), ROW),
        two(r -> new SmoothL1Loss(r).beta(0.5), LOGITS, normal(3, 4), ROW),
        two(HuberLoss::new, LOGITS, normal(3, 4), ROW),
        two(r -> new HuberLoss(r).delta(0.5), LOGITS, normal(3, 4), ROW));
  }

  private static List<Entry<?>> likelihoods() {
    Tensor weight = Tensor.of(1.0, 2.0, 0.5, 3.0);
    return List.of(
        two(BCELoss::new, SHARES, between(0.2, 0.8, 3, 4), ROW),
        two(r -> new BCELoss(r).weight(weight), SHARES, between(0.2, 0.8, 3, 4), ROW),
        two(BCEWithLogitsLoss::new, LOGITS, SHARES, ROW),
        two(r -> new BCEWithLogitsLoss(r).weight(weight), LOGITS, SHARES, ROW),
        two(r -> new BCEWithLogitsLoss(r).posWeight(weight), LOGITS, SHARES, ROW),
        two(MultiLabelSoftMarginLoss::new, LOGITS, SHARES, ROW),
        two(r -> new MultiLabelSoftMarginLoss(r).weight(weight), LOGITS, SHARES, ROW),
        two(KLDivLoss::new, LOGITS, SHARES, ROW),
        two(r -> new KLDivLoss(r).logTarget(true), LOGITS, normal(3, 4), ROW),
        two(PoissonNLLLoss::new, LOGITS, between(1.1, 5, 3, 4), ROW),
        two(
            r -> new PoissonNLLLoss(r).logInput(false).full(true).eps(1e-6),
            between(1, 2, 3, 4),
            between(1.1, 5, 3, 4),
            ROW));
  }

  private static List<Entry<?>> classes() {
    Tensor weight = Tensor.of(1.0, 2.0, 0.5, 3.0);
    Sample some = exactly(2, 0, 3);
    return List.of(
        two(CrossEntropyLoss::new, LOGITS, below(4, 3), below(4, 2)),
        two(r -> new CrossEntropyLoss(r).weight(weight), LOGITS, below(4, 3), below(4, 2)),
        two(r -> new CrossEntropyLoss(r).ignoreIndex(0), LOGITS, some, below(4, 2)),
        two(r -> new CrossEntropyLoss(r).labelSmoothing(0.1), LOGITS, SHARES, ROW),
        two(NLLLoss::new, LOGITS, below(4, 3), below(4, 2)),
        two(r -> new NLLLoss(r).weight(weight).ignoreIndex(0), LOGITS, some, below(4, 2)),
        two(MultiMarginLoss::new, LOGITS, below(4, 3), below(4, 2)),
        two(
            r -> new MultiMarginLoss(r).p(2).margin(0.5).weight(weight),
            LOGITS,
            below(4, 3),
            exactly(1, 2, 4)),
        two(MultiLabelMarginLoss::new, normal(4), exactly(2, 0, -1, 1), below(4, 3)));
  }

  private static List<Entry<?>> margins() {
    return List.of(
        two(HingeEmbeddingLoss::new, LOGITS, signs(3, 4), signs(4)),
        two(r -> new HingeEmbeddingLoss(r).margin(2), LOGITS, signs(3, 4), signs(4)),
        two(SoftMarginLoss::new, LOGITS, signs(3, 4), signs(4)));
  }

  /// A loss of three operands, the last of which is wrong in the given way.
  private static <L extends Record> Entry<L> three(
      Function<Reduction, L> make, Of<L> call, Sample a, Sample b, Sample c, Sample wrong) {
    return new Entry<>(
        make,
        (l, xs) -> call.of(l, xs.get(0), xs.get(1), xs.get(2)),
        List.of(a, b, c),
        List.of(a, b, wrong));
  }

  @FunctionalInterface
  private interface Of<L> {
    Variable of(L loss, Variable a, Variable b, Variable c);
  }

  private static List<Entry<?>> ofThree() {
    Sample x = normal(3, 4);
    return List.of(
        three(GaussianNLLLoss::new, GaussianNLLLoss::forward, x, x, SHARES, normal(2)),
        three(
            r -> new GaussianNLLLoss(r).full(true).eps(1e-3),
            GaussianNLLLoss::forward,
            x,
            x,
            SHARES,
            normal(2)),
        three(MarginRankingLoss::new, MarginRankingLoss::forward, x, x, signs(3, 4), signs(4)),
        three(
            r -> new MarginRankingLoss(r).margin(0.5),
            MarginRankingLoss::forward,
            x,
            x,
            signs(3, 4),
            signs(4)),
        three(
            r -> new CosineEmbeddingLoss(r).margin(-0.9),
            CosineEmbeddingLoss::forward,
            x,
            x,
            signs(3),
            signs(4)),
        three(TripletMarginLoss::new, TripletMarginLoss::forward, x, x, x, ROW),
        three(
            r -> new TripletMarginLoss(r).margin(2).p(3).eps(1e-3).swap(true),
            TripletMarginLoss::forward,
            x,
            x,
            x,
            ROW),
        three(
            r -> new TripletMarginWithDistanceLoss(LossEntries::apart).reduction(r).swap(true),
            TripletMarginWithDistanceLoss::forward,
            x,
            x,
            x,
            normal(3)));
  }

  private static Variable apart(Variable a, Variable b) {
    return F.cosineSimilarity(a, b, 1, 1e-8).rsub(1);
  }

  private static List<Entry<?>> sequences() {
    Sample labels = exactly(1, 2, 1);
    Sample steps = exactly(5, 4);
    return List.of(
        new Entry<>(
            CTCLoss::new,
            (l, xs) -> l.forward(xs.get(0), xs.get(1), xs.get(2), xs.get(3)),
            List.of(normal(5, 2, 3), labels, steps, exactly(2, 1)),
            List.of(normal(5, 2, 3), labels, steps, exactly(2))));
  }
}
