package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// One array in a file, in NumPy's format npy, so that data can be exchanged with Python
/// (`numpy.save` and `numpy.load`).
///
/// The file is `\x93NUMPY`, a version, a header `{'descr': '<f4', 'fortran_order': False, 'shape':
/// (3, 4), }` and the elements. Written is version 1.0, little-endian, row by row. Read are
/// versions 1.0 to 3.0, little and big endian, in rows or (`fortran_order`) columns. The types f4,
/// f8, i4, i8, u1 and b1 are read as they are; f2 is widened to `FLOAT32`, i1, i2 and u2 to
/// `INT32`, u4 to `INT64`, each exactly. Others are refused: u8, complex numbers, text, times,
/// structures, and objects, which would be a pickle. The header is parsed, not evaluated.
///
/// A file is not trusted: that it has as many bytes as its shape needs, neither more nor fewer, is
/// checked before memory is taken. Reading takes at most 64 bytes of memory for each byte of the
/// file, and 1 MiB. What is wrong with the contents is a [FileFormatException], trouble with the
/// disk an `IOException`.
///
/// Stateless and thread-safe. Source: the format's description in NumPy, `numpy.lib.format`.
public final class Npy {
  private Npy() {}

  /// Writes a tensor of any strides. The file appears whole or not at all, as with
  /// [Safetensors#write].
  ///
  /// @throws IOException if the file cannot be written
  public static void write(Path file, Tensor tensor) throws IOException {
    AtomicFile.write(file, to -> write(tensor, to));
  }

  /// The array of a file.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no npy file, is damaged or cut off, or has a type that no
  ///     tensor holds
  public static Tensor read(Path file) throws IOException {
    try (OpenFile bytes = OpenFile.open(file);
        InputStream from = bytes.stream(0, bytes.size())) {
      return read(from, bytes.size(), bytes.at("array"));
    }
  }

  static void write(Tensor tensor, OutputStream to) throws IOException {
    to.write(NpyHeader.bytes(tensor));
    ElementStream.write(tensor, to);
  }

  static Tensor read(InputStream from, long size, Place place) throws IOException {
    NpyHeader header = NpyHeader.read(from, size, place);
    Shape shape = header.shape();
    var elements = ElementStream.read(from, header.code(), header.order(), shape.count(), place);
    return header.fortran()
        ? Tensor.over(elements, reversed(shape)).permute(backwards(shape.rank())).contiguous()
        : Tensor.over(elements, shape);
  }

  private static Shape reversed(Shape shape) {
    int[] sizes = new int[shape.rank()];
    Arrays.setAll(sizes, axis -> shape.size(sizes.length - 1 - axis));
    return Shape.of(sizes);
  }

  private static int[] backwards(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, axis -> rank - 1 - axis);
    return axes;
  }
}
