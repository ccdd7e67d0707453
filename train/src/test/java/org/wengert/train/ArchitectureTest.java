package org.wengert.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The packages of `train` stand on each other in one direction, and each library is used by one.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.wengert.train");

  private static final List<String> CORE =
      List.of(
          "org.wengert",
          "org.wengert.tensor..",
          "org.wengert.backend..",
          "org.wengert.io..",
          "java.lang..",
          "java.util..",
          "java.io..",
          "java.nio..",
          "java.text..",
          "java.math..",
          "org.jspecify.annotations");

  private static void assertUses(String kind, String... others) {
    classes()
        .that()
        .resideInAPackage(kind)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(CORE.stream(), Stream.of(kind), Stream.of(others))
                .flatMap(part -> part)
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theRulesSeeTheClasses() {
    assertFalse(CLASSES.isEmpty());
  }

  @Test
  void dataStandsOnCoreAndInk() {
    assertUses("org.wengert.train.data..", "org.wengert.train.ink..");
  }

  @Test
  void inkStandsOnCoreAlone() {
    assertUses("org.wengert.train.ink..");
  }

  @Test
  void metricsStandOnCoreAlone() {
    assertUses("org.wengert.train.metric..");
  }

  @Test
  void readersKnowDataAndCsvAndImages() {
    assertUses(
        "org.wengert.train.read..",
        "org.wengert.train.data..",
        "de.siegmar.fastcsv..",
        "java.awt..",
        "javax.imageio..");
  }

  @Test
  void theTrainerKnowsDataAndMetrics() {
    assertUses(
        "org.wengert.train",
        "org.wengert.train.data..",
        "org.wengert.train.metric..",
        "org.wengert.nn..",
        "org.wengert.optim..");
  }

  @Test
  void plotsKnowWhatTheyShowAndTheLibrariesThatDraw() {
    assertUses(
        "org.wengert.train.plot..",
        "org.wengert.train",
        "org.wengert.train.metric..",
        "org.wengert.nn..",
        "org.knowm.xchart..",
        "de.erichseifert.vectorgraphics2d..",
        "java.awt..",
        "javax.imageio..");
  }

  @Test
  void logsKnowFitsPlotsAndGraphs() {
    assertUses(
        "org.wengert.train.log..",
        "org.wengert.train",
        "org.wengert.train.plot..",
        "org.wengert.graph..",
        "org.wengert.nn..",
        "com.google.gson..",
        "de.siegmar.fastcsv..",
        "me.tongfei.progressbar..",
        "java.time..");
  }

  @Test
  void pagesKnowLogsPlotsAndTheServer() {
    assertUses(
        "org.wengert.train.live..",
        "org.wengert.train",
        "org.wengert.train.log..",
        "org.wengert.train.plot..",
        "org.wengert.graph..",
        "org.wengert.nn..",
        "com.google.gson..",
        "com.sun.net.httpserver..",
        "java.net..",
        "java.security..");
  }
}
