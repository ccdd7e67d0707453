package org.wengert;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wengert.OpCatalogue.Entry;
import org.wengert.check.GradCheck;
import org.wengert.check.GradReport;
import org.wengert.golden.GoldenFiles;
import org.wengert.golden.GoldenRun;
import org.wengert.golden.OperatorTable;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Writes `docs/operations.md` from the catalogue, the sources' documentation, gradient checks and
/// the golden data. Everything on the page is looked up or computed when it is written.
final class OperationsPage {
  private static final Path SOURCES = Path.of("src/main/java/org/wengert");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "((?: {2}///[^\\n]*\\n)+)(?: {2}@[^\\n]*\\n)*"
              + " {2}public (?:static )?Variable \\w+\\([^{]*\\{\\n(.*?)\\n {2}\\}",
          Pattern.DOTALL);
  private static final Pattern RECORD =
      Pattern.compile("((?:///[^\\n]*\\n)+)(?:@[^\\n]*\\n)*record (\\w+)");
  private static final Pattern SENTENCE = Pattern.compile("^(.*?[^.])\\.(?: |$)");
  private static final Pattern RULE = Pattern.compile("`(∂[^`]+)`");

  private final Map<String, String> functionDocs = new TreeMap<>();
  private final Map<String, String> recordDocs = new TreeMap<>();

  private OperationsPage() {}

  static String write() {
    OperationsPage page = new OperationsPage();
    page.readSources();
    return page.operations() + page.libtorch();
  }

  private void readSources() {
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        String source = Files.isRegularFile(file) ? Files.readString(file) : "";
        Matcher function = FUNCTION.matcher(source);
        while (function.find()) {
          functionDocs.putIfAbsent(function.group(2), plain(function.group(1)));
        }
        Matcher record = RECORD.matcher(source);
        while (record.find()) {
          recordDocs.put(record.group(2), plain(record.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String documentation) {
    return documentation
        .lines()
        .map(line -> line.strip().substring(3).strip())
        .takeWhile(line -> !line.startsWith("@"))
        .collect(Collectors.joining(" "))
        .strip();
  }

  private String operations() {
    StringBuilder page =
        new StringBuilder(
            """
        # Operations

        Generated from the catalogue of operations, the sources and the tests; do not edit. After a change:
        `mvn -q -pl core test -Dtest=OperationsPageTest -Dwrite.operations=true`.

        The rung says how an operation is declared: 1 a row of the derivative table or a function of numbers, 2 a
        linear map that names its adjoint, 3 with its own rules, 4 fused. *1st*, *2nd*: gradient and gradient of the
        gradient agree with finite differences; *fwd*: forward mode agrees with reverse mode to 1e-12.

        | operation | formula | derivative | rung | 1st | 2nd | fwd |
        |---|---|---|---|---|---|---|
        """);
    Map<String, Entry> byName = new TreeMap<>();
    OpCatalogue.entries().forEach(entry -> byName.putIfAbsent(entry.toString(), entry));
    byName.forEach((name, entry) -> page.append(row(name, entry)));
    return page.toString();
  }

  private String row(String name, Entry entry) {
    boolean smooth = entry.op().isDifferentiable();
    return Stream.of(
            name,
            formula(entry.op()),
            smooth ? derivative(entry.op()) : "none",
            rung(entry.op()),
            smooth ? mark(holds(entry, false)) : "-",
            smooth ? mark(holds(entry, true)) : "-",
            smooth ? mark(modesAgree(entry)) : "-")
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String mark(boolean holds) {
    return holds ? "✓" : "✗";
  }

  private String formula(Op op) {
    String documentation = recordDocs.getOrDefault(op.getClass().getSimpleName(), "");
    if (op instanceof Enum<?> row) {
      String call = row.getDeclaringClass().getSimpleName() + "." + row.name() + ".";
      documentation =
          functionDocs.entrySet().stream()
              .filter(e -> e.getKey().contains(call))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("");
    }
    Matcher end = SENTENCE.matcher(documentation);
    return end.find() ? end.group(1) : documentation;
  }

  private String derivative(Op op) {
    return switch (op) {
      case Op.Pointwise f -> "`" + f.derivative() + "`";
      case Op.Pointwise2 f -> "`" + String.join("`, `", f.derivatives()) + "`";
      case Op.Linear map -> "the adjoint";
      default -> {
        Matcher rule = RULE.matcher(recordDocs.getOrDefault(op.getClass().getSimpleName(), ""));
        StringBuilder rules = new StringBuilder();
        while (rule.find()) {
          rules.append(rules.isEmpty() ? "" : ", ").append('`').append(rule.group(1)).append('`');
        }
        yield rules.isEmpty() ? "in the source" : rules.toString();
      }
    };
  }

  private static String rung(Op op) {
    return switch (op) {
      case Op.Pointwise _, Op.Pointwise2 _ -> "1";
      case Op.Linear _ -> "2";
      case Op.Fused _ -> "4";
      default -> "3";
    };
  }

  private static boolean holds(Entry entry, boolean second) {
    return entry.shapes().stream()
        .allMatch(
            shapes -> {
              List<Tensor> xs = entry.sample(shapes, new Rng(1));
              GradCheck check = GradCheck.defaults();
              GradReport report =
                  second
                      ? check.secondOrder(entry::apply, xs, List.of())
                      : check.firstOrder(entry::apply, xs, List.of());
              return report.verdict() == GradReport.Verdict.CORRECT;
            });
  }

  private static boolean modesAgree(Entry entry) {
    for (List<Shape> shapes : entry.shapes()) {
      List<Leaf> xs = entry.sample(shapes, new Rng(2)).stream().map(Variable::of).toList();
      Variable y = entry.apply(xs);
      List<Variable> dxs = xs.stream().map(x -> F.onesLike(x).mul(0.7)).toList();
      Variable v = F.onesLike(y).mul(1.3);
      List<Variable> gradients = Autograd.grad(y, xs, v);
      double reverse = 0;
      for (int i = 0; i < xs.size(); i++) {
        reverse += gradients.get(i) == null ? 0 : gradients.get(i).mul(dxs.get(i)).sum().item();
      }
      double forward = Forward.tangent(y, xs, dxs).mul(v).sum().item();
      if (!(Math.abs(forward - reverse) <= 1e-12 * Math.max(1, Math.abs(reverse)))) {
        return false;
      }
    }
    return true;
  }

  private String libtorch() {
    GoldenRun run =
        new GoldenRun(
            GoldenFiles.committed(),
            OperatorTable.ofCore(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    run.replay(GoldenTest.FILES);
    StringBuilder page =
        new StringBuilder(
            """

        ## Agreement with libtorch

        In `FLOAT64`, over all cases of the golden data: how many decimal digits of the results and of the gradients
        agree, at least, relative to the largest number of a tensor. 16 is all there are.

        | area and operation | cases | results | gradients |
        |---|---|---|---|
        """);
    run.comparisons()
        .forEach(
            (name, c) ->
                page.append("| ")
                    .append(name)
                    .append(" | ")
                    .append(c.cases())
                    .append(" | ")
                    .append(c.values().digits())
                    .append(" | ")
                    .append(c.gradients().digits())
                    .append(" |\n"));
    return page.toString();
  }
}
