package org.wengert.nn;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/// The layers and losses that users can make.
final class PublicLayers {
  private PublicLayers() {}

  /// Their names, in order.
  static List<String> names() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.wengert.nn")
            .stream()
            .filter(c -> c.isAssignableTo(Layer.class) || c.isAssignableTo(Loss.class))
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(c -> !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getSimpleName)
            .sorted()
            .toList();
  }
}
