package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.OpCatalogue.Entry;
import org.wengert.backend.Agreement;
import org.wengert.backend.Backend;
import org.wengert.backend.Draw;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Every operation of the catalogue gives the same bits on both backends and any number of threads,
/// fused ones their gradients too. Other rules are made of operations.
class BackendContractClaims {
  private static final List<DType> TYPES = List.of(DType.FLOAT32, DType.FLOAT64);
  private static final int LAYOUTS = 3;
  private static final int SMALL = 10;
  private static final int LARGE = 1;

  /// The catalogue's entries by operation.
  private static final TreeMap<String, List<Entry>> ENTRIES =
      OpCatalogue.entries().stream()
          .collect(Collectors.groupingBy(Entry::toString, TreeMap::new, Collectors.toList()));

  @TestFactory
  Stream<DynamicTest> everyOperationGivesTheSameBits() {
    return ENTRIES.entrySet().stream()
        .map(e -> dynamicTest(e.getKey(), () -> e.getValue().forEach(this::checkCalls)));
  }

  /// The calls that the catalogue lists, in several layouts.
  private void checkCalls(Entry entry) {
    for (DType type : TYPES) {
      List<Function<Backend, Object>> calls = new ArrayList<>();
      for (List<Shape> shapes : entry.shapes()) {
        for (int seed = 0; seed < LAYOUTS; seed++) {
          Draw draw = new Draw(seed, type, false);
          List<Tensor> xs =
              entry.sample(shapes, new Rng(seed)).stream()
                  .map(x -> draw.laidOut(x.to(type)))
                  .toList();
          calls.add(kernels -> results(entry.op(), kernels, xs));
        }
      }
      Agreement.check(entry + " of " + type, calls, 1, 3);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFunctionOfNumbersGivesTheSameBitsOnAllSizesAndSpecialValues() {
    return ENTRIES.values().stream()
        .flatMap(List::stream)
        .filter(entry -> pointwiseOperands(entry.op()) > 0)
        .map(
            entry ->
                dynamicTest(
                    entry.toString(),
                    () -> {
                      for (DType type : TYPES) {
                        Agreement.check(
                            entry.toString(), type, SMALL, LARGE, d -> pointwise(entry.op(), d));
                      }
                    }));
  }

  private static int pointwiseOperands(Op op) {
    return switch (op) {
      case Op.Pointwise _, Cast _, Clone _ -> 1;
      case Op.Pointwise2 _, Compare _ -> 2;
      default -> 0;
    };
  }

  private static Function<Backend, Object> pointwise(Op op, Draw d) {
    Shape y = d.shape(0, 4);
    List<Tensor> xs =
        pointwiseOperands(op) == 1
            ? List.of(d.tensor(y))
            : List.of(d.tensor(d.narrower(y)), d.tensor(d.narrower(y)));
    return kernels -> results(op, kernels, xs);
  }

  @Test
  void everyFusedOperationIsCalledOnLargeOperandsToo() {
    TreeSet<String> fused =
        OpCatalogue.entries().stream()
            .filter(entry -> entry.op() instanceof Op.Fused)
            .map(entry -> entry.op().getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(fused, FusedContracts.all().keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyFusedOperationGivesTheSameBits() {
    return FusedContracts.all().entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> {
                      for (DType type : TYPES) {
                        Agreement.check(
                            e.getKey(), type, 3 * SMALL, 3, d -> fused(e.getValue().draw(d)));
                      }
                    }));
  }

  private static Function<Backend, Object> fused(FusedContracts.Call call) {
    return kernels -> results(call.op(), kernels, call.operands());
  }

  /// The result, and what a fused operation saves and gives as gradients.
  private static Object results(Op op, Backend kernels, List<Tensor> xs) {
    List<Shape> shapes = xs.stream().map(Tensor::shape).toList();
    return switch (op) {
      case Op.Unary unary -> unary.forward(kernels, xs.getFirst(), unary.infer(shapes.getFirst()));
      case Op.Binary binary ->
          binary.forward(kernels, xs.get(0), xs.get(1), binary.infer(shapes.get(0), shapes.get(1)));
      case Op.Fused fused -> fused(fused, kernels, xs, fused.infer(shapes));
      case Op.Nary nary -> nary.forward(kernels, xs, nary.infer(shapes));
      default -> throw new AssertionError("an operation of no known arity: " + op);
    };
  }

  /// With all gradients wanted, and with each one alone.
  private static Object fused(Op.Fused op, Backend kernels, List<Tensor> xs, Shape y) {
    Op.Fused.Computed computed = op.compute(kernels, xs, y);
    Tensor gy = new Draw(y.count(), computed.y().dtype(), false).tensor(y);
    List<Object> results = new ArrayList<>();
    results.add(computed);
    for (int only = -1; only < xs.size(); only++) {
      boolean[] wanted = new boolean[xs.size()];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = only < 0 || i == only;
      }
      results.add(
          op.derivatives(
              kernels, new Op.Fused.Past(gy, xs, computed.y(), computed.saved(), wanted)));
    }
    return results;
  }

  @AfterAll
  static void countWhatWasCompared() {
    System.out.printf(
        "Operations on both backends, 1 to 4 threads: %d operations, %s%n",
        ENTRIES.size(), Agreement.count());
  }
}
