package org.wengert.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.tensor.Shape;

/// What a pickle of tensors can build: data, and nothing that acts.
sealed interface PickleValue {
  /// Python's `None`.
  enum None implements PickleValue {
    NONE
  }

  /// A `bool`.
  record Truth(boolean value) implements PickleValue {}

  /// An `int` of 64 bits.
  record Whole(long value) implements PickleValue {}

  /// A `float`.
  record Real(double value) implements PickleValue {}

  /// A `str`.
  record Text(String value) implements PickleValue {}

  /// A `tuple`.
  record Tuple(List<PickleValue> items) implements PickleValue {}

  /// The name of a class or function, which is compared, never looked up.
  record Name(String text) implements PickleValue {}

  /// A `list`. Compared by identity, since it can contain itself.
  final class Items implements PickleValue {
    final List<PickleValue> items = new ArrayList<>();
  }

  /// A `dict` or `OrderedDict`, its keys as text. Compared by identity: it can contain itself.
  final class Dictionary implements PickleValue {
    final Map<String, PickleValue> items = new LinkedHashMap<>();
  }

  /// The elements of one or more tensors, in a file of their own in the archive.
  record Elements(ElementCode code, String key, int count) implements PickleValue {}

  /// A view of such elements.
  record View(Elements elements, int offset, Shape shape, List<Long> strides)
      implements PickleValue {}
}
