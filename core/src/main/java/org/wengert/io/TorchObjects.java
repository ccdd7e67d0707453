package org.wengert.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.io.PickleValue.Dictionary;
import org.wengert.io.PickleValue.Elements;
import org.wengert.io.PickleValue.Name;
import org.wengert.io.PickleValue.Text;
import org.wengert.io.PickleValue.Truth;
import org.wengert.io.PickleValue.Tuple;
import org.wengert.io.PickleValue.View;
import org.wengert.io.PickleValue.Whole;
import org.wengert.tensor.Shape;

/// What the pickle in a PyTorch file may speak of: ordered dictionaries, sizes, parameters, and
/// tensors, which are views of storages in the archive. All of it is checked against the archive's
/// directory; no element is read. Holds state: the storages met so far, and how much of the pickle
/// is left to account for more: what it remembers could be used again at two bytes each time.
final class TorchObjects implements PickleWorld {
  private static final Name ORDERED = new Name("collections.OrderedDict");
  private static final Name SIZE = new Name("torch.Size");
  private static final Name TENSOR = new Name("torch._utils._rebuild_tensor_v2");
  private static final Name PARAMETER = new Name("torch._utils._rebuild_parameter");
  private static final List<Name> FUNCTIONS = List.of(ORDERED, SIZE, TENSOR, PARAMETER);

  static final String SAVE_COPIES =
      "save copies: {k: v.contiguous() for k, v in model.state_dict().items()}";
  private static final long REPEATS_PER_BYTE = 32;
  private static final long REPEATS = 1 << 17;

  private final ZipArchive archive;
  private final String folder;
  private final Map<String, Elements> storages = new LinkedHashMap<>();
  private final long repeatable;
  private long repeatsLeft;
  private int pickleLeft;

  /// @param folder the prefix of the storages' names in the archive
  /// @param pickleBytes the length of the pickle
  TorchObjects(ZipArchive archive, String folder, int pickleBytes) {
    this.archive = archive;
    this.folder = folder;
    this.pickleLeft = pickleBytes;
    this.repeatable = REPEATS + REPEATS_PER_BYTE * archive.file().size();
    this.repeatsLeft = repeatable;
  }

  /// Accounts for something that takes at least so many bytes of a pickle from PyTorch.
  private void use(int bytes, Place place) {
    pickleLeft -= bytes;
    if (pickleLeft < 0) {
      throw place.found("more tensors than its bytes describe", "each described for itself");
    }
  }

  @Override
  public Name global(String name, Place place) {
    Name global = new Name(name);
    if (!FUNCTIONS.contains(global) && storageType(name) == null) {
      throw place
          .found("the name " + Json.shown(name), "OrderedDict, Size, a tensor or its storage")
          .hint(
              "a pickle that names other things can run code when PyTorch loads it; save a state"
                  + " dict, torch.save(model.state_dict(), file)");
    }
    return global;
  }

  private static @Nullable ElementCode storageType(String name) {
    String prefix = "torch.";
    return name.startsWith(prefix)
        ? ElementCode.named(name.substring(prefix.length()), ElementCode::torch)
        : null;
  }

  /// `('storage', torch.FloatStorage, '0', 'cpu', 6)`: six floats in the file `data/0`.
  @Override
  public PickleValue outside(PickleValue id, Place place) {
    if (!(id instanceof Tuple(List<PickleValue> parts)
        && parts.size() == 5
        && parts.get(0).equals(new Text("storage"))
        && parts.get(1) instanceof Name(String type)
        && parts.get(2) instanceof Text(String key)
        && parts.get(3) instanceof Text
        && parts.get(4) instanceof Whole(long count))) {
      throw place.found("another reference", "('storage', type, key, device, count)");
    }
    use(10, place);
    ElementCode code = storageType(type);
    if (code == null) {
      throw place.found("the storage type " + type, "one of torch's storages");
    }
    Shape shape = FileShape.of(List.of(count), place);
    ZipArchive.Entry entry = archive.entries().get(folder + key);
    if (entry == null) {
      throw place.found("the storage " + Json.shown(key), "one that is in the archive");
    }
    FileShape.checkBytes(entry.size(), code, shape, archive.place(entry));
    Elements elements = new Elements(code, key, shape.count());
    Elements before = storages.putIfAbsent(key, elements);
    if (before != null && !before.equals(elements)) {
      throw place.found("the storage " + Json.shown(key) + " as " + code, "" + before.code());
    }
    return elements;
  }

  @Override
  public PickleValue call(Name function, Tuple arguments, Place place) {
    List<PickleValue> given = arguments.items();
    if (function.equals(ORDERED) && given.isEmpty()) {
      return new Dictionary();
    }
    if (function.equals(SIZE) && given.size() == 1 && given.get(0) instanceof Tuple sizes) {
      return sizes;
    }
    if (function.equals(PARAMETER) && given.size() == 3 && given.get(0) instanceof View view) {
      return view;
    }
    if (function.equals(TENSOR) && (given.size() == 6 || given.size() == 7)) {
      return tensor(given, place);
    }
    throw place.found("a call of " + function.text() + " with other arguments", "PyTorch's own");
  }

  /// `(storage, offset, size, stride, requires_grad, hooks[, metadata])`.
  private View tensor(List<PickleValue> given, Place place) {
    if (!(given.get(0) instanceof Elements elements
        && given.get(1) instanceof Whole(long offset)
        && given.get(2) instanceof Tuple(List<PickleValue> sizes)
        && given.get(3) instanceof Tuple(List<PickleValue> strides)
        && given.get(4) instanceof Truth
        && sizes.size() == strides.size())) {
      throw place.found("a tensor of other parts", "storage, offset, size, stride and flags");
    }
    use(20 + 4 * sizes.size(), place);
    Shape shape = FileShape.of(integers(sizes, place), place);
    List<Long> steps = integers(strides, place);
    long last = shape.count() == 0 ? offset : last(offset, shape, steps, place);
    boolean inside = shape.count() == 0 || last < elements.count();
    if (offset < 0 || offset > elements.count() || !inside) {
      throw place.found(
          "a tensor up to element " + last + " of its storage",
          "at most " + (elements.count() - 1));
    }
    if (shape.count() > elements.count()) {
      repeat(shape.count(), place);
    }
    return new View(elements, (int) offset, shape, steps);
  }

  /// Accounts for a tensor with more elements than its storage, which takes no memory until it is
  /// copied: a storage of one element may stand for two billion.
  private void repeat(int count, Place place) {
    repeatsLeft -= count;
    if (repeatsLeft < 0) {
      String most = "at most " + repeatable + " elements in tensors that repeat some";
      throw place.found("tensors that repeat their elements too often", most).hint(SAVE_COPIES);
    }
  }

  /// The place of the last element. Once outside of every storage it is not followed further, so
  /// that no number overflows.
  private static long last(long offset, Shape shape, List<Long> steps, Place place) {
    long last = offset;
    for (int axis = 0; axis < shape.rank() && last <= Integer.MAX_VALUE; axis++) {
      long step = steps.get(axis);
      if (step < 0 || step > Integer.MAX_VALUE) {
        throw place.found("a stride of " + step, "0 to " + Integer.MAX_VALUE);
      }
      last += step * (shape.size(axis) - 1);
    }
    return last;
  }

  private static List<Long> integers(List<PickleValue> values, Place place) {
    if (values.size() > FileShape.MAX_RANK) {
      throw place.found(values.size() + " axes", "at most " + FileShape.MAX_RANK);
    }
    List<Long> integers = new ArrayList<>();
    for (PickleValue value : values) {
      if (!(value instanceof Whole(long integer))) {
        throw place.found("a size that is no integer", "an integer");
      }
      integers.add(integer);
    }
    return integers;
  }

  /// The file of a storage that was checked.
  ZipArchive.Entry entry(Elements elements) {
    return Objects.requireNonNull(archive.entries().get(folder + elements.key()));
  }
}
