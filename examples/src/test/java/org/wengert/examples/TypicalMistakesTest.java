package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.check.Diagnosis.Kind.CONSTANT_FACTOR;
import static org.wengert.check.Diagnosis.Kind.INPUT_FOR_OUTPUT;
import static org.wengert.check.Diagnosis.Kind.NOT_SUMMED;
import static org.wengert.check.Diagnosis.Kind.OVERWRITTEN;
import static org.wengert.check.Diagnosis.Kind.RIGHT;
import static org.wengert.check.Diagnosis.Kind.TRANSPOSED;
import static org.wengert.check.Diagnosis.Kind.WRONG_SIGN;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TypicalMistakesTest {
  @Test
  void eachMistakeIsCalledByItsName() {
    String out = Printed.byMain(() -> TypicalMistakes.main(new String[0]));
    List<String> kinds =
        Pattern.compile("(?m)^  ([A-Z_]+): ").matcher(out).results().map(this::name).toList();
    assertEquals(
        List.of(
                CONSTANT_FACTOR,
                WRONG_SIGN,
                OVERWRITTEN,
                NOT_SUMMED,
                TRANSPOSED,
                INPUT_FOR_OUTPUT,
                RIGHT)
            .stream()
            .map(Enum::name)
            .toList(),
        kinds,
        out);
  }

  private String name(MatchResult found) {
    return found.group(1);
  }

  @Test
  void theSmallestInputIsShown() {
    assertEquals(
        """
        the gradient of a: is gy · b, should be gy · bᵀ
            at a = [[ 0.5000, -1.0000], [ 2.0000,  1.0000]], b = [[-0.5000,  1.5000], \
        [ 3.0000, -2.0000]], gy = [[1.0, 1.0], [1.0, 1.0]]
            the rule gives [[ 2.5000, -0.5000], [ 2.5000, -0.5000]]
            right is       [[1.0, 1.0], [1.0, 1.0]]
        """
            .strip(),
        TypicalMistakes.transposed().toString());
  }
}
