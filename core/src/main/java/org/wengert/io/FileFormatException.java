package org.wengert.io;

import java.nio.file.Path;
import org.wengert.tensor.WengertException;

/// A file whose contents are not what its format demands: damaged, cut off, or of another kind. The
/// message names the file, the place in it, what was found there and what was expected.
///
/// ```
/// model.safetensors, tensor "0.weight": found 12 bytes of data, expected 16 for F32 (2, 2)
///   hint: the file is damaged or no safetensors file; save or copy it again
/// ```
///
/// Trouble with the disk is an `IOException` instead.
public final class FileFormatException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says where in `file` there is `found` instead of `expected`.
  public FileFormatException(Path file, String where, String found, String expected) {
    super(file + ", " + where + ": found " + found + ", expected " + expected, null);
  }

  @Override
  public FileFormatException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
