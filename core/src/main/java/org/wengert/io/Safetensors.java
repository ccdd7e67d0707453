package org.wengert.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.wengert.tensor.Tensor;

/// Named tensors in a file, in the safetensors format of Hugging Face, so that weights can be
/// exchanged with PyTorch (`safetensors.torch.save_file` and `load_file`) and loading a file can
/// never run code.
///
/// The file is an 8-byte little-endian length, a JSON header of that length
/// `{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}` and the elements,
/// little-endian, row by row. F32, F64, I32, I64, U8 and BOOL are read as they are; F16 and BF16
/// are widened to `FLOAT32`, I8, I16 and U16 to `INT32`, U32 to `INT64`, each exactly. Files with
/// others (U64, F8, ...) are refused, since no tensor holds them. Tensors come back in the order in
/// which they were given; in the file wide elements precede narrow ones, which keeps all of them
/// aligned for PyTorch.
///
/// [#open] reads single tensors of a large file, [#read] all of them.
///
/// A file is not trusted: its header is checked completely before memory is taken for a tensor.
/// Reading takes at most 64 bytes of memory for each byte of the file, and 1 MiB. What is wrong
/// with the contents is a [FileFormatException], trouble with the disk an `IOException`.
///
/// Stateless and thread-safe. Source: the format's description in
/// <https://github.com/huggingface/safetensors>.
public final class Safetensors {
  private Safetensors() {}

  /// Writes the tensors without metadata: see the method with three arguments.
  ///
  /// @throws IOException if the file cannot be written
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, new LinkedHashMap<>());
  }

  /// Writes the tensors and free text about them. The file appears whole or not at all: what is
  /// written goes beside it, to the disk, and then takes its place in one move, so that a failure
  /// or a crash leaves an earlier file of that name as it was.
  ///
  /// @param tensors names and tensors of any strides, in the order they are listed in the file
  /// @param metadata keys and values, such as `"format", "pt"`
  /// @throws IOException if the file cannot be written
  /// @throws org.wengert.tensor.OptionException if a name is `__metadata__` or no Unicode, or the
  ///     names exceed the format's limit of 100,000,000 bytes
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Tensor> snapshot = new LinkedHashMap<>(tensors);
    SafetensorsHeader header = SafetensorsHeader.of(snapshot, new LinkedHashMap<>(metadata));
    byte[] json = header.toBytes();
    AtomicFile.write(file, to -> write(to, snapshot, header, json));
  }

  private static void write(
      OutputStream to, Map<String, Tensor> tensors, SafetensorsHeader header, byte[] json)
      throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.write(length.putLong(json.length).array());
    to.write(json);
    for (Map.Entry<String, SafetensorsHeader.Entry> entry : header.inDataOrder()) {
      ElementStream.write(Objects.requireNonNull(tensors.get(entry.getKey())), to);
    }
  }

  /// All tensors of a file, in the order in which its header lists them.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no safetensors file, is damaged or cut off, or has types
  ///     that no tensor holds
  public static SequencedMap<String, Tensor> read(Path file) throws IOException {
    try (OpenFile bytes = OpenFile.open(file)) {
      return SafetensorsFile.open(bytes).tensors();
    }
  }

  /// The free text of a file, empty if it has none. The header is checked, the elements are not
  /// read.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if the header is damaged or does not fit the file
  public static SequencedMap<String, String> metadata(Path file) throws IOException {
    try (OpenFile bytes = OpenFile.open(file)) {
      return SafetensorsFile.open(bytes).metadata();
    }
  }

  /// A file whose tensors are read when they are asked for. Its header is read and checked now.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if the header is damaged or does not fit the file
  public static SafetensorsFile open(Path file) throws IOException {
    OpenFile bytes = OpenFile.open(file);
    try {
      return SafetensorsFile.open(bytes);
    } catch (IOException | RuntimeException | Error e) {
      bytes.close();
      throw e;
    }
  }
}
