package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WengertExceptionTest {
  @Test
  void thePlaceStandsInFrontOfTheAttempt() {
    ShapeException e = new ShapeException("3 channels meet a weight for 1");
    e.during("conv2d").within("Conv2d 'encoder.0'").hint("check the channels");
    assertEquals(
        "Conv2d 'encoder.0': conv2d: 3 channels meet a weight for 1\n  hint: check the channels",
        e.getMessage());
  }

  @Test
  void theInnermostPlaceStays() {
    ShapeException e = new ShapeException("no");
    e.within("Linear 'a.b'").within("Block 'a'");
    assertEquals("Linear 'a.b': no", e.getMessage());
  }

  @Test
  void aPlaceThatTheProblemNamesIsNotSaidTwice() {
    ShapeException e = new ShapeException("Linear 'fc1' expects 3 features");
    e.within("Linear 'fc1'");
    assertEquals("Linear 'fc1' expects 3 features", e.getMessage());
  }
}
