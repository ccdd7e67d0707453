package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.backend.vector.VectorBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Holds the vector backend against the plain loops, and any number of threads against one, bit for
/// bit. The payload of a `NaN` is not looked at.
public final class Agreement {
  /// Draws one call of a kernel.
  public interface Contract {
    /// The call: it gives a tensor, or an array, list or record of some.
    Function<Backend, Object> draw(Draw draw);
  }

  private static final Backend PLAIN = new ScalarBackend();
  private static final Backend VECTOR = new VectorBackend();

  private static final AtomicLong RESULTS = new AtomicLong();
  private static final AtomicLong ELEMENTS = new AtomicLong();

  private Agreement() {}

  /// Checks `small` calls on few elements and `large` ones on many. What is small is done by one
  /// thread anyway, so not every number of them is tried.
  public static void check(String name, DType dtype, int small, int large, Contract contract) {
    List<Function<Backend, Object>> few = new ArrayList<>();
    List<Function<Backend, Object>> many = new ArrayList<>();
    for (int i = 0; i < small + large; i++) {
      (i < small ? few : many).add(contract.draw(new Draw(i, dtype, i >= small)));
    }
    check(name + " of few " + dtype, few, 1, 3);
    check(name + " of many " + dtype, many, 1, 2, 3, 4);
  }

  /// Checks that the calls give the same whoever computes them.
  public static void check(String name, List<Function<Backend, Object>> calls, int... threads) {
    List<List<Tensor>> expected = new ArrayList<>();
    Workers.using(1, () -> calls.forEach(call -> expected.add(tensors(call.apply(PLAIN)))));
    for (int count : threads) {
      Workers.using(
          count,
          () -> {
            if (count == 3) {
              compare(name + ", plain on 3 threads", expected, calls, PLAIN);
            }
            compare(name + ", vectors on " + count + " threads", expected, calls, VECTOR);
          });
    }
  }

  private static void compare(
      String name,
      List<List<Tensor>> expected,
      List<Function<Backend, Object>> calls,
      Backend backend) {
    for (int i = 0; i < calls.size(); i++) {
      List<Tensor> actual = tensors(calls.get(i).apply(backend));
      assertEquals(expected.get(i).size(), actual.size(), name);
      for (int k = 0; k < actual.size(); k++) {
        assertSame(expected.get(i).get(k), actual.get(k), name + ", call " + i + ", result " + k);
      }
    }
  }

  private static void assertSame(Tensor expected, Tensor actual, String name) {
    assertEquals(expected.shape(), actual.shape(), name);
    assertEquals(expected.dtype(), actual.dtype(), name);
    RESULTS.incrementAndGet();
    ELEMENTS.addAndGet(expected.count());
    if (!expected.sameBits(actual)) {
      double[] want = expected.toDoubleArray();
      double[] have = actual.toDoubleArray();
      for (int i = 0; i < want.length; i++) {
        assertEquals(want[i], have[i], name + " of shape " + expected.shape() + ", element " + i);
      }
      throw new AssertionError(name + " differs in integers that are no doubles");
    }
  }

  private static List<Tensor> tensors(Object result) {
    return switch (result) {
      case null -> List.of();
      case Tensor tensor -> List.of(tensor);
      case Object[] many -> Stream.of(many).flatMap(one -> tensors(one).stream()).toList();
      case List<?> many -> many.stream().flatMap(one -> tensors(one).stream()).toList();
      case Record many ->
          Stream.of(many.getClass().getRecordComponents())
              .flatMap(part -> tensors(read(many, part)).stream())
              .toList();
      default -> throw new AssertionError("no result of a kernel: " + result.getClass());
    };
  }

  private static Object read(Record record, RecordComponent part) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(part.toString(), e);
    }
  }

  /// What has been compared in this JVM so far.
  public static String count() {
    return RESULTS + " results with " + ELEMENTS + " elements";
  }
}
