package org.wengert.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.wengert.io.SafetensorsHeader.Entry;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Named tensors in a file, in the safetensors format of Hugging Face, so that weights can be
/// exchanged with PyTorch (`safetensors.torch.save_file` and `load_file`) and loading a file can
/// never run code.
///
/// The file is an 8-byte little-endian length, a JSON header of that length
/// `{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}` and the elements,
/// little-endian, row by row. The types are F32, F64, I32, I64, U8 and BOOL; files with others
/// (F16, BF16, I8, ...) are refused, since no tensor holds them. Tensors come back in the order in
/// which they were given; in the file wide elements precede narrow ones, which keeps all of them
/// aligned for PyTorch.
///
/// A file is not trusted: all of it is checked before memory is taken for a tensor, and memory
/// never exceeds a small multiple of the file's size. What is wrong with the contents is a
/// [FileFormatException], trouble with the disk an `IOException`.
///
/// Stateless and thread-safe. Source: the format's description in
/// <https://github.com/huggingface/safetensors>.
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int BUFFER = 1 << 16; // a multiple of every element's width

  private Safetensors() {}

  /// Writes the tensors without metadata: see the method with three arguments.
  ///
  /// @throws IOException if the file cannot be written
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, new LinkedHashMap<>());
  }

  /// Writes the tensors and free text about them. The file appears whole or not at all: what is
  /// written goes beside it, to the disk, and then takes its place in one move, so that a failure
  /// leaves an earlier file of that name as it was.
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
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    FileChannel to =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      try (to) {
        write(to, snapshot, header, json);
        to.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void write(
      FileChannel to, Map<String, Tensor> tensors, SafetensorsHeader header, byte[] json)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    writeFully(to, buffer.putLong(json.length).flip());
    writeFully(to, ByteBuffer.wrap(json));
    for (Map.Entry<String, Entry> entry : header.inDataOrder()) {
      Tensor tensor = Objects.requireNonNull(tensors.get(entry.getKey()));
      Storage elements = tensor.contiguous().storage();
      int width = entry.getValue().code().width();
      for (int at = 0; at < elements.length(); at += BUFFER / width) {
        int count = Math.min(BUFFER / width, elements.length() - at);
        buffer.clear().limit(count * width);
        ElementCode.encode(elements, at, count, buffer);
        writeFully(to, buffer);
      }
    }
  }

  private static void writeFully(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /// The tensors of a file, in the order in which its header lists them.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no safetensors file, is damaged or cut off, or has types
  ///     other than F32, F64, I32, I64, U8 and BOOL
  public static SequencedMap<String, Tensor> read(Path file) throws IOException {
    try (FileChannel from = FileChannel.open(file)) {
      SafetensorsHeader header = header(file, from);
      long data = from.position();
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
      LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, Entry> tensor : header.entries().entrySet()) {
        from.position(data + tensor.getValue().begin());
        tensors.put(
            tensor.getKey(), tensor(file, from, tensor.getKey(), tensor.getValue(), buffer));
      }
      return tensors;
    }
  }

  /// The free text of a file, empty if it has none. The header is checked, the elements are not
  /// read.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if the header is damaged or does not fit the file
  public static SequencedMap<String, String> metadata(Path file) throws IOException {
    try (FileChannel from = FileChannel.open(file)) {
      return new LinkedHashMap<>(header(file, from).metadata());
    }
  }

  private static SafetensorsHeader header(Path file, FileChannel from) throws IOException {
    long size = from.size();
    if (size < LENGTH_BYTES) {
      throw new FileFormatException(file, "start", size + " bytes", "8 bytes of header length")
          .hint("the file is empty or cut off; save or copy it again");
    }
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, from, buffer);
    long length = buffer.getLong(0);
    long limit = Math.min(SafetensorsHeader.LIMIT, size - LENGTH_BYTES);
    if (length < 0 || length > limit) {
      String of = limit == SafetensorsHeader.LIMIT ? "the format's limit" : "the rest of the file";
      throw new FileFormatException(
              file,
              "start",
              "a header of " + Long.toUnsignedString(length) + " bytes",
              "at most " + limit + ", " + of)
          .hint("the file is cut off or no safetensors file");
    }
    ByteBuffer header = ByteBuffer.allocate((int) length);
    readFully(file, from, header);
    return HeaderParser.parse(file, header.array(), size - LENGTH_BYTES - length);
  }

  private static Tensor tensor(
      Path file, FileChannel from, String name, Entry entry, ByteBuffer buffer) throws IOException {
    Storage elements = Storage.allocate(entry.code().dtype(), entry.shape().count());
    int width = entry.code().width();
    for (int at = 0; at < elements.length(); at += BUFFER / width) {
      int count = Math.min(BUFFER / width, elements.length() - at);
      buffer.clear().limit(count * width);
      readFully(file, from, buffer);
      int wrong = ElementCode.decode(buffer.flip(), elements, at, count);
      if (wrong >= 0) {
        throw new FileFormatException(
            file,
            "tensor " + Json.shown(name) + ", element " + (at + wrong),
            "the byte " + Byte.toUnsignedInt(buffer.get(wrong)),
            "0 or 1 for BOOL");
      }
    }
    return Tensor.over(elements, entry.shape());
  }

  private static void readFully(Path file, FileChannel from, ByteBuffer to) throws IOException {
    while (to.hasRemaining()) {
      if (from.read(to) < 0) {
        throw new FileFormatException(
            file, "byte " + from.position(), "the end of the file", to.remaining() + " bytes more");
      }
    }
  }
}
