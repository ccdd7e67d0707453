package org.wengert.train.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.wengert.io.FileFormatException;
import org.wengert.io.Npy;
import org.wengert.io.Npz;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;
import org.wengert.train.data.TensorDataset;

/// Reads samples that NumPy saved: the first axis of each array counts them. Inputs become numbers
/// of the wanted type, and so do targets that have fractions; targets that are integers, which are
/// classes, become `INT64`. What has the type already is not copied.
///
/// ```
/// TensorDataset<Sample> points = NumpyData.npz(file, "x", "y", DType.FLOAT32);
/// ```
///
/// Stateless and thread-safe. See [Npy] and [Npz] for what is read, and what is refused.
public final class NumpyData {
  /// Compressed archives may unpack to so many bytes for each byte, and 16 MiB.
  private static final int MOST_UNPACKED = 100;

  private NumpyData() {}

  /// Samples of two files of one array each (`numpy.save`).
  ///
  /// @param type of inputs, and of targets that are no integers
  /// @throws IOException if a file cannot be read
  /// @throws FileFormatException if one is damaged, or they have not as many samples
  public static TensorDataset<Sample> npy(Path inputs, Path targets, DType type)
      throws IOException {
    return of(inputs, Npy.read(inputs), targets, Npy.read(targets), type);
  }

  /// Samples of two arrays of one file (`numpy.savez`). An archive of more than a hundred bytes
  /// unpacked for each byte, and 16 MiB, is refused.
  ///
  /// @param type of inputs, and of targets that are no integers
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is damaged, has no such arrays, or they have not as many
  ///     samples
  public static TensorDataset<Sample> npz(Path file, String inputs, String targets, DType type)
      throws IOException {
    long limit = MOST_UNPACKED * Files.size(file) + (1 << 24);
    Map<String, Tensor> arrays = Npz.read(file, limit);
    return of(file, named(file, arrays, inputs), file, named(file, arrays, targets), type);
  }

  private static Tensor named(Path file, Map<String, Tensor> arrays, String name) {
    Tensor array = arrays.get(name);
    if (array == null) {
      throw new FileFormatException(
          file, "archive", "the arrays " + arrays.keySet(), "one named " + name);
    }
    return array;
  }

  private static TensorDataset<Sample> of(
      Path inputFile, Tensor inputs, Path targetFile, Tensor targets, DType type) {
    requireRows(inputFile, "inputs", inputs);
    requireRows(targetFile, "targets", targets);
    if (inputs.size(0) != targets.size(0)) {
      throw new FileFormatException(
          targetFile,
          "targets",
          "shape " + targets.shape(),
          inputs.size(0) + " in the first axis, as inputs of shape " + inputs.shape() + " have");
    }
    return TensorDataset.of(
        inputs.to(type), targets.to(targets.dtype().isFloating() ? type : DType.INT64));
  }

  private static void requireRows(Path file, String what, Tensor array) {
    if (array.rank() == 0) {
      throw new FileFormatException(file, what, "one number", "an axis that counts samples");
    }
  }
}
