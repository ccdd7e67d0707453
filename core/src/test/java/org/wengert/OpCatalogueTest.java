package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wengert.OpCatalogue.Entry;

/// The catalogue is complete.
class OpCatalogueTest {
  /// Operations that take operands of any shape.
  private static final List<Class<?>> NEVER_REFUSE = List.of(Cast.class);

  @Test
  void everyOperationHasAnEntry() {
    Collection<String> declared = new TreeSet<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.wengert")
            .stream()
            .filter(c -> c.isAssignableTo(Op.class) && !c.isInterface())
            .filter(c -> !c.isEquivalentTo(Checkpoint.class)) // computes its body: DerivativesTest
            .forEach(c -> declared.addAll(names(c)));
    Collection<String> listed = new TreeSet<>();
    OpCatalogue.entries().forEach(e -> listed.add(name(e.op())));
    assertEquals(declared, listed);
    assertTrue(declared.size() > 50, "found " + declared);
  }

  private static List<String> names(JavaClass declared) {
    Class<?> type = declared.reflect();
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants()).map(row -> name((Op) row)).toList();
    }
    return type.isAnonymousClass() ? List.of() : List.of(type.getSimpleName());
  }

  private static String name(Op op) {
    return op instanceof Enum<?> row
        ? row.getDeclaringClass().getSimpleName() + "." + row.name()
        : op.getClass().getSimpleName();
  }

  @Test
  void everyOperationSaysWhatItRefuses() {
    Collection<String> silent = new TreeSet<>();
    Collection<String> refusing = new TreeSet<>();
    for (Entry entry : OpCatalogue.entries()) {
      boolean anyShape =
          entry.op() instanceof Op.Pointwise || NEVER_REFUSE.contains(entry.op().getClass());
      (anyShape || !entry.bad().isEmpty() ? refusing : silent).add(name(entry.op()));
    }
    silent.removeAll(refusing);
    assertEquals(List.of(), List.copyOf(silent));
  }
}
