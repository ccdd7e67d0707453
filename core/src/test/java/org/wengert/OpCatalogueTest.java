package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wengert.OpCatalogue.Entry;

/// The catalogue is complete.
class OpCatalogueTest {
  /// Operations that take operands of any shape.
  private static final List<Class<?>> NEVER_REFUSE = List.of(Cast.class, Clone.class);

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

  @Test
  void everyOperationIsCalledWithOperandsOfNoElementAndOfOne() {
    Collection<String> missing = new TreeSet<>();
    Collection<String> present = new TreeSet<>();
    for (Entry entry : OpCatalogue.entries()) {
      for (int operand = 0; operand < (entry.op() instanceof Op.Binary ? 2 : 1); operand++) {
        for (int elements : new int[] {0, 1}) {
          String call = name(entry.op()) + ", operand " + operand + " of " + elements;
          boolean settled = entry.never().containsKey(elements) || calls(entry, operand, elements);
          (settled ? present : missing).add(call);
        }
      }
    }
    missing.removeAll(present);
    assertEquals(List.of(), List.copyOf(missing));
  }

  private static boolean calls(Entry entry, int operand, int elements) {
    return entry.shapes().stream().anyMatch(xs -> xs.get(operand).count() == elements);
  }

  @Test
  void whatAnOperationNeverTakesIsSaidToBeRefused() {
    for (Entry entry : OpCatalogue.entries()) {
      entry
          .never()
          .forEach(
              (elements, reason) -> {
                assertFalse(reason.isBlank());
                assertTrue(
                    entry.bad().stream()
                        .anyMatch(bad -> bad.operands().getFirst().count() == elements),
                    entry + " takes " + elements + " elements");
              });
    }
  }

  /// Cross entropy is one on rows of logits and batch norm one on planes, whatever the rank: what
  /// calls them makes these. So is a recurrent network on packed rows. Attention is called on
  /// leading axes of its own.
  @Test
  void everyOperationIsCalledOnEveryRankUpToFive() {
    Collection<String> listed = new TreeSet<>();
    OpCatalogue.entries().forEach(e -> listed.add(name(e.op())));
    for (Twins.Family family : Twins.families()) {
      listed.remove(name(family.op()));
      List<Integer> ranks =
          family.twins().stream().map(twin -> twin.rank()).distinct().sorted().toList();
      int least = ranks.getFirst();
      assertEquals(IntStream.rangeClosed(least, 5).boxed().toList(), ranks, family.op().toString());
    }
    assertEquals(
        List.of("ChannelNorm", "CrossEntropy", "ScaledDotProductAttention", "Unroll"),
        List.copyOf(listed));
  }
}
