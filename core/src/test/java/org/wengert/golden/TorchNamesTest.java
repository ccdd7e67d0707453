package org.wengert.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Variable;

/// Who knows a function's name in PyTorch finds it: without underscores, in camel case.
class TorchNamesTest {
  private static final List<String> FILES =
      List.of(
          "unary",
          "binary",
          "reduction",
          "shape",
          "higher_order",
          "linalg",
          "dtype",
          "autograd",
          "views",
          "large",
          "empty",
          "errors");

  /// Names that only TorchScript uses; `F` has the function that PyTorch documents.
  private static final List<String> INTERNAL =
      List.of("_unique2", "constant_pad_nd", "cross_entropy_loss", "nll_loss_nd", "linalg_pinv");

  private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\(");
  private static final Pattern IN_PLACE = Pattern.compile("\\w*[a-z]_|append|grad");
  private static final Pattern UPSAMPLE = Pattern.compile("upsample_\\w+"); // interpolate(..)

  @Test
  void everyFunctionOfTheGoldenDataHasItsName() {
    TreeSet<String> asked = new TreeSet<>();
    FILES.stream().flatMap(TorchNamesTest::sources).forEach(source -> addCalls(source, asked));
    assertTrue(asked.size() > 200, "found " + asked);
    TreeSet<String> names =
        Stream.concat(
                Arrays.stream(F.class.getMethods()), Arrays.stream(Variable.class.getMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    asked.removeIf(name -> names.contains(name.replace("linalg_", "").replace("_", "")));
    assertEquals(new TreeSet<>(), asked);
  }

  private static Stream<String> sources(String file) {
    return GoldenFiles.committed().cases(file).stream()
        .flatMap(
            c ->
                Stream.concat(
                    Stream.of(c.expr()),
                    c.attrs().asMap().values().stream()
                        .filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)));
  }

  private static void addCalls(String source, TreeSet<String> names) {
    CALL.matcher(source)
        .results()
        .map(call -> call.group(1))
        .filter(name -> !INTERNAL.contains(name))
        .filter(name -> !IN_PLACE.matcher(name).matches() && !UPSAMPLE.matcher(name).matches())
        .forEach(names::add);
  }
}
