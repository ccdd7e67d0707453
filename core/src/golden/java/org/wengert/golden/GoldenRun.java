package org.wengert.golden;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Replays files of golden cases and prints what came of them: a line for each file, a total, every
/// failure, and what does not apply with the reason. A file that is missing is a failure, since
/// what was not replayed has not passed. Holds the counts.
public final class GoldenRun {
  private final GoldenFiles files;
  private final OperatorTable operators;
  private final Computation computation;
  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> notApplicable = new TreeMap<>();
  private final Map<String, Comparison> comparisons = new TreeMap<>();
  private Counts total = new Counts(0, 0, 0);

  /// How one operation of the golden data came out.
  ///
  /// @param cases how many cases agree
  /// @param values how closely the results do
  /// @param gradients how closely the gradients do
  public record Comparison(int cases, Agreement values, Agreement gradients) {
    private Comparison and(Comparison other) {
      return new Comparison(
          cases + other.cases, values.and(other.values), gradients.and(other.gradients));
    }
  }

  /// Cases by outcome.
  private record Counts(int passed, int failed, int notApplicable) {
    Counts plus(Counts more) {
      return new Counts(
          passed + more.passed, failed + more.failed, notApplicable + more.notApplicable);
    }

    @Override
    public String toString() {
      return passed + " passed, " + failed + " failed, " + notApplicable + " not applicable";
    }
  }

  /// A run that has not started.
  public GoldenRun(GoldenFiles files, OperatorTable operators, PrintStream out) {
    this(files, operators, (golden, inputs) -> null, out);
  }

  /// A run that has not started, in which cases may be computed in another way.
  public GoldenRun(
      GoldenFiles files, OperatorTable operators, Computation computation, PrintStream out) {
    this.files = files;
    this.operators = operators;
    this.computation = computation;
    this.out = out;
  }

  /// Replays the files of these names, such as `unary`, and prints.
  ///
  /// @return the failures, a line each
  public List<String> replay(List<String> names) {
    for (String name : names) {
      List<GoldenCase> cases = files.cases(name);
      if (cases == null) {
        missing(name);
      } else {
        replay(name, cases);
      }
    }
    out.println("golden total: " + total);
    notApplicable.forEach(
        (reason, count) -> out.println("  not applicable " + count + ": " + reason));
    return failures;
  }

  /// How each operation came out, under its file and name, such as `unary tanh`.
  public Map<String, Comparison> comparisons() {
    return Collections.unmodifiableMap(comparisons);
  }

  /// How many cases were computed and compared.
  public int compared() {
    return total.passed + total.failed;
  }

  private void missing(String name) {
    failures.add(name + ".json: missing in " + files);
    out.println("golden " + name + ".json: missing");
    out.println("  " + failures.getLast());
  }

  private void replay(String name, List<GoldenCase> cases) {
    Counts counts = cases.stream().map(this::replay).reduce(new Counts(0, 0, 0), Counts::plus);
    total = total.plus(counts);
    out.println("golden " + name + ".json: " + counts);
    failures.stream()
        .filter(line -> line.startsWith(name + "."))
        .forEach(line -> out.println("  " + line));
  }

  private Counts replay(GoldenCase golden) {
    Outcome outcome;
    try {
      outcome = Replay.of(golden, operators, computation);
    } catch (MissingOperatorException e) {
      outcome = new Outcome.Failed(List.of(e.getMessage()));
    }
    return switch (outcome) {
      case Outcome.Passed(Agreement values, Agreement gradients) -> {
        String name = golden.file() + " " + golden.op();
        comparisons.merge(name, new Comparison(1, values, gradients), Comparison::and);
        yield new Counts(1, 0, 0);
      }
      case Outcome.NotApplicable(String reason) -> {
        notApplicable.merge(reason, 1, Integer::sum);
        yield new Counts(0, 0, 1);
      }
      case Outcome.Failed(List<String> differences) -> failed(golden, differences);
    };
  }

  private Counts failed(GoldenCase golden, List<String> differences) {
    failures.add(differences.stream().collect(Collectors.joining("; ", golden.id() + ": ", "")));
    return new Counts(0, 1, 0);
  }
}
