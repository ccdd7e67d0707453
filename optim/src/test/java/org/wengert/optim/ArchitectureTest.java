package org.wengert.optim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// `optim` is built on core alone; above all, it does not know `nn`.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.wengert.optim");

  @Test
  void theRulesSeeTheClasses() {
    assertFalse(CLASSES.isEmpty());
  }

  @Test
  void optimUsesCoreAndTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("org.wengert.optim..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.wengert.optim..",
            "org.wengert",
            "org.wengert.tensor..",
            "org.wengert.backend..",
            "org.wengert.io..",
            "org.wengert.graph..",
            "org.wengert.check..",
            "java..",
            "org.jspecify.annotations")
        .check(CLASSES);
  }
}
