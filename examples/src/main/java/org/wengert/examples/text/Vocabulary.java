package org.wengert.examples.text;

import java.util.Arrays;

/// The characters of a text, numbered in their order from 0. Immutable.
public final class Vocabulary {
  private final int[] characters;

  /// The characters that occur in `text`.
  public Vocabulary(String text) {
    this.characters = text.codePoints().sorted().distinct().toArray();
  }

  /// How many characters there are.
  public int size() {
    return characters.length;
  }

  /// The numbers of a text's characters; those that are not known are left out.
  public int[] encode(String text) {
    return text.codePoints()
        .map(character -> Arrays.binarySearch(characters, character))
        .filter(number -> number >= 0)
        .toArray();
  }

  /// The text of numbers.
  public String decode(int... numbers) {
    int[] text = Arrays.stream(numbers).map(number -> characters[number]).toArray();
    return new String(text, 0, text.length);
  }

  /// The number that a text begins with: that of a new line, or the first one.
  public int beginning() {
    return Math.max(0, Arrays.binarySearch(characters, '\n'));
  }
}
