package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.graph.Stepper;

class TimeMachineTest {
  private static List<String> answers(String keys) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Stepper stepper = Stepper.of(TimeMachine.lecture());
      TimeMachine.walk(stepper, new BufferedReader(new StringReader(keys)), out);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
  }

  @Test
  void keysWalkBackAndForth() throws IOException {
    assertEquals(
        List.of("[1/8 →] x = -2", "[2/8 →] y = 5", "[3/8 →] z = -4", "[2/8 →] y = 5"),
        answers("\nn\np\n"));
  }

  @Test
  void runStopsAtANameAndQuits() throws IOException {
    assertEquals(
        List.of(
            "[1/8 →] x = -2",
            "no value is named w5",
            "stops at z",
            "[3/8 →] z = -4   (stopped: z)",
            "[7/8 ←] f → q: 1 · z = -4, gradient of q: -4",
            "        f → z: 1 · q = 3, gradient of z: 3   (stopped: z)",
            "[1/8 →] x = -2"),
        answers("b w5\nb z\nr\nr\ns\nq\nn\n"));
  }

  @Test
  void anotherKeyShowsTheKeys() throws IOException {
    assertEquals("Enter or n", answers("what\n").getLast().substring(0, 10));
  }
}
