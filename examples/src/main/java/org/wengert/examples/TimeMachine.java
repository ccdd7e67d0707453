package org.wengert.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.graph.Stepper;

/// Lecture 4: walks through `f = (x + y) z`, forward and backward, by keys in a terminal. Each key
/// is a line: nothing or `n` for the next moment, `p` for the one before, `b w5` to stop where
/// something happens to `w5`, `r` to run there, `s` for the start, `q` to leave.
public final class TimeMachine {
  private static final String KEYS =
      "Enter or n: next, p: previous, b NAME: break at a name, r: run, s: start, q: quit";

  private TimeMachine() {}

  /// The graph of the lecture, at -2, 5 and -4.
  static Graph lecture() {
    Variable x = Variable.of(-2.0).named("x");
    Variable y = Variable.of(5.0).named("y");
    Variable z = Variable.of(-4.0).named("z");
    return Graph.of(x.add(y).named("q").mul(z).named("f"));
  }

  /// Walks until the keys end or say so.
  static void walk(Stepper stepper, BufferedReader keys, PrintStream out) throws IOException {
    out.println(KEYS);
    out.println(stepper);
    for (String key = keys.readLine(); key != null; key = keys.readLine()) {
      String line = key.strip();
      if (line.equals("q")) {
        return;
      }
      out.println(answer(stepper, line));
    }
  }

  private static String answer(Stepper stepper, String line) {
    if (line.startsWith("b ")) {
      String name = line.substring(2).strip();
      boolean isKnown = !stepper.graph().find(v -> v.name().equals(name)).isEmpty();
      if (isKnown) {
        stepper.breakAtName(name);
      }
      return isKnown ? "stops at " + name : "no value is named " + name;
    }
    return switch (line) {
      case "", "n" -> stepper.next().toString();
      case "p" -> stepper.previous().toString();
      case "r" -> stepper.run().toString();
      case "s" -> stepper.toStart().toString();
      default -> KEYS;
    };
  }

  /// Starts at the first value of the lecture's graph.
  public static void main(String[] args) throws IOException {
    var keys = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    walk(Stepper.of(lecture()), keys, System.out);
  }
}
