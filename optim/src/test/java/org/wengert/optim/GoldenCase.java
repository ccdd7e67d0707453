package org.wengert.optim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A case of `golden.txt`: what libtorch computed, under libtorch's names.
record GoldenCase(
    String op, String id, Map<String, double[]> attributes, Map<String, Tensor> tensors) {

  /// All cases of an operation, in the order of the file.
  static List<GoldenCase> of(String op) {
    List<GoldenCase> cases = new ArrayList<>();
    try (InputStream bytes = GoldenCase.class.getResourceAsStream("golden.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(bytes), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "#" -> {}
          case "case" ->
              cases.add(
                  new GoldenCase(words[1], words[2], new LinkedHashMap<>(), new LinkedHashMap<>()));
          case "attr" -> cases.getLast().attributes.put(words[1], numbers(words[2]));
          default -> cases.getLast().tensors.put(words[0], tensor(words[1], words[2]));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return cases.stream().filter(c -> c.op.equals(op)).toList();
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Tensor tensor(String shape, String data) {
    Shape sizes =
        shape.equals("-")
            ? Shape.SCALAR
            : Shape.of(Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray());
    return Tensor.of(numbers(data)).reshape(sizes);
  }

  double number(String attribute) {
    return attributes.get(attribute)[0];
  }

  boolean flag(String attribute) {
    return number(attribute) != 0;
  }

  Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), () -> id + " has no " + name);
  }

  /// Part `i` along the first axis, as the gradients and the results of step `i` are stored.
  Tensor tensor(String name, int i) {
    Tensor all = tensor(name);
    return all.slice(0, i, i + 1, 1).copy().reshape(all.shape().remove(0));
  }
}
