package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.examples.guide.ChainRuleGuide;
import org.wengert.examples.guide.CustomOpsGuide;
import org.wengert.examples.guide.DataGuide;
import org.wengert.examples.guide.DoubleBackwardGuide;
import org.wengert.examples.guide.EstimatorsGuide;
import org.wengert.examples.guide.MetricsGuide;
import org.wengert.examples.guide.ModulesGuide;
import org.wengert.examples.guide.ResultsGuide;
import org.wengert.examples.guide.TensorGuide;
import org.wengert.examples.guide.TrainerGuide;
import org.wengert.examples.guide.TrainingGuide;
import org.wengert.examples.guide.VariableGuide;
import org.wengert.graph.Graph;

/// The guide shows code that runs, and what it prints.
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  /// A program that may fail.
  private interface Program {
    void main(String[] args) throws Exception;
  }

  static List<Arguments> pages() {
    return List.of(
        page("tensor", "TensorGuide", TensorGuide::main),
        page("variable", "VariableGuide", VariableGuide::main),
        page("chain-rule", "ChainRuleGuide", ChainRuleGuide::main),
        page("modules", "ModulesGuide", ModulesGuide::main),
        page("training", "TrainingGuide", TrainingGuide::main),
        page("data", "DataGuide", DataGuide::main),
        page("trainer", "TrainerGuide", TrainerGuide::main),
        page("metrics", "MetricsGuide", MetricsGuide::main),
        page("results", "ResultsGuide", ResultsGuide::main),
        page("double-backward", "DoubleBackwardGuide", DoubleBackwardGuide::main),
        page("custom-ops", "CustomOpsGuide", CustomOpsGuide::main),
        page("estimators", "EstimatorsGuide", EstimatorsGuide::main));
  }

  private static Arguments page(String name, String source, Program program) {
    return Arguments.of("docs/guide/" + name + ".md", "guide/" + source + ".java", program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void aPageShowsCodeThatRunsAndWhatItPrints(String page, String source, Program program) {
    Regions.assertShown(page, source);
    Regions.assertPrinted(page, Printed.byMain(() -> run(program)));
  }

  private static void run(Program program) {
    try {
      program.main(new String[0]);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePictureIsThatOfTheGraph() {
    String picture = Graph.of(ChainRuleGuide.error()).svg();
    assertEquals(Regions.read(GUIDE.resolve("chain-rule.svg")), picture);
  }

  @Test
  void allLinksOfGuideAndLessonsLeadSomewhere() throws IOException {
    for (Path folder : List.of(GUIDE, Path.of("../docs/lessons"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path page : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
          Matcher link = LINK.matcher(Regions.read(page));
          while (link.find()) {
            assertTrue(Files.exists(folder.resolve(link.group(1))), page + ": " + link.group(1));
          }
        }
      }
    }
  }
}
