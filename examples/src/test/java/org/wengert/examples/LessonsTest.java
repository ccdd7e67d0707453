package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The lessons print what `docs/lessons` shows, to the last digit. With the property
/// `wengert.lessons=write` the pages are written instead.
class LessonsTest {
  @Test
  void lesson1PrintsItsPage() throws IOException {
    List<String> wrong = wrong("lesson1.txt", Lesson1GradientDescent::main);
    assertEquals(List.of(), wrong);
  }

  /// The slip `.0006`, and what follows from it.
  @Test
  void lesson2PrintsItsPageAndFindsTheSlip() throws IOException {
    List<String> wrong = wrong("lesson2.txt", Lesson2Backpropagation::main);
    assertEquals(2, wrong.size());
    assertTrue(wrong.get(0).contains(" .0006     0.006032517714 "), wrong.get(0));
    assertTrue(wrong.get(1).contains("the sum with .0048 and .0006"), wrong.get(1));
  }

  /// Seven neurons and D + 1 biases.
  @Test
  void lesson3PrintsItsPageAndFindsTwoCountsWrong() throws IOException {
    List<String> wrong = wrong("lesson3.txt", Lesson3DeepNetworks::main);
    assertEquals(2, wrong.size());
    assertTrue(wrong.get(0).contains("3-4-2: neurons"), wrong.get(0));
    assertTrue(wrong.get(1).contains("D + 1 biases"), wrong.get(1));
  }

  @Test
  void lesson4PrintsItsPage() throws IOException {
    List<String> wrong = wrong("lesson4.txt", Lesson4Training::main);
    assertEquals(List.of(), wrong);
  }

  /// The lines that call a printed figure wrong, after comparing all lines with the page.
  private static List<String> wrong(String page, Consumer<String[]> lesson) throws IOException {
    String printed = Printed.byMain(() -> lesson.accept(new String[0]));
    Path file = Path.of("../docs/lessons", page);
    if ("write".equals(System.getProperty("wengert.lessons"))) {
      Files.writeString(file, printed);
    }
    assertEquals(Files.readString(file), printed.replace(System.lineSeparator(), "\n"));
    return printed.lines().filter(line -> line.endsWith("WRONG")).toList();
  }
}
