package org.wengert.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The golden runner notices what differs.
class GoldenRunTest {
  private static final String CASE =
      """
      [{"id": "t.square.1", "op": "square", "attrs": {}, "expr": "x * x",
        "inputs": [{"name": "x", "shape": [2], "dtype": "float64", "requires_grad": true,
                    "data": [3.0, "Infinity"]}],
        "outputs": [{"shape": [2], "dtype": "float64", "data": [9.0, "Infinity"]}],
        "grad_outputs": [{"shape": [2], "dtype": "float64", "data": [1.0, 0.5]}],
        "grads": [{"name": "x", "shape": [2], "dtype": "float64", "data": [6.0, "Infinity"]}]}]
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private List<String> failuresOf(String json) throws IOException {
    Files.writeString(folder.resolve("t.json"), json);
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new GoldenRun(GoldenFiles.in(folder), OperatorTable.ofCore(), out).replay(List.of("t"));
  }

  private void assertFails(String json, String failure) throws IOException {
    assertEquals(List.of("t.square.1: " + failure), failuresOf(json));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("  t.square.1: " + failure));
  }

  @Test
  void whatAgreesPasses() throws IOException {
    assertEquals(List.of(), failuresOf(CASE));
    assertEquals(
        List.of(
            "golden t.json: 1 passed, 0 failed, 0 not applicable",
            "golden total: 1 passed, 0 failed, 0 not applicable"),
        printed.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void aMissingFileFails() {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    GoldenRun run = new GoldenRun(GoldenFiles.in(folder), OperatorTable.ofCore(), out);
    assertEquals(List.of("unary.json: missing in " + folder), run.replay(List.of("unary")));
    assertEquals(
        List.of(
            "golden unary.json: missing",
            "  unary.json: missing in " + folder,
            "golden total: 0 passed, 0 failed, 0 not applicable"),
        printed.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void aWrongNumberFails() throws IOException {
    assertFails(
        CASE.replace("[9.0", "[9.000000002"), "output 0, element 0: got 9.0, expected 9.000000002");
  }

  @Test
  void anInfinityOfTheOtherSignFails() throws IOException {
    assertFails(
        CASE.replace("[9.0, \"", "[9.0, \"-"),
        "output 0, element 1: got Infinity, expected -Infinity");
  }

  @Test
  void aWrongGradientFails() throws IOException {
    assertFails(
        CASE.replace("[6.0", "[6.000001"), "gradient of x, element 0: got 6.0, expected 6.000001");
  }

  @Test
  void gradientsInFloat32AreComparedToFiveDigits() throws IOException {
    String single = CASE.replace("float64", "float32");
    assertEquals(List.of(), failuresOf(single.replace("[6.0", "[6.00005")));
    assertFails(
        single.replace("[6.0", "[6.0001"), "gradient of x, element 0: got 6.0, expected 6.0001");
  }

  @Test
  void aGradientWhereThereShouldBeNoneFails() throws IOException {
    String none = CASE.replace("\"data\": [6.0, \"Infinity\"]", "\"data\": null");
    List<String> failures = failuresOf(none);
    assertEquals(1, failures.size());
    assertTrue(failures.getFirst().endsWith("expected none"), failures.getFirst());
  }

  @Test
  void aWrongTypeFails() throws IOException {
    assertFails(
        CASE.replace(
            "\"outputs\": [{\"shape\": [2], \"dtype\": \"float64\"",
            "\"outputs\": [{\"shape\": [2], \"dtype\": \"float32\""),
        "output 0: got float64(2), expected float32(2)");
  }

  @Test
  void aMissingOperatorFails() throws IOException {
    assertFails(CASE.replace("x * x", "torch.squared(x)"), "no operator torch.squared");
  }

  @Test
  void aMissingErrorFails() throws IOException {
    String json = CASE.replace("\"op\"", "\"error\": \"too square\", \"op\"");
    List<String> failures = failuresOf(json);
    assertTrue(failures.getFirst().endsWith("expected an error like: too square"));
  }

  @Test
  void whatDoesNotApplyIsCountedWithItsReason() throws IOException {
    assertEquals(List.of(), failuresOf(CASE.replace("x * x", "x.mul_(x)")));
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("golden t.json: 0 passed, 0 failed, 1 not applicable"), text);
    assertTrue(text.contains("  not applicable 1: variables do not change"), text);
  }
}
