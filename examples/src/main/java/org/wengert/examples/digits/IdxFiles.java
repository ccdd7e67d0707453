package org.wengert.examples.digits;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads MNIST from a folder, in its IDX files, plain or compressed (`.gz`).
///
/// Files are not trusted: sizes are checked before memory is taken, never more is decompressed than
/// the header declares, and whatever is wrong becomes a [DataException] of one line.
public final class IdxFiles {
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";
  private static final int MOST_ITEMS = 100_000;
  private static final int MOST_COMPRESSION = 1_032; // deflate cannot do better

  private IdxFiles() {}

  /// Reads the `train-*` files to learn from and the `t10k-*` files to test on; if there are only
  /// `t10k-*` files, their first four fifths (8,000) are to learn from and the rest (2,000) to
  /// test.
  public static DigitSplit read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder.toString(), "no such folder", "a folder with MNIST files");
    }
    DigitImages test = readPair(folder, "t10k");
    if (exists(folder, "train" + IMAGES) || exists(folder, "train" + LABELS)) {
      return new DigitSplit(readPair(folder, "train"), test);
    }
    if (test.size() < 5) {
      throw new DataException(
          "t10k" + IMAGES, "only " + test.size() + " images", "at least 5, to split them 4 : 1");
    }
    return test.split((int) (test.size() * 4L / 5));
  }

  private static DigitImages readPair(Path folder, String name) {
    Path imageFile = find(folder, name + IMAGES);
    Path labelFile = find(folder, name + LABELS);
    int side = DigitImages.SIDE;
    byte[] grey =
        readItems(imageFile, new Layout(0x803, "IDX images", "images", List.of(side, side)));
    byte[] digits = readItems(labelFile, new Layout(0x801, "IDX labels", "labels", List.of()));
    int count = grey.length / DigitImages.PIXELS;
    if (digits.length != count) {
      throw new DataException(
          name(labelFile), digits.length + " labels", count + ", one for each image");
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = Byte.toUnsignedInt(digits[i]);
      if (labels[i] >= DigitImages.CLASSES) {
        throw new DataException(
            name(labelFile), "label " + labels[i] + " at offset " + (8 + i), "0 to 9");
      }
    }
    float[] pixels = new float[grey.length];
    for (int i = 0; i < grey.length; i++) {
      pixels[i] = Byte.toUnsignedInt(grey[i]) / 255f;
    }
    return new DigitImages(pixels, labels);
  }

  private static boolean exists(Path folder, String name) {
    return Files.exists(folder.resolve(name)) || Files.exists(folder.resolve(name + ".gz"));
  }

  private static Path find(Path folder, String name) {
    Path plain = folder.resolve(name);
    Path file = Files.exists(plain) ? plain : folder.resolve(name + ".gz");
    if (!Files.exists(file)) {
      throw new DataException(name, "not found in " + folder, "this file, plain or .gz");
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(name(file), "not a regular file", "an IDX file");
    }
    return file;
  }

  /// What the header of a file must say: magic number, then (after the count) the sizes of an item.
  private record Layout(int magic, String kind, String items, List<Integer> sizes) {
    int headerBytes() {
      return 8 + 4 * sizes.size();
    }

    int itemBytes() {
      int bytes = 1;
      for (int size : sizes) {
        bytes *= size;
      }
      return bytes;
    }
  }

  private static byte[] readItems(Path file, Layout layout) {
    boolean compressed = name(file).endsWith(".gz");
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = compressed ? new GZIPInputStream(raw) : raw) {
      int count = readHeader(in, file, layout);
      int bytes = count * layout.itemBytes();
      checkLength(file, compressed, count, layout);
      byte[] body = in.readNBytes(bytes); // takes memory as data arrives, at most this much
      if (body.length < bytes) {
        throw truncated(file, layout.headerBytes() + body.length, layout.headerBytes() + bytes);
      }
      if (in.read() >= 0) {
        throw new DataException(
            name(file),
            "more bytes after the " + count + " declared " + layout.items(),
            "the end of the file at offset " + (layout.headerBytes() + bytes));
      }
      return body;
    } catch (ZipException | EOFException e) {
      String reason = e.getMessage() == null ? "it ends too soon" : e.getMessage();
      throw new DataException(
          name(file), "unreadable gzip data (" + reason + ")", "a complete gzip file");
    } catch (IOException e) {
      String found = "cannot be read (" + e.getClass().getSimpleName() + ")";
      throw new DataException(name(file), found, "a readable file");
    }
  }

  private static int readHeader(InputStream in, Path file, Layout layout) throws IOException {
    byte[] bytes = in.readNBytes(layout.headerBytes());
    if (bytes.length < layout.headerBytes()) {
      throw truncated(file, bytes.length, layout.headerBytes());
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int magic = header.getInt();
    if (magic != layout.magic()) {
      String found = "magic number " + hex(magic) + " at offset 0";
      throw new DataException(name(file), found, hex(layout.magic()) + " (" + layout.kind() + ")");
    }
    long count = Integer.toUnsignedLong(header.getInt());
    if (count < 1 || count > MOST_ITEMS) {
      String found = count + " " + layout.items() + " declared at offset 4";
      throw new DataException(name(file), found, "1 to " + MOST_ITEMS);
    }
    checkSizes(header, file, layout);
    return (int) count;
  }

  private static void checkSizes(ByteBuffer header, Path file, Layout layout) {
    for (int size : layout.sizes()) {
      int offset = header.position();
      long found = Integer.toUnsignedLong(header.getInt());
      if (found != size) {
        String side = "image side of " + found + " pixels at offset " + offset;
        throw new DataException(name(file), side, size + " (images are 28 x 28)");
      }
    }
  }

  /// Compares what is declared with the length of the file, before any memory is taken for it.
  private static void checkLength(Path file, boolean compressed, int count, Layout layout)
      throws IOException {
    long length = Files.size(file);
    long declared = layout.headerBytes() + (long) count * layout.itemBytes();
    if (compressed ? declared > length * MOST_COMPRESSION : length != declared) {
      throw new DataException(
          name(file),
          length + (compressed ? " compressed bytes" : " bytes"),
          (compressed ? "enough for " : "") + declared + ", " + count + " " + layout.items());
    }
  }

  private static DataException truncated(Path file, int found, int expected) {
    return new DataException(
        name(file), "truncated: only " + found + " bytes", "at least " + expected);
  }

  private static String hex(int number) {
    return String.format(Locale.ROOT, "0x%08X", number);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
