package org.wengert.graph;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.wengert.Op;
import org.wengert.tensor.Tensor;

/// The settings of an operation, such as `axis = 1`: the components of its record. A user's record
/// in a module that is not open has none that can be seen.
final class Attributes {
  private static final int LONGEST = 200;

  private Attributes() {}

  static Map<String, String> of(Op op) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (op instanceof Record) {
      for (RecordComponent component : op.getClass().getRecordComponents()) {
        try {
          Method accessor = component.getAccessor();
          accessor.setAccessible(true);
          attributes.put(component.getName(), text(accessor.invoke(op)));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
          return attributes;
        }
      }
    }
    return attributes;
  }

  private static String text(Object value) {
    String text =
        switch (value) {
          case null -> "none";
          case Tensor x -> x.dtype().name().toLowerCase(Locale.ROOT) + " " + x.shape();
          case Double number -> Numbers.brief(number);
          case int[] all -> Arrays.toString(all);
          case double[] all -> Arrays.toString(all);
          case long[] all -> Arrays.toString(all);
          case Enum<?> row -> row.name();
          default -> value.toString();
        };
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
