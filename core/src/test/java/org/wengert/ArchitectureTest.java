package org.wengert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Dependencies between packages point down. Packages that do not exist yet satisfy every rule.
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.wengert");

  @Test
  void theRulesSeeTheClasses() {
    assertTrue(CORE.stream().anyMatch(c -> c.getPackageName().equals("org.wengert.tensor")));
  }

  @Test
  void tensorUsesTheJdkOnly() {
    mayUse("org.wengert.tensor..", "org.wengert.tensor..").check(CORE);
  }

  @Test
  void backendUsesTensorOnly() {
    mayUse(
            "org.wengert.backend..",
            "org.wengert.backend..",
            "org.wengert.tensor..",
            "jdk.incubator.vector..")
        .check(CORE);
  }

  /// What is exported does not know how it is computed; compilers and kernels know it.
  @Test
  void theInterfaceOfBackendsKnowsNoBackend() {
    mayUse(
            "org.wengert.backend",
            "org.wengert.backend",
            "org.wengert.backend.special",
            "org.wengert.tensor..")
        .check(CORE);
    mayUse("org.wengert.backend.special", "org.wengert.backend.special").check(CORE);
    mayUse(
            "org.wengert.backend.loop",
            "org.wengert.backend.loop",
            "org.wengert.backend",
            "org.wengert.tensor..")
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("org.wengert.backend.plain")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.wengert.backend.vector")
        .check(CORE);
  }

  @Test
  void variablesUseBackendAndTensorOnly() {
    mayUse("org.wengert", "org.wengert", "org.wengert.backend..", "org.wengert.tensor..")
        .check(CORE);
  }

  @Test
  void ioUsesTensorOnly() {
    mayUse("org.wengert.io..", "org.wengert.io..", "org.wengert.tensor..").check(CORE);
  }

  @Test
  void graphAndCheckUseCoreOnly() {
    mayUse("org.wengert.graph..", "org.wengert..").check(CORE);
    mayUse("org.wengert.check..", "org.wengert..").check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("org.wengert.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void onlyTheVectorBackendTouchesTheIncubator() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.wengert.backend.vector..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .allowEmptyShould(true)
        .check(CORE);
  }

  /// Classes of `user` depend on `used`, the JDK and the nullness annotations, on nothing else.
  private static ArchRule mayUse(String user, String... used) {
    String[] allowed =
        Stream.concat(Stream.of(used), Stream.of("java..", "org.jspecify.annotations"))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(user)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .allowEmptyShould(true);
  }
}
