package org.wengert.examples.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.Rng;

class TextDataTest {
  private static final String TEXT = "abcdefghijklmnopqrstuvwxyz".repeat(10);
  private static final TextData DATA = TextData.of("text", TEXT, 4);

  private static void assertFollows(TextBatch batch) {
    long[] inputs = batch.inputs().value().toLongArray();
    long[] targets = batch.targets().value().toLongArray();
    assertEquals(inputs.length, targets.length);
    for (int i = 0; i < inputs.length; i++) {
      assertEquals((inputs[i] + 1) % 26, targets[i]);
    }
  }

  private static String decoded(TextBatch batch, int piece) {
    long[] row = batch.inputs().select(0, piece).value().toLongArray();
    int[] numbers = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      numbers[i] = (int) row[i];
    }
    return String.join("", DATA.vocabulary().decode(numbers));
  }

  @Test
  void nineTenthsAreForTrainingAndTheRestIsNot() {
    assertEquals(234, DATA.trainingSize());
    assertEquals(26, DATA.validationSize());
    List<TextBatch> validation = DATA.validation(4, 4, 100);
    assertEquals(2, validation.size());
    assertEquals(TEXT.substring(234, 238), decoded(validation.getFirst(), 0));
    assertEquals(TEXT.substring(255, 259), decoded(validation.getLast(), 1));
    validation.forEach(TextDataTest::assertFollows);
    assertEquals(1, DATA.validation(4, 4, 3).size());
  }

  @Test
  void eachTargetIsTheNextCharacter() {
    Supplier<TextBatch> random = DATA.randomPieces(8, 4, new Rng(1));
    for (int i = 0; i < 20; i++) {
      TextBatch batch = random.get();
      assertFollows(batch);
      assertFalse(batch.continues());
    }
  }

  @Test
  void consecutivePiecesGoOnWhereTheLastOnesEnded() {
    Supplier<TextBatch> pieces = DATA.consecutivePieces(3, 4);
    TextBatch first = pieces.get();
    assertFalse(first.continues());
    StringBuilder strip = new StringBuilder(decoded(first, 1));
    TextBatch next = pieces.get();
    int batches = 1;
    for (; next.continues(); next = pieces.get()) {
      assertFollows(next);
      strip.append(decoded(next, 1));
      batches++;
    }
    assertEquals(19, batches);
    assertEquals(TEXT.substring(77, 77 + 76), strip.toString());
    assertEquals(decoded(first, 2), decoded(next, 2));
  }

  @Test
  void moreStripsThanTheTextHasPiecesOverlap() {
    TextBatch batch = DATA.consecutivePieces(500, 4).get();
    assertFollows(batch);
    assertEquals(500, batch.inputs().size(0));
  }

  @Test
  void storiesAreGrammaticalAndTheSameForTheSameSeed() {
    String stories = Tales.write(2000, new Rng(1));
    assertEquals(stories, Tales.write(2000, new Rng(1)));
    assertNotEquals(stories, Tales.write(2000, new Rng(2)));
    assertTrue(stories.length() >= 2000);
    for (String sentence : stories.strip().split("(?<=\\.)\\s")) {
      boolean many = sentence.startsWith("Some ");
      assertTrue(many || sentence.startsWith("The "), sentence);
      assertEquals(many, sentence.endsWith("and then they sleep."), sentence);
    }
  }
}
