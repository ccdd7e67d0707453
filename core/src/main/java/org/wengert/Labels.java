package org.wengert;

import java.util.Locale;

/// Names of operations, from the names of their declarations.
final class Labels {
  private Labels() {}

  /// `LOG_SIGMOID` becomes `logSigmoid`.
  static String camelCase(Enum<?> row) {
    StringBuilder name = new StringBuilder();
    for (String word : row.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)));
      name.append(word, 1, word.length());
    }
    return name.toString();
  }

  static String decapitalized(String name) {
    return name.isEmpty() ? "op" : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
