package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardTest {
  @ParameterizedTest
  @CsvSource({
    "-281., -280.524, exact",
    "0, 0, exact",
    ".5933, .5932699921, exact",
    "4.60728, 4.607275, ±1 in the last digit",
    "3.80552, 3.80524, 4 digits",
    "52.1079, 52.1016, 3 digits",
    "5.5090e-04, 5.5400716e-4, 2 digits",
    "5.8e56, 5.760260493e56, exact",
    ".0006, .00603252, WRONG",
    "7, 6, WRONG",
    "1, 5e56, WRONG",
    "1, NaN, WRONG",
    "1, Infinity, WRONG"
  })
  void theVerdictSaysHowManyDigitsAgree(String printed, double computed, String verdict) {
    assertEquals(verdict, Board.verdict(printed, computed));
  }
}
