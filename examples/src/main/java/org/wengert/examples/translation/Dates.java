package org.wengert.examples.translation;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.wengert.tensor.Tensor;

/// Dates as people write them, and as ISO 8601 has them: a language to translate that needs no
/// download.
public final class Dates {
  /// Characters of a translation, as in `1994-03-07`.
  public static final int LENGTH = 10;

  /// Different characters of a text, the one that fills short texts included.
  public static final int LETTERS = 41;

  /// Different characters of a translation, the one it begins with included.
  public static final int DIGITS = 12;

  private static final int LONGEST = 34;
  private static final String SOURCE = "_ abcdefghijklmnopqrstuvwxyz0123456789,./";
  private static final String TARGET = "0123456789->";
  private static final LocalDate FIRST = LocalDate.of(1950, 1, 1);
  private static final int DAYS = 36_525; // to the end of 2049
  private static final List<String> ORDINALS =
      List.of(
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth",
          "thirteenth",
          "fourteenth",
          "fifteenth",
          "sixteenth",
          "seventeenth",
          "eighteenth",
          "nineteenth",
          "twentieth");

  private Dates() {}

  /// A date in words with its translation.
  ///
  /// @param words such as `tuesday, the third of march 1994`
  /// @param iso such as `1994-03-03`
  public record Pair(String words, String iso) {}

  /// A text with its translation as numbers of characters; or a batch of them.
  ///
  /// @param source of the text; 0 fills what is shorter than the longest
  /// @param target of the translation
  public record Translation(Tensor source, Tensor target) {}

  /// Some date from 1950 to 2049, written in one of seven ways.
  public static Pair draw(RandomGenerator random) {
    LocalDate date = FIRST.plusDays(random.nextInt(DAYS));
    return new Pair(words(date, random), date.toString());
  }

  private static String words(LocalDate date, RandomGenerator random) {
    int day = date.getDayOfMonth();
    int year = date.getYear();
    String month = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String brief = month.substring(0, 3);
    String name = date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String text =
        switch (random.nextInt(7)) {
          case 0 -> day + " " + month + " " + year;
          case 1 -> month + " " + day + ", " + year;
          case 2 -> "the " + ordinal(day) + " of " + month + " " + year;
          case 3 -> day + "." + date.getMonthValue() + "." + year;
          case 4 -> date.getMonthValue() + "/" + day + "/" + year;
          case 5 -> name.substring(0, 3) + " " + day + suffix(day) + " " + brief + " " + year;
          default -> name + ", " + day + " " + brief + " " + year;
        };
    return text.toLowerCase(Locale.ROOT);
  }

  private static String ordinal(int day) {
    if (day <= 20) {
      return ORDINALS.get(day - 1);
    }
    return day == 30
        ? "thirtieth"
        : (day < 30 ? "twenty " : "thirty ") + ORDINALS.get(day % 10 - 1);
  }

  private static String suffix(int day) {
    int last = day / 10 == 1 ? 0 : day % 10;
    return last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  }

  /// A pair as numbers.
  public static Translation encode(Pair pair) {
    return new Translation(encode(pair.words), numbers(pair.iso, TARGET, LENGTH));
  }

  /// A text as numbers; characters that do not occur in dates are read as blanks, and what is too
  /// long is cut off.
  public static Tensor encode(String words) {
    String known = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9,./]", " ");
    return numbers(known.substring(0, Math.min(LONGEST, known.length())), SOURCE, LONGEST);
  }

  private static Tensor numbers(String text, String alphabet, int length) {
    long[] numbers = new long[length];
    for (int i = 0; i < text.length(); i++) {
      numbers[i] = alphabet.indexOf(text.charAt(i));
    }
    return Tensor.of(numbers);
  }

  /// The number of the character that a translation begins with, before its first.
  public static int beginning() {
    return TARGET.indexOf('>');
  }

  /// The translation that numbers stand for.
  public static String decode(Tensor numbers) {
    StringBuilder text = new StringBuilder();
    for (long number : numbers.toLongArray()) {
      text.append(TARGET.charAt((int) number));
    }
    return text.toString();
  }
}
