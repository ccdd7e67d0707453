package org.wengert.io;

import java.nio.file.Path;

/// Where in a file something was found, for errors: `byte 12`, `tensor "fc1.weight"`. Immutable.
record Place(Path file, String where) {
  /// The error that there is `found` instead of `expected` here.
  FileFormatException found(String found, String expected) {
    return new FileFormatException(file, where, found, expected);
  }

  /// A place within this one.
  Place within(String part) {
    return new Place(file, where + ", " + part);
  }
}
