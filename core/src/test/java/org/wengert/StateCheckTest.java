package org.wengert;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class StateCheckTest {
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  private StateCheck check() {
    StateCheck check = new StateCheck("Mean.loadStateDict", state, "load what stateDict() gave");
    check.expectCount("count");
    check.expectSame("size", 10);
    check.expect("sum", DType.FLOAT64, Shape.SCALAR);
    return check;
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    state.put("count", Tensor.of(-1L));
    state.put("size", Tensor.of(11L));
    state.put("mean", Tensor.of(1.5f));
    String text = assertThrows(StateException.class, () -> check().throwIfWrong(true)).getMessage();
    assertEquals(
        """
        Mean.loadStateDict: the saved state does not fit
            impossible  count  a count of -1
            different   size   11 instead of 10
            missing     sum    FLOAT64 ()
            unexpected  mean   FLOAT32 ()
          hint: load what stateDict() gave""",
        text);
  }

  @Test
  void whatFitsPasses() {
    state.put("count", Tensor.of(3L));
    state.put("size", Tensor.of(10L));
    state.put("sum", Tensor.of(1.5));
    assertDoesNotThrow(() -> check().throwIfWrong(true));
    assertEquals(1.5, StateCheck.require(state, "sum").item());
  }

  @Test
  void whatIsThereBesidesIsRefusedOnlyIfTheListIsComplete() {
    whatFitsPasses();
    state.put("more", Tensor.of(1L));
    assertDoesNotThrow(() -> check().throwIfWrong(false));
    assertThrows(StateException.class, () -> check().throwIfWrong(true));
  }
}
