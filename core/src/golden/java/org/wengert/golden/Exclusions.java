package org.wengert.golden;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The golden cases that do not apply, by design, each kind with its reason. This is the only place
/// that decides it.
final class Exclusions {
  private static final Pattern IN_PLACE = Pattern.compile("\\.\\w*[a-z]_\\(");
  private static final Pattern ASSIGNED = Pattern.compile("(?m)(^|; *)\\w+\\[[^\\]]*\\] = ");
  private static final List<String> TYPES =
      List.of("float16", "bfloat16", "int8", "int16", "complex64", "complex128");

  private Exclusions() {}

  /// Why a case does not apply; null if it does.
  static @Nullable String reason(GoldenCase c) {
    for (String type : TYPES) {
      if (uses(c, type)) {
        return "no tensor holds " + type;
      }
    }
    if (IN_PLACE.matcher(c.expr()).find()) {
      return "variables do not change, so there are no in-place operations";
    }
    if (ASSIGNED.matcher(c.expr()).find()) {
      return "variables do not change, so nothing can be assigned to a part of one";
    }
    return null;
  }

  private static boolean uses(GoldenCase c, String type) {
    return Stream.concat(c.inputs().stream(), c.outputs().stream())
            .anyMatch(tensor -> tensor.dtype().equals(type))
        || Pattern.compile("torch\\." + type + "\\b").matcher(c.expr()).find();
  }
}
