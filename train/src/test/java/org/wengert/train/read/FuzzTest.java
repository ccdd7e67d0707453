package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.fuzz.Fuzz;
import org.wengert.fuzz.Mutations;
import org.wengert.io.Npz;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;

/// A damaged file is read rightly or refused with a message, within the memory that its size
/// justifies; see [Fuzz].
@Timeout(1800) // against endless loops, not a measurement
class FuzzTest {
  @TempDir Path directory;

  private void fuzz(String name, Fuzz.Reader reader, byte[] whole, int perByte) throws IOException {
    new Fuzz(directory).run(name, reader, random -> Mutations.damage(whole, random), perByte);
  }

  private static byte[] bytes(Tensor tensor) {
    return ((Storage.Bytes) tensor.storage()).array();
  }

  @Test
  void damagedIdxShowsItsBytesOrIsRefused() throws IOException {
    fuzz("idx", FuzzTest::readIdx, IdxBytes.images(10), 8);
  }

  private static void readIdx(Path file) throws IOException {
    Tensor tensor = Idx.read(file);
    byte[] all = Files.readAllBytes(file);
    byte[] last = Arrays.copyOfRange(all, all.length - tensor.count(), all.length);
    assertEquals(4 + 4 * tensor.rank(), all.length - tensor.count());
    assertArrayEquals(last, bytes(tensor));
  }

  @Test
  void damagedGzipShowsWhatWasPackedOrIsRefused() throws IOException {
    byte[] images = IdxBytes.images(2);
    byte[] elements = Arrays.copyOfRange(images, 16, images.length);
    fuzz(
        "idx.gz",
        file -> assertArrayEquals(elements, bytes(Idx.read(file))),
        IdxBytes.gzip(images),
        64);
  }

  @Test
  void damagedLabelsAreReadOrRefused() throws IOException {
    Path images = Files.write(directory.resolve("images"), IdxBytes.images(10));
    fuzz("labels", file -> Mnist.read(images, file).get(9), IdxBytes.labels(10), 64);
  }

  /// Of 3 images, with one label or with two, of which the second counts.
  @ParameterizedTest
  @CsvSource({"CIFAR10, 1, 10", "CIFAR100, 2, 100"})
  void damagedCifarShowsItsBytesOrIsRefused(Cifar kind, int labels, int classes)
      throws IOException {
    int record = labels + 3072;
    byte[] whole = new byte[3 * record];
    new Rng(1).nextBytes(whole);
    for (int i = 0; i < 3 * labels; i++) {
      whole[record * (i / labels) + i % labels] = (byte) (3 * i);
    }
    new Fuzz(directory)
        .run(
            kind + ".bin",
            file -> readCifar(kind, labels, file),
            random -> {
              byte[] damaged = whole.clone();
              int label = record * random.nextInt(3) + random.nextInt(labels);
              damaged[label] = (byte) random.nextInt(2 * classes);
              return random.nextBoolean() ? damaged : Mutations.damage(damaged, random);
            },
            8);
  }

  private static void readCifar(Cifar kind, int labels, Path file) throws IOException {
    LabelledImages images = kind.readFiles(file);
    byte[] all = Files.readAllBytes(file);
    int record = labels + 3072;
    assertEquals(all.length, record * images.size());
    for (int i = 0; i < images.size(); i++) {
      int end = record * (i + 1);
      assertEquals(all[end - 3072 - 1], images.label(i));
      assertEquals(Byte.toUnsignedInt(all[end - 1]) / 255f, images.get(i).input().at(2, 31, 31));
    }
  }

  @Test
  void damagedCsvIsReadOrRefused() throws IOException {
    StringBuilder text = new StringBuilder("length,width,colour,species\n");
    for (int i = 0; i < 20; i++) {
      text.append(i / 2.0).append(',').append(i % 5 == 0 ? "" : "-" + i + "e-1");
      text.append(i % 3 == 0 ? ",\"deep \"\"red\"\"\"," : ",grün,").append("abc".charAt(i % 3));
      text.append(i % 7 == 0 ? "\r\n" : "\n");
    }
    byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
    CsvSchema schema =
        CsvSchema.of(
            Column.number("length"),
            Column.number("width").orMean(),
            Column.category("colour"),
            Column.label("species", "a", "b", "c"));
    byte[] unquoted = text.toString().replace("\"", "").getBytes(StandardCharsets.UTF_8);
    fuzz("rows.csv", file -> readCsv(schema, file), whole, 256);
    fuzz("unquoted.csv", file -> readCsv(schema, file), unquoted, 256);
    fuzz("rows.csv.gz", file -> readCsv(schema, file), IdxBytes.gzip(whole), 2048);
  }

  /// Walking the rows and reading all of them are the same; where nothing is quoted, so is dividing
  /// at commas.
  private static void readCsv(CsvSchema schema, Path file) throws IOException {
    CsvData data = schema.read(file);
    int row = 0;
    try (Rows<Sample> rows = data.encoding().rows(file)) {
      for (Sample sample : rows) {
        assertTrue(sample.input().sameBits(data.get(row++).input()));
      }
    }
    assertEquals(data.size(), row);
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (bytes[0] != 0x1f && text.indexOf('"') < 0) {
      List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
      int place = List.of(lines.getFirst().strip().split(" *, *")).indexOf("length");
      assertEquals(lines.size() - 1, data.size());
      for (int i = 0; i < data.size(); i++) {
        float length = Float.parseFloat(lines.get(i + 1).split(",", -1)[place]);
        assertEquals(length, data.get(i).input().at(0));
      }
    }
  }

  @Test
  void damagedTextIsReadOrRefused() throws IOException {
    byte[] whole =
        "Größe 𝄞: 12\r\n“Zwei” Wörter, ÄÖÜ!\n".repeat(20).getBytes(StandardCharsets.UTF_8);
    fuzz("text.txt", FuzzTest::readText, whole, 256);
    fuzz("words.txt", file -> TextFile.vocabulary(file, Tokenizer.WORDS, 5, "?"), whole, 256);
  }

  private static void readText(Path file) throws IOException {
    Vocabulary vocabulary = TextFile.vocabulary(file, Tokenizer.CHARACTERS);
    TokenNumbers text = TextFile.read(file, Tokenizer.CHARACTERS, vocabulary);
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < text.size(); i++) {
      decoded.append(vocabulary.tokens().get(text.at(i)));
    }
    assertEquals(Files.readString(file), decoded.toString());
  }

  @Test
  void damagedArraysAreReadOrRefused() throws IOException {
    Path file = directory.resolve("whole");
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("x", Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
    arrays.put("y", Tensor.of(0, 1, 2));
    Npz.write(file, arrays);
    Fuzz.Reader reader = npz -> NumpyData.npz(npz, "x", "y", DType.FLOAT32).get(2);
    fuzz("arrays.npz", reader, Files.readAllBytes(file), 64);
  }

  @Test
  void damagedVocabulariesAreReadOrRefused() throws IOException {
    Path file = directory.resolve("whole");
    Vocabulary.of(List.of("a", "\n", "\\", "\r", "𝄞", "Wort", "ä")).withUnknown("?").save(file);
    fuzz("vocabulary", Vocabulary::load, Files.readAllBytes(file), 256);
  }

  @Test
  void damagedImagesAreReadOrRefused() throws IOException {
    List<byte[]> pool = new ArrayList<>();
    for (String format : List.of("png", "jpg", "bmp", "gif")) {
      for (int type : List.of(BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY)) {
        pool.add(image(format, type));
      }
    }
    Path folder = Files.createDirectories(directory.resolve("folder/class"));
    new Fuzz(folder, 200 << 20)
        .run(
            "image.png",
            FuzzTest::readImage,
            random -> Mutations.damage(pool.get(random.nextInt(pool.size())), random),
            64);
  }

  private static byte[] image(String format, int type) throws IOException {
    BufferedImage image = new BufferedImage(13, 9, type);
    RandomGenerator random = new Rng(1);
    for (int i = 0; i < 117; i++) {
      image.setRGB(i % 13, i / 13, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, bytes));
    return bytes.toByteArray();
  }

  private static void readImage(Path file) throws IOException {
    ImageFolder folder =
        ImageFolder.open(file.getParent().getParent(), ImageFolder.Options.size(8, 8));
    Tensor input = folder.get(0).input();
    for (double value : input.toDoubleArray()) {
      assertTrue(value >= 0 && value <= 1, () -> "a pixel of " + value);
    }
  }
}
