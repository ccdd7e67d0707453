package org.wengert.tensor.settings;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// Reads system properties. One that is mistyped is answered by a warning in the log with what is
/// allowed, and by the default: properties are read when classes are loaded, and an exception then
/// would come back as a `NoClassDefFoundError` that says nothing. Stateless and thread-safe.
public final class Settings {
  private Settings() {}

  /// One of some words.
  ///
  /// @param allowed the words, the default first
  public static String choice(String property, String... allowed) {
    String given = System.getProperty(property, allowed[0]);
    if (List.of(allowed).contains(given)) {
      return given;
    }
    warn(property, given, allowed[0], String.join(", ", allowed));
    return allowed[0];
  }

  /// A number of things.
  ///
  /// @param usual the default
  /// @param most the largest that is allowed; the smallest is 1
  public static int count(String property, int usual, int most) {
    String given = System.getProperty(property, String.valueOf(usual));
    try {
      int count = Integer.parseInt(given.strip());
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException _) {
      // answered below, like a number that is too small
    }
    warn(property, given, String.valueOf(usual), "whole numbers from 1 to " + most);
    return usual;
  }

  private static void warn(String property, String given, String taken, String allowed) {
    Logger logger = System.getLogger("org.wengert");
    String problem = "-D" + property + "=" + given + " is ignored, " + taken + " taken";
    logger.log(Level.WARNING, problem + "; allowed: " + allowed);
  }
}
