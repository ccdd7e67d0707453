package org.wengert.train.ink;

import java.util.List;
import java.util.stream.Stream;

/// How people write the ten digits.
///
/// Own drawings, so that no font has to be installed and no data set downloaded.
public final class Handwriting {
  private static final List<List<Glyph>> DIGITS =
      List.of(
          glyphs( // 0: plain, narrow, started at the right with an open end
              "52 0, 27 12, 16 50, 27 88, 50 100, 74 88, 84 50, 73 12, 50 0, 38 4",
              "56 0, 34 18, 27 55, 34 90, 48 100, 64 84, 72 46, 66 12, 52 0",
              "72 10, 48 0, 22 22, 16 58, 32 94, 56 98, 80 74, 84 34, 66 6, 52 8"),
          glyphs( // 1: a line, a slanted line, with an upstroke, with a foot
              "50 0, 50 50, 50 100",
              "58 0, 50 50, 40 100",
              "28 26, 42 14, 54 0!, 52 50, 52 100",
              "30 20, 42 12, 52 0!, 52 52, 52 100 | 28 99, 76 99"),
          glyphs( // 2: with a sharp foot, with a loop, with a wavy foot
              "20 24, 30 6, 52 0, 76 12, 75 36, 50 68, 17 99!, 84 99",
              "20 20, 48 0, 77 18, 66 54, 36 92, 18 92, 24 78, 50 86, 88 97",
              "24 12, 54 0, 78 20, 62 54, 18 96!, 42 90, 64 98, 86 92"),
          glyphs( // 3: round, with a flat top, with a small loop in the middle
              "22 12, 48 0, 75 13, 70 36, 42 46!, 74 56, 82 78, 54 100, 18 89",
              "22 2, 76 2!, 44 40!, 72 50, 80 76, 54 99, 18 90",
              "24 8, 54 0, 76 18, 60 42, 40 48, 50 42, 76 60, 76 86, 48 100, 20 86"),
          glyphs( // 4: open, closed, with a round bowl, as on a clock display
              "30 2, 18 58!, 86 56 | 68 8, 66 54, 62 100",
              "64 0, 42 32, 14 68!, 90 67 | 64 2!, 64 50, 63 100",
              "24 4, 20 38, 36 56, 62 50, 78 36 | 80 0, 74 50, 66 100",
              "22 4, 20 50!, 76 50 | 78 0, 78 50, 77 100"),
          glyphs( // 5: with a separate cap, in one stroke, like an S
              "30 4, 25 46!, 52 37, 79 54, 76 86, 48 100, 17 90 | 30 4, 80 2",
              "80 2, 30 3!, 24 44!, 56 40, 80 62, 70 92, 42 100, 16 92",
              "78 6, 50 2, 28 14, 30 38, 60 50, 78 70, 66 94, 40 100, 18 90"),
          glyphs( // 6: curved back, straight back, big belly
              "68 2, 40 20, 21 60, 30 92, 54 100, 78 82, 70 58, 46 54, 24 72",
              "56 0, 36 40, 24 76, 42 100, 70 92, 76 68, 54 56, 28 70",
              "74 10, 52 0, 28 22, 17 62, 32 96, 66 98, 84 74, 68 48, 40 50, 20 70"),
          glyphs( // 7: plain, with a bar, with a hook, curved
              "16 2, 82 2!, 60 46, 40 100",
              "18 4, 82 2!, 60 48, 42 100 | 32 52, 76 48",
              "18 20, 20 3!, 82 3!, 58 50, 46 100",
              "16 6, 40 4, 78 4, 74 24, 56 60, 50 100"),
          glyphs( // 8: from the top right, from the middle, two rings
              "76 16, 54 0, 28 14, 36 38, 66 60, 78 82, 52 100, 24 84, 34 60, 64 38, 76 14, 64 2",
              "50 46, 26 28, 32 5, 54 0, 74 14, 68 36, 24 66, 24 90, 50 100, 78 88, 74 62, 50 46",
              "48 0, 28 20, 48 44, 72 22, 50 0 | 50 44, 22 72, 48 100, 80 72, 50 44"),
          glyphs( // 9: straight leg, curved leg, hooked leg
              "76 20, 54 0, 26 16, 26 42, 50 52, 75 24!, 75 60, 72 100",
              "78 24, 56 0, 28 16, 26 42, 50 52, 74 30, 78 20, 76 60, 58 100",
              "74 26, 54 0, 26 18, 30 46, 54 48, 76 22, 76 66, 58 98, 26 92"));

  private Handwriting() {}

  /// The ways to write a digit, plain ones first.
  public static List<Glyph> variants(int digit) {
    return DIGITS.get(digit);
  }

  private static List<Glyph> glyphs(String... texts) {
    return Stream.of(texts).map(Glyph::of).toList();
  }
}
