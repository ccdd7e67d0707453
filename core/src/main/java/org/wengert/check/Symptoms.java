package org.wengert.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.Leaf;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.check.Diagnosis.Kind;
import org.wengert.graph.Edge;
import org.wengert.graph.Graph;
import org.wengert.tensor.Tensor;

/// Finds the mistake in the rule for one operand: a cure is tried, and if the rule is right with it
/// at every input, what it cures was the mistake.
final class Symptoms {
  private final Subject subject;
  private final List<Trial> trials;
  private final int operand;
  private final String name;

  /// Some way to mend a rule, which gives null where it cannot be tried.
  private interface Cure extends Function<Trial, @Nullable Tensor> {}

  Symptoms(Subject subject, List<Trial> trials, int operand) {
    this.subject = subject;
    this.trials = trials;
    this.operand = operand;
    this.name = Diagnosis.name(operand, subject.arity());
  }

  /// The mistake, shown at the first input that shows it.
  Diagnosis diagnosis(Trial shown) {
    Factors factors = new Factors(subject, trials, operand);
    Diagnosis found = none(shown);
    found = found == null ? overwritten(shown) : found;
    found = found == null ? shape(shown) : found;
    found = found == null ? sign(shown) : found;
    found = found == null ? forgotten(shown) : found;
    found = found == null ? confused(shown) : found;
    found = found == null && subject.arity() > 1 ? factors.alone(shown) : found;
    found = found == null ? exchanged(shown) : found;
    found = found == null ? transposed(shown) : found;
    found = found == null ? notSummed(shown) : found;
    found = found == null ? factors.diagnosis(shown) : found;
    found = found == null ? notFinite() : found;
    return found != null ? found : says(shown, Kind.UNKNOWN, "different, and no typical mistake");
  }

  private Diagnosis says(Trial shown, Kind kind, String text) {
    return shown.says(kind, text, operand);
  }

  /// Whether the rule is right with this cure, wherever it was wrong, and as right where it was.
  private boolean heals(Cure cure) {
    for (Trial trial : trials) {
      Tensor mended = attempt(cure, trial);
      boolean isRight = trial.isRight(operand);
      if (mended == null ? !isRight : !Trial.isClose(mended, trial.right().get(operand))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Tensor attempt(Cure cure, Trial trial) {
    try {
      return cure.apply(trial);
    } catch (RuntimeException e) { // of the student's rule, called as it should not be
      return null;
    }
  }

  private @Nullable Diagnosis none(Trial shown) {
    for (Trial trial : trials) {
      Tensor given = trial.given().get(operand);
      if (given != null && !Trial.isZero(given)) {
        return null;
      }
    }
    return says(shown, Kind.NO_GRADIENT, "the rule gives none, or zeros");
  }

  /// Compares with the gradient of each single use of the operand.
  private @Nullable Diagnosis overwritten(Trial shown) {
    int uses = subject.isNew() ? 1 : uses(shown).size();
    for (int use = 0; use < uses && uses > 1; use++) {
      int one = use;
      boolean isThis = true;
      for (Trial trial : trials) {
        List<Tensor> shares = uses(trial);
        Tensor given = trial.given().get(operand);
        isThis &= given != null && one < shares.size() && Trial.isClose(given, shares.get(one));
      }
      if (isThis) {
        String text =
            " times, and the rule gives the gradient of one use only; add them up: += instead of =";
        return says(shown, Kind.OVERWRITTEN, name + " is used " + uses + text);
      }
    }
    return null;
  }

  private List<Tensor> uses(Trial trial) {
    List<Leaf> leaves = Subject.leaves(trial.xs());
    List<Tensor> shares = new ArrayList<>();
    try {
      Variable y = subject.forward(leaves);
      Graph graph = Graph.of(y, trial.gy());
      for (Edge edge : graph.uses(graph.vertex(leaves.get(operand)))) {
        if (edge.contribution() != null) {
          shares.add(edge.contribution());
        }
      }
    } catch (StateException e) { // not used at all
      return List.of();
    }
    return shares;
  }

  /// A gradient of the wrong shape.
  private @Nullable Diagnosis shape(Trial shown) {
    Trial odd = odd();
    if (odd == null) {
      return null;
    }
    if (heals(this::summed)) {
      return says(odd, Kind.NOT_SUMMED, unsummed(odd));
    }
    Diagnosis found = transposed(shown);
    found = found == null ? notFinite() : found;
    found = found == null ? mixed(odd) : found;
    if (found != null) {
      return found;
    }
    String text = "has shape " + shape(odd.given().get(operand)) + ", which is not that of " + name;
    return says(odd, Kind.WRONG_SHAPE, text);
  }

  /// The first gradient of a wrong shape, if possible of an operand that was repeated.
  private @Nullable Trial odd() {
    Trial odd = null;
    for (Trial trial : trials) {
      Tensor given = trial.given().get(operand);
      Tensor x = trial.xs().get(operand);
      boolean isOdd = given != null && !given.shape().equals(x.shape());
      if (isOdd && given.count() > x.count()) {
        return trial;
      }
      odd = odd == null && isOdd ? trial : odd;
    }
    return odd;
  }

  private String unsummed(Trial odd) {
    return String.format(
        "%s was repeated along an axis, and what comes back is not summed: shape %s instead of"
            + " %s; sum over the axes along which it was repeated",
        name, shape(odd.given().get(operand)), odd.xs().get(operand).shape());
  }

  /// Another mistake beside sums that were forgotten.
  private @Nullable Diagnosis mixed(Trial odd) {
    List<Trial> summed =
        trials.stream().map(t -> summed(t) == null ? t : t.with(operand, summed(t))).toList();
    for (Trial trial : subject.isSummed() ? List.<Trial>of() : summed) {
      if (!trial.isRight(operand)) {
        Diagnosis other = new Symptoms(subject.summed(), summed, operand).diagnosis(trial);
        boolean isNamed = other.kind() != Kind.UNKNOWN && other.kind() != Kind.WRONG_SHAPE;
        String text = other.message().substring(other.message().indexOf(": ") + 2);
        return isNamed ? says(odd, Kind.NOT_SUMMED, unsummed(odd) + "; summed, it " + text) : null;
      }
    }
    return null;
  }

  /// What no number can mend.
  private @Nullable Diagnosis notFinite() {
    for (Trial trial : trials) {
      Tensor given = trial.given().get(operand);
      if (given != null && !Trial.isFinite(given)) {
        String text =
            "is not finite: the rule divides by 0, takes a root or logarithm of what has none, or"
                + " grows without bound";
        return says(trial, Kind.NOT_FINITE, text);
      }
    }
    return null;
  }

  private static String shape(@Nullable Tensor x) {
    return x == null ? "none" : x.shape().toString();
  }

  private @Nullable Tensor summed(Trial trial) {
    Tensor given = trial.given().get(operand);
    Tensor x = trial.xs().get(operand);
    return given == null || !x.shape().broadcastsTo(given.shape())
        ? null
        : Variable.constant(given).sumTo(x.shape()).value();
  }

  private @Nullable Diagnosis sign(Trial shown) {
    return heals(trial -> times(trial.given().get(operand), -1))
        ? says(shown, Kind.WRONG_SIGN, "has the wrong sign")
        : null;
  }

  /// Without gy, the rule gives what is right for a gy of ones, whatever gy is.
  private @Nullable Diagnosis forgotten(Trial shown) {
    for (Trial trial : trials) {
      Tensor ones = Tensor.full(trial.gy().shape(), 1, trial.gy().dtype());
      List<Tensor> right = subject.right(trial.xs(), ones);
      Tensor given = trial.given().get(operand);
      if (right == null || given == null || !Trial.isClose(given, right.get(operand))) {
        return null;
      }
    }
    return says(
        shown, Kind.FORGOT_GY, "does not grow with gy; multiply by gy, as the chain rule says");
  }

  /// Calls the rule with the output in the place of an input, or the other way round.
  private @Nullable Diagnosis exchanged(Trial shown) {
    for (int i = 0; i < subject.arity(); i++) {
      int input = i;
      String x = Diagnosis.name(i, subject.arity());
      if (heals(trial -> with(trial, input, trial.y()))) {
        String text = "uses the input " + x + " where the output y belongs";
        return says(shown, Kind.INPUT_FOR_OUTPUT, text);
      }
      if (heals(trial -> with(trial, trial.xs(), trial.gy(), trial.xs().get(input)))) {
        String text = "uses the output y where the input " + x + " belongs";
        return says(shown, Kind.OUTPUT_FOR_INPUT, text);
      }
    }
    return null;
  }

  /// Calls the rule with one input in the place of another.
  private @Nullable Diagnosis confused(Trial shown) {
    for (int i = 0; i < subject.arity(); i++) {
      for (int j = 0; j < subject.arity(); j++) {
        int from = i;
        int to = j;
        Cure replaced = trial -> with(trial, from, trial.xs().get(to));
        Cure swapped = trial -> swapped(trial, from, to);
        if (i != j && (heals(replaced) || heals(swapped))) {
          String text =
              "uses "
                  + Diagnosis.name(i, subject.arity())
                  + " where "
                  + Diagnosis.name(j, subject.arity())
                  + " belongs";
          return says(shown, Kind.WRONG_OPERAND, text);
        }
      }
    }
    return null;
  }

  private @Nullable Tensor with(Trial trial, List<Tensor> xs, Tensor gy, Tensor y) {
    return subject.given(operand, trial.xs().get(operand).shape(), gy, xs, y);
  }

  private @Nullable Tensor with(Trial trial, int input, Tensor x) {
    List<Tensor> xs = new ArrayList<>(trial.xs());
    xs.set(input, x);
    return with(trial, xs, trial.gy(), trial.y());
  }

  private @Nullable Tensor swapped(Trial trial, int i, int j) {
    List<Tensor> xs = new ArrayList<>(trial.xs());
    xs.set(i, trial.xs().get(j));
    xs.set(j, trial.xs().get(i));
    return with(trial, xs, trial.gy(), trial.y());
  }

  /// Calls the rule with matrices transposed, in every combination: bit 0 is the result, bit 1 gy,
  /// the others are the inputs.
  private @Nullable Diagnosis transposed(Trial shown) {
    int places = 2 + subject.arity();
    for (int count = 1; count <= Math.min(places, 4); count++) {
      for (int bits = 1; bits < 1 << Math.min(places, 8); bits++) {
        int which = bits;
        if (Integer.bitCount(bits) == count && heals(trial -> transposed(trial, which))) {
          return says(shown, Kind.TRANSPOSED, advice(which));
        }
      }
    }
    return null;
  }

  private @Nullable Tensor transposed(Trial trial, int bits) {
    if (trial.gy().rank() != 2 || trial.xs().get(operand).rank() != 2) {
      return null;
    }
    List<Tensor> xs = new ArrayList<>();
    for (int i = 0; i < trial.xs().size(); i++) {
      Tensor x = trial.xs().get(i);
      xs.add((bits >> i + 2 & 1) == 1 && x.rank() == 2 ? Products.turned(x) : x);
    }
    Tensor gy = (bits & 2) == 2 ? Products.turned(trial.gy()) : trial.gy();
    Tensor found = with(trial, xs, gy, trial.y());
    return found == null || (bits & 1) == 0 ? found : Products.turned(found);
  }

  /// What the rule has and should have; if it is no product of two matrices, what mends it.
  private String advice(int bits) {
    if (bits == 1) {
      return "is transposed";
    }
    String difference = new Products(matrices(), operand).difference();
    if (difference != null) {
      return difference;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < subject.arity(); i++) {
      if ((bits >> i + 2 & 1) == 1) {
        names.add(Diagnosis.name(i, subject.arity()));
      }
    }
    if ((bits & 3) == 3) {
      return "the factors of the matrix product are in the wrong order";
    }
    if ((bits & 2) == 2) {
      names.addFirst("gy");
    }
    names.addAll((bits & 1) == 1 ? List.of("the result") : List.of());
    return "would be right with the transpose of " + String.join(" and of ", names);
  }

  private List<Trial> matrices() {
    return trials.stream()
        .filter(trial -> trial.gy().rank() == 2 && trial.xs().get(operand).rank() == 2)
        .toList();
  }

  /// The right shape, but of one repetition only, or their mean.
  private @Nullable Diagnosis notSummed(Trial shown) {
    if (subject.isNew() || !trials.stream().anyMatch(this::isRepeated)) {
      return null;
    }
    boolean isMean = heals(trial -> times(trial.given().get(operand), repetitions(trial)));
    boolean isFirst = true;
    boolean isLast = true;
    for (Trial trial : trials) {
      isFirst &= isSlice(trial, false);
      isLast &= isSlice(trial, true);
    }
    if (!isMean && !isFirst && !isLast) {
      return null;
    }
    String what = isMean ? "the mean over" : "one of";
    String text = name + " was repeated, and the rule gives " + what + " the repetitions; sum them";
    return says(shown, Kind.NOT_SUMMED, text);
  }

  private boolean isRepeated(Trial trial) {
    return repetitions(trial) > 1;
  }

  private double repetitions(Trial trial) {
    Tensor x = trial.xs().get(operand);
    boolean isPart = x.shape().broadcastsTo(trial.y().shape()) && x.count() > 0;
    return isPart ? trial.y().count() / (double) x.count() : 1;
  }

  /// Whether the rule gave the gradient of one repetition, without those of the others.
  private boolean isSlice(Trial trial, boolean isLast) {
    Tensor given = trial.given().get(operand);
    Tensor x = trial.xs().get(operand);
    if (!isRepeated(trial) || given == null) {
      return trial.isRight(operand);
    }
    List<Tensor> whole = new ArrayList<>(trial.xs());
    whole.set(operand, Variable.constant(x).expand(trial.y().shape()).value().copy());
    List<Tensor> right = subject.right(whole, trial.gy());
    if (right == null) {
      return false;
    }
    Variable all = Variable.constant(right.get(operand));
    int ahead = all.rank() - x.rank();
    for (int axis = 0; axis < all.rank(); axis++) {
      int size = all.size(axis);
      boolean isFolded = axis < ahead || x.size(axis - ahead) < size;
      int at = isLast ? size - 1 : 0;
      all = isFolded ? all.slice(axis, at, at + 1) : all;
    }
    return Trial.isClose(given, all.value().copy().reshape(x.shape()));
  }

  private static @Nullable Tensor times(@Nullable Tensor x, double factor) {
    return x == null ? null : Variable.constant(x).mul(factor).value();
  }
}
