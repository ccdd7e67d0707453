package org.wengert.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/// What a program left behind on its streams.
///
/// @param code its exit code
/// @param out what it printed
/// @param err what it complained about
record Printed(int code, String out, String err) {

  /// Runs a program and catches what it prints.
  static Printed by(IntSupplier program) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var outBytes = new ByteArrayOutputStream();
    var errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = program.getAsInt();
      return new Printed(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /// Runs an example without arguments.
  static String byMain(Runnable main) {
    Printed printed =
        by(
            () -> {
              main.run();
              return 0;
            });
    return printed.out;
  }
}
