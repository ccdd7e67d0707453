package org.wengert.examples;

import org.junit.jupiter.api.Nested;

/// The numbers of the four lectures that this library was written for, each computed again. Where
/// a lecture's number is a slip, the test says which number is right.
class LecturesTest {
  @Nested
  class OfLecture1 extends Lecture1 {}

  @Nested
  class OfActivations extends Activations {}

  @Nested
  class OfLecture2 extends Lecture2 {}

  @Nested
  class OfLecture3 extends Lecture3 {}

  @Nested
  class OfLecture4 extends Lecture4 {}
}
