package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.wengert.io.PickleValue.Elements;
import org.wengert.io.PickleValue.View;
import org.wengert.tensor.Tensor;

/// Reads the files that `torch.save` writes, `.pt` and `.pth`, so that weights saved in PyTorch can
/// be used here, without running the program that such a file is.
///
/// ```
/// model.loadStateDict(TorchFile.read(Path.of("model.pt"))); // torch.save(model.state_dict(), ..)
/// ```
///
/// The file is a zip archive of a pickle and the storages of the tensors. A pickle is a list of
/// instructions that can call any function; this reader knows those that build dictionaries, lists,
/// tuples, numbers, text and tensors, and refuses every other instruction and every other name.
///
/// Nested dictionaries, lists and tuples become one map, their keys and positions joined by `.`:
/// `model.fc1.weight`, `optimizer.state.0.exp_avg`. An `int`, a `float` and a `bool` become
/// tensors without axes, `INT64`, `FLOAT64` and `BOOL`; text and `None` are no tensors and are left
/// out, and so are the attributes of a state dict. A file with one tensor gives it the name "".
/// Tensors that share their numbers in the file share them here, too.
///
/// Float, double, int, long, uint8 and bool tensors are read as they are; half and bfloat16 are
/// widened to `FLOAT32`, int8 and int16 to `INT32`, each exactly. Refused, with the way out in the
/// message: files of PyTorch before 1.6 that are no archives, TorchScript programs, whole models
/// (`torch.save(model)`), compressed archives and sparse, quantised or complex tensors.
///
/// A file is not trusted: all of it is checked before memory is taken for an element, and the sums
/// of what is read are compared. Reading takes at most 256 bytes of memory for each byte of the
/// file, and 1 MiB. Expanded tensors stay so; those with more elements than their storage have
/// together at most 32 for each byte of the file, and 131,072, so that copies of them are bounded,
/// too. What is wrong with the contents is a [FileFormatException], trouble with the disk an
/// `IOException`.
///
/// Stateless and thread-safe. Source: PyTorch's note on serialization semantics,
/// `torch.serialization`, `torch._utils`; Python's `pickletools`.
public final class TorchFile {
  private static final String PICKLE = "/data.pkl";
  private static final int MAX_PICKLE = 1 << 28;
  private static final String SAVE_AGAIN =
      "load and save it again in PyTorch: torch.save(model.state_dict(), file)";

  private final ZipArchive archive;
  private final String root;

  private TorchFile(ZipArchive archive, String root) {
    this.archive = archive;
    this.root = root;
  }

  /// The tensors of a file, in the order in which they were saved.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no such file, is damaged or cut off, or holds anything
  ///     but tensors, numbers, text and containers
  public static SequencedMap<String, Tensor> read(Path file) throws IOException {
    try (OpenFile bytes = OpenFile.open(file)) {
      checkKind(bytes);
      ZipArchive archive = ZipArchive.open(bytes);
      return new TorchFile(archive, root(archive)).read();
    }
  }

  /// Files of older kinds are known by their first bytes.
  private static void checkKind(OpenFile file) throws IOException {
    if (file.size() >= 4 && file.u32(0) != 0x04034b50L) {
      boolean pickle = file.u16(0) == 0x0280;
      throw file.at("start")
          .found(pickle ? "a pickle, as PyTorch before 1.6 wrote it" : "other bytes", "an archive")
          .hint(pickle ? SAVE_AGAIN : "this is no file of torch.save");
    }
  }

  /// The folder in the archive that holds everything: `archive`, or the file's name.
  private static String root(ZipArchive archive) {
    for (ZipArchive.Entry entry : archive.entries().values()) {
      String name = entry.name();
      if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
        return name.substring(0, name.length() - PICKLE.length());
      }
    }
    throw archive
        .file()
        .at("archive")
        .found("no data.pkl", "one, in the archive's only folder")
        .hint("this is no file of torch.save");
  }

  private SequencedMap<String, Tensor> read() throws IOException {
    checkStored();
    ByteOrder order = byteOrder();
    ZipArchive.Entry pickle = Objects.requireNonNull(archive.entries().get(root + PICKLE));
    byte[] program = archive.bytes(pickle, MAX_PICKLE);
    TorchObjects objects = new TorchObjects(archive, root + "/data/", program.length);
    PickleValue value = new PickleMachine(archive.place(pickle), program, objects).run();
    SequencedMap<String, PickleValue> leaves =
        PickleLeaves.of(value, program.length, archive.place(pickle));
    return tensors(leaves, objects, order);
  }

  private void checkStored() {
    for (ZipArchive.Entry entry : archive.entries().values()) {
      if (entry.deflated()) {
        throw archive
            .place(entry)
            .found("a compressed file", "one that is stored, as torch.save does")
            .hint("unpack the archive and pack it again without compression: zip -0");
      }
      if (entry.name().equals(root + "/constants.pkl")) {
        throw archive
            .place(entry)
            .found("a TorchScript program", "tensors")
            .hint("load it in PyTorch and save its tensors: torch.save(m.state_dict(), file)");
      }
    }
  }

  private ByteOrder byteOrder() throws IOException {
    checkVersion();
    String order = text("/byteorder", "little");
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw archive.file().at("byteorder").found(Json.shown(order), "little or big");
    };
  }

  private void checkVersion() throws IOException {
    String version = text("/version", "3");
    if (!version.matches("[1-9]|10")) {
      throw archive.file().at("version").found(Json.shown(version), "1 to 10");
    }
  }

  private String text(String name, String absent) throws IOException {
    ZipArchive.Entry entry = archive.entries().get(root + name);
    return entry == null
        ? absent
        : new String(archive.bytes(entry, 100), StandardCharsets.ISO_8859_1).strip();
  }

  private SequencedMap<String, Tensor> tensors(
      Map<String, PickleValue> leaves, TorchObjects objects, ByteOrder order) throws IOException {
    Map<String, StridedView> storages = new LinkedHashMap<>();
    IdentityHashMap<View, Tensor> known = new IdentityHashMap<>();
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, PickleValue> leaf : leaves.entrySet()) {
      if (leaf.getValue() instanceof View view) {
        if (!known.containsKey(view)) {
          Elements elements = view.elements();
          Place place = archive.file().at("tensor " + Json.shown(leaf.getKey()));
          if (!storages.containsKey(elements.key())) {
            storages.put(elements.key(), storage(objects.entry(elements), elements, order, place));
          }
          known.put(view, Objects.requireNonNull(storages.get(elements.key())).tensor(view, place));
        }
        tensors.put(leaf.getKey(), Objects.requireNonNull(known.get(view)));
      } else {
        tensors.put(leaf.getKey(), PickleLeaves.scalar(leaf.getValue()));
      }
    }
    return tensors;
  }

  private StridedView storage(
      ZipArchive.Entry entry, Elements elements, ByteOrder order, Place place) throws IOException {
    try (InputStream from = archive.stream(entry)) {
      return new StridedView(
          ElementStream.read(from, elements.code(), order, elements.count(), place));
    }
  }
}
