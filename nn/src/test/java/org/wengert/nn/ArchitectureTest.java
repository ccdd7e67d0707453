package org.wengert.nn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// `nn` is built on core alone; above all, it does not know `optim`.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.wengert.nn");

  @Test
  void theRulesSeeTheClasses() {
    assertFalse(CLASSES.isEmpty());
  }

  @Test
  void nnUsesCoreAndTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("org.wengert.nn..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.wengert.nn..",
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
