package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.tensor.WengertException;

/// Whatever a public function of [F] is called with, it answers, or it refuses in the library's own
/// words: its name, an operand of the call with name and shape, and a way out. The functions are
/// found by reflection, so that a new one is held to this without being listed here.
class FunctionErrorsTest {
  private static final int DRAWS = 300;

  /// Never refuse: they apply to each element alone, whatever its type.
  private static final String ELEMENT_BY_ELEMENT =
      """
      abs(Variable); acos(Variable); acosh(Variable); add(Variable, double); add(Variable,
      long); asin(Variable); asinh(Variable); atan(Variable); atanh(Variable); ceil(Variable);
      celu(Variable); celu(Variable, double); clamp(Variable, double, double); clamp(Variable,
      long, long); clampMax(Variable, double); clampMax(Variable, long); clampMin(Variable,
      double); clampMin(Variable, long); cos(Variable); cosh(Variable); deg2rad(Variable);
      digamma(Variable); div(Variable, double); div(double, Variable); elu(Variable);
      elu(Variable, double); eq(Variable, double); eq(Variable, long); erf(Variable);
      erfc(Variable); erfinv(Variable); exp(Variable); exp2(Variable); expm1(Variable);
      floor(Variable); floorDivide(Variable, double); fmod(Variable, double); ge(Variable,
      double); ge(Variable, long); gelu(Variable); geluTanh(Variable); gt(Variable, double);
      gt(Variable, long); hardLimit(Variable); hardshrink(Variable); hardshrink(Variable,
      double); hardsigmoid(Variable); hardswish(Variable); hardtanh(Variable);
      hardtanh(Variable, double, double); isFinite(Variable); isInf(Variable);
      isNaN(Variable); le(Variable, double); le(Variable, long); leakyRelu(Variable);
      leakyRelu(Variable, double); lgamma(Variable); log(Variable); log10(Variable);
      log1p(Variable); log2(Variable); logSigmoid(Variable); logicalNot(Variable);
      logit(Variable); logit(Variable, double); lt(Variable, double); lt(Variable, long);
      mish(Variable); mul(Variable, double); mul(Variable, long); nanToNum(Variable);
      nanToNum(Variable, double, double, double); ne(Variable, double); ne(Variable, long);
      pow(Variable, double); pow(double, Variable); pow(long, Variable); rad2deg(Variable);
      rbf(Variable, double, double); reciprocal(Variable); relu(Variable); relu6(Variable);
      remainder(Variable, double); round(Variable); round(Variable, int); rsqrt(Variable);
      rsub(Variable, double); rsub(Variable, long); selu(Variable); sigmoid(Variable);
      sigmoid(Variable, double); sign(Variable); signBit(Variable); silu(Variable);
      sin(Variable); sinc(Variable); sinh(Variable); softplus(Variable); softplus(Variable,
      double, double); softshrink(Variable); softshrink(Variable, double); softsign(Variable);
      sqrt(Variable); square(Variable); sub(Variable, double); sub(Variable, long);
      tan(Variable); tanh(Variable); tanhshrink(Variable); threshold(Variable, double,
      double); trunc(Variable)""";

  /// Never refuse: they take all elements, in whatever shape they are.
  private static final String WHOLE =
      """
      clone(Variable); contiguous(Variable); flatten(Variable); squeeze(Variable);
      roll(Variable, int); nonzero(Variable); unique(Variable); sort(Variable);
      argSort(Variable); prod(Variable); kron(Variable, Variable)""";

  /// Never refuse: they repeat a number to a shape that exists.
  private static final String FILLED =
      """
      full(Shape, double); full(Shape, double, DType); full(Shape, long); fullLike(Variable,
      double); ones(Shape, DType); onesLike(Variable); zeros(Shape, DType);
      zerosLike(Variable)""";

  static List<Method> functions() {
    return Arrays.stream(F.class.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()))
        .sorted(Comparator.comparing(FunctionErrorsTest::signature))
        .toList();
  }

  private static String signature(Method function) {
    return Arrays.stream(function.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", function.getName() + "(", ")"));
  }

  @TestFactory
  Stream<DynamicTest> everyFunctionRefusesInItsOwnName() {
    return functions().stream()
        .map(f -> DynamicTest.dynamicTest(signature(f), () -> assertEquals("", complaints(f))));
  }

  @Test
  void whatNeverRefusesIsListed() {
    Collection<String> silent = new TreeSet<>();
    for (Method function : functions()) {
      if (calls(function).noneMatch(call -> call.error().isPresent())) {
        silent.add(signature(function));
      }
    }
    Collection<String> listed = new TreeSet<>();
    for (String signatures : List.of(ELEMENT_BY_ELEMENT, WHOLE, FILLED)) {
      listed.addAll(List.of(signatures.replaceAll("\\s+", " ").split("; ")));
    }
    assertEquals(String.join("\n", listed), String.join("\n", silent));
  }

  /// One call, and what was thrown.
  private record Drawn(Object[] arguments, Optional<Throwable> error) {}

  private static Stream<Drawn> calls(Method function) {
    Misfits misfits = new Misfits(signature(function).hashCode());
    return Stream.generate(() -> misfits.arguments(function))
        .limit(DRAWS)
        .map(arguments -> new Drawn(arguments, error(function, arguments)));
  }

  private static Optional<Throwable> error(Method function, Object... arguments) {
    try {
      function.invoke(null, arguments);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /// The first answer that a user could not work with; empty if there is none.
  static String complaints(Method function) {
    for (Drawn call : calls(function).toList()) {
      if (call.error().isPresent()) {
        Throwable error = call.error().get();
        List<Variable> operands = Misfits.variables(call.arguments());
        String complaint = complaint(function.getName(), error, operands);
        if (!complaint.isEmpty()) {
          return complaint + Misfits.text(call.arguments()) + "\n" + trace(error);
        }
      }
    }
    return "";
  }

  private static String trace(Throwable error) {
    return Stream.concat(
            Stream.of(error.toString()),
            Arrays.stream(error.getStackTrace()).limit(8).map(Object::toString))
        .collect(Collectors.joining("\n  "));
  }

  private static String complaint(String name, Throwable error, List<Variable> operands) {
    if (!(error instanceof WengertException)) {
      return "not the library's: ";
    }
    String message = String.valueOf(error.getMessage());
    if (!message.startsWith(name + ": ") && !message.startsWith(name + " '")) {
      return "another name: ";
    }
    if (!operands.isEmpty() && operands.stream().noneMatch(x -> shows(message, x))) {
      return "no operand: ";
    }
    return message.contains("\n  hint: ") ? "" : "no hint: ";
  }

  private static boolean shows(String message, Variable x) {
    String line = "\n    .*\\b" + x.name() + " +" + Pattern.quote(x.shape().toString());
    return Pattern.compile(line).matcher(message).find();
  }

  @Test
  void theFunctionsAreFound() {
    assertTrue(functions().size() > 300);
  }
}
