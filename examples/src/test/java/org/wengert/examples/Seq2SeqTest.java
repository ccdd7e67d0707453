package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.examples.translation.Dates;
import org.wengert.examples.translation.Translator;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class Seq2SeqTest {
  private static final Pattern RIGHT = Pattern.compile("([0-9.]+) % of 500 other dates are right");

  @TempDir private Path folder;

  private Printed run(String... args) {
    return Printed.by(() -> Launcher.run(new Seq2Seq(), args));
  }

  @Test
  void aShortTrainingTranslatesMostDatesItNeverSawAndDrawsWhereItLooked() {
    String[] args = {"--epochs", "2", "--samples", "1600", "--batch", "16", "--out", "" + folder};
    Printed printed = run(args);
    assertEquals("", printed.err());
    Matcher right = RIGHT.matcher(printed.out());
    assertTrue(right.find(), printed.out());
    assertTrue(Double.parseDouble(right.group(1)) > 50, printed.out());
    assertTrue(Files.exists(folder.resolve("attention.png")));
    assertEquals(0, printed.code());
  }

  @Test
  void theSeedDecidesAboutAllSamplesForAnyNumberOfWorkers() {
    String first = losses("--workers", "0");
    assertEquals(first, losses("--workers", "3"));
    assertTrue(!first.equals(losses("--seed", "43")));
  }

  private String losses(String option, String value) {
    Printed printed = run("--epochs", "1", "--samples", "64", "--out", "" + folder, option, value);
    return printed.out().replaceAll(" [0-9.]+\\R", "");
  }

  @Test
  void attentionLooksAtTheTextAndNotAtWhatFillsIt() {
    Translator model = new Translator(16, new Rng(1));
    Tensor text = Dates.encode("3 march 1994");
    Tensor looks = model.translate(text.reshape(1, text.count())).attention();
    assertEquals(Shape.of(1, Dates.LENGTH, text.count()), looks.shape());
    for (int i = 0; i < Dates.LENGTH; i++) {
      double sum = 0;
      for (int j = 0; j < 12; j++) {
        sum += looks.at(0, i, j);
      }
      assertEquals(1, sum, 1e-6);
      assertEquals(0, looks.at(0, i, 12));
    }
  }

  @Test
  void datesAreWrittenInManyWaysAndTheirTranslationsAreDates() {
    Rng random = new Rng(3);
    int letters = 0;
    for (int i = 0; i < 500; i++) {
      Dates.Pair pair = Dates.draw(random);
      LocalDate date = LocalDate.parse(pair.iso());
      assertTrue(pair.words().contains("" + date.getYear()), pair.toString());
      Dates.Translation numbers = Dates.encode(pair);
      assertEquals(pair.iso(), Dates.decode(numbers.target()));
      for (long letter : numbers.source().toLongArray()) {
        assertTrue(letter >= 0 && letter < Dates.LETTERS, pair.toString());
      }
      letters += pair.words().chars().anyMatch(Character::isLetter) ? 1 : 0;
    }
    assertTrue(letters > 250 && letters < 450, letters + " of 500 in words");
  }
}
