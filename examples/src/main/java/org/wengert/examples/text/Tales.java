package org.wengert.examples.text;

import java.util.List;
import java.util.random.RandomGenerator;

/// Writes little stories by a grammar, so that the examples have something to read without a file.
/// Two things reach across a sentence and have to be remembered: who it is about, and whether it is
/// many.
public final class Tales {
  private static final List<String> ADJECTIVES =
      List.of("old", "small", "brave", "sleepy", "green", "clever", "hungry", "quiet");
  private static final List<Being> BEINGS =
      List.of(
          new Being("fox", "foxes", "it"),
          new Being("miller", "millers", "he"),
          new Being("queen", "queens", "she"),
          new Being("owl", "owls", "it"),
          new Being("baker", "bakers", "she"),
          new Being("giant", "giants", "he"));
  private static final List<Act> ACTS =
      List.of(
          new Act("sees", "see"),
          new Act("follows", "follow"),
          new Act("sings to", "sing to"),
          new Act("hides from", "hide from"),
          new Act("dreams of", "dream of"));
  private static final List<String> PLACES =
      List.of("by the river", "under the bridge", "in the garden", "behind the hill", "at night");

  /// One, many, and what one is called when it was named before.
  private record Being(String one, String many, String pronoun) {}

  /// What one does, and many do.
  private record Act(String one, String many) {}

  private Tales() {}

  /// Stories of at least so many characters.
  public static String write(int characters, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(sentence(random));
      text.append(random.nextInt(4) == 0 ? '\n' : ' ');
    }
    return text.toString();
  }

  /// Such as `The old fox sees a queen by the river, and then it sleeps.`
  private static String sentence(RandomGenerator random) {
    Being hero = pick(BEINGS, random);
    boolean many = random.nextInt(3) == 0;
    Act act = pick(ACTS, random);
    Being other = pick(BEINGS, random);
    String subject = pick(ADJECTIVES, random) + " " + (many ? hero.many : hero.one);
    String end = many ? "and then they sleep." : "and then " + hero.pronoun + " sleeps.";
    String where = random.nextBoolean() ? " " + pick(PLACES, random) : "";
    return String.join(
        " ",
        many ? "Some" : "The",
        subject,
        many ? act.many : act.one,
        other.one.startsWith("o") ? "an" : "a",
        other.one + where + ",",
        end);
  }

  private static <T> T pick(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }
}
