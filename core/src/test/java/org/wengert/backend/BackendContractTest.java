package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.tensor.DType;

/// Every kernel gives the same bits as plain loops and as vectors, on any number of threads. A
/// method of [Backend] without a contract fails.
class BackendContractTest {
  private static final int SMALL = 32;
  private static final int LARGE = 2;
  private static final List<DType> FLOATING = List.of(DType.FLOAT32, DType.FLOAT64);
  private static final List<DType> WHOLE =
      List.of(DType.BOOL, DType.UINT8, DType.INT32, DType.INT64);
  private static final List<DType> ANY = List.of(DType.values());

  /// The calls of a method and the types of operands they are drawn for.
  private record Entry(Agreement.Contract contract, List<DType> types) {}

  private final SortedMap<String, Entry> entries = new TreeMap<>();

  BackendContractTest() {
    new ElementContracts(this).list();
    new LineContracts(this).list();
    new IndexContracts(this).list();
    new ProductContracts(this).list();
    new WindowContracts(this).list();
  }

  /// Adds a contract on operands of all floating types.
  ///
  /// @param method the kernel's name; of several with the same name, with the type of the first
  ///     parameter: `map by Kernel`
  void floating(String method, Agreement.Contract contract) {
    entries.put(method, new Entry(contract, FLOATING));
  }

  /// Adds a contract on operands of all other types.
  void whole(String method, Agreement.Contract contract) {
    entries.put(method, new Entry(contract, WHOLE));
  }

  /// Adds a contract on operands of all types.
  void any(String method, Agreement.Contract contract) {
    entries.put(method, new Entry(contract, ANY));
  }

  @Test
  void everyKernelHasAContract() {
    List<Method> methods =
        Stream.of(Backend.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getParameterCount() > 0) // others give what kernels use
            .toList();
    TreeSet<String> kernels = new TreeSet<>();
    for (Method method : methods) {
      String name = method.getName();
      boolean alone = methods.stream().filter(m -> m.getName().equals(name)).count() == 1;
      kernels.add(alone ? name : name + " by " + method.getParameterTypes()[0].getSimpleName());
    }
    assertEquals(kernels, entries.keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyKernelGivesTheSameBits() {
    return entries.entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> {
                      for (DType type : e.getValue().types()) {
                        Agreement.check(e.getKey(), type, SMALL, LARGE, e.getValue().contract());
                      }
                    }));
  }

  @AfterAll
  static void countWhatWasCompared() {
    System.out.println("Kernels on both backends, 1 to 4 threads: " + Agreement.count());
  }
}
