package org.wengert.examples.digits;

/// A data file is missing or not what it should be.
///
/// The message is one line: which file, what was found there, what was expected.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// An error about a file, in three parts.
  public DataException(String file, String found, String expected) {
    super(file + ": " + found + ", expected " + expected);
  }
}
