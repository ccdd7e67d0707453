package org.wengert.io;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.io.SafetensorsHeader.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A safetensors file of which single tensors can be read, so that a part of a large model costs
/// the memory of that part: what [Safetensors#open] gives.
///
/// ```
/// SafetensorsFile file = Safetensors.open(path);
/// Tensor weight = file.tensor("fc1.weight");
/// ```
///
/// The file stays open until the collector finds that nobody refers to this object any more: there
/// is nothing to close. Keep few of these objects: a process can have some thousand files open.
/// Replacing or deleting the file meanwhile, as [Safetensors#write] does, leaves this object with
/// the old contents; Windows refuses that while the file is open. A file that is cut off in place
/// is an `IOException` when what is gone is read; one that is overwritten in place gives old bytes
/// or new ones.
///
/// Immutable and thread-safe. One thread reads the disk at a time; an interrupted one reads on.
public final class SafetensorsFile {
  private static final int LENGTH_BYTES = 8;

  private final OpenFile file;
  private final SafetensorsHeader header;
  private final long data;

  private SafetensorsFile(OpenFile file, SafetensorsHeader header, long data) {
    this.file = file;
    this.header = header;
    this.data = data;
  }

  /// Reads and checks the header.
  static SafetensorsFile open(OpenFile file) throws IOException {
    long size = file.size();
    if (size < LENGTH_BYTES) {
      throw file.at("start")
          .found(size + " bytes", "8 bytes of header length")
          .hint("the file is empty or cut off; save or copy it again");
    }
    long length = file.i64(0);
    long limit = Math.min(SafetensorsHeader.LIMIT, size - LENGTH_BYTES);
    if (length < 0 || length > limit) {
      String of = limit == SafetensorsHeader.LIMIT ? "the format's limit" : "the rest of the file";
      throw file.at("start")
          .found(
              "a header of " + Long.toUnsignedString(length) + " bytes",
              "at most " + limit + ", " + of)
          .hint("the file is cut off or no safetensors file");
    }
    byte[] json = file.copy(LENGTH_BYTES, (int) length);
    long data = LENGTH_BYTES + length;
    return new SafetensorsFile(file, HeaderParser.parse(file.file(), json, size - data), data);
  }

  /// The names of the tensors, in the order of the header.
  public List<String> names() {
    return List.copyOf(header.entries().keySet());
  }

  /// The type in which a tensor is read.
  ///
  /// @throws OptionException if there is no such tensor
  public DType dtype(String name) {
    return entry(name).code().dtype();
  }

  /// The type of a tensor in the file, such as `BF16`.
  ///
  /// @throws OptionException if there is no such tensor
  public String storedType(String name) {
    return entry(name).code().name();
  }

  /// The shape of a tensor.
  ///
  /// @throws OptionException if there is no such tensor
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /// The free text of the file, empty if it has none. The map is a copy.
  public SequencedMap<String, String> metadata() {
    return new LinkedHashMap<>(header.metadata());
  }

  /// Reads one tensor, anew with each call.
  ///
  /// @throws IOException if the file cannot be read, or became shorter since it was opened
  /// @throws OptionException if there is no such tensor
  /// @throws FileFormatException if an element of type BOOL is neither 0 nor 1
  public Tensor tensor(String name) throws IOException {
    Entry entry = entry(name);
    try (var bytes = file.stream(data + entry.begin(), entry.end() - entry.begin())) {
      Place place = file.at("tensor " + Json.shown(name));
      int count = entry.shape().count();
      return Tensor.over(
          ElementStream.read(bytes, entry.code(), ByteOrder.LITTLE_ENDIAN, count, place),
          entry.shape());
    }
  }

  /// Reads all tensors, in the order of the header.
  ///
  /// @throws IOException if the file cannot be read, or became shorter since it was opened
  /// @throws FileFormatException if an element of type BOOL is neither 0 nor 1
  public SequencedMap<String, Tensor> tensors() throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : header.entries().keySet()) {
      tensors.put(name, tensor(name));
    }
    return tensors;
  }

  private Entry entry(String name) {
    Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new OptionException(
              file.file()
                  + " has no tensor "
                  + Json.shown(name)
                  + " among its "
                  + header.entries().size())
          .hint("names() lists them");
    }
    return entry;
  }

  /// The file and its number of tensors.
  @Override
  public String toString() {
    return file.file() + ": " + header.entries().size() + " tensors";
  }
}
