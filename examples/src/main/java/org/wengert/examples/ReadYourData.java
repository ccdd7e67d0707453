package org.wengert.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.wengert.io.FileFormatException;
import org.wengert.io.Npz;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;
import org.wengert.train.read.Cifar;
import org.wengert.train.read.Column;
import org.wengert.train.read.CsvData;
import org.wengert.train.read.CsvEncoding;
import org.wengert.train.read.CsvSchema;
import org.wengert.train.read.ImageFolder;
import org.wengert.train.read.LabelledImages;
import org.wengert.train.read.Mnist;
import org.wengert.train.read.NumpyData;
import org.wengert.train.read.Rows;
import org.wengert.train.read.StreamedDataset;
import org.wengert.train.read.TextFile;
import org.wengert.train.read.TokenNumbers;
import org.wengert.train.read.Tokenizer;
import org.wengert.train.read.Vocabulary;

/// How files become data sets: the code of `docs/how-to/read-your-data.md`, where each region
/// stands word for word.
public final class ReadYourData {
  private static final String HOUSES =
      """
      town,rooms,garden,area,price
      Bern,4,yes,98.5,810
      Rome,2,no,,450
      Bern,3,no,71,620
      """;

  private ReadYourData() {}

  /// Prints what the page shows, with files in a folder that need not exist: the argument.
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path houses = Files.writeString(folder.resolve("houses.csv"), HOUSES);
    CsvData data = table(houses);
    stream(data.encoding(), houses);
    walk(data.encoding(), houses);
    Path wrong = folder.resolve("wrong.csv");
    Files.writeString(wrong, HOUSES.replace("71", "7l"));
    refused(data.encoding(), wrong);
    arrays(folder);
    sets(folder.resolve("mnist"), folder.resolve("cifar"));
    imagesOf(folder.resolve("animals"));
    text(Files.writeString(folder.resolve("tale.txt"), "The fox sees the owl. ".repeat(20)));
  }

  static CsvData table(Path houses) throws IOException {
    // region: table
    CsvSchema schema =
        CsvSchema.of(
            Column.category("town"), // the towns are learned from the file
            Column.category("garden", "no", "yes"),
            Column.number("area").orMean(), // missing areas become the mean of the others
            Column.target("price")); // Column.label("..") for classes
    CsvData data = schema.read(houses);
    System.out.println(data.features());
    System.out.println(data.get(1).input() + " -> " + data.get(1).target());
    // end region
    return data;
  }

  static void stream(CsvEncoding encoding, Path houses) throws IOException {
    // region: stream
    try (var rows = StreamedDataset.of(() -> encoding.rows(houses), 10_000)) {
      var options = DataLoader.Options.defaults().batchSize(2).sampler(rows.shuffled());
      for (Sample batch : DataLoader.of(rows, options)) {
        System.out.println(batch.input().shape() + " -> " + batch.target().shape());
      }
    }
    // end region
  }

  static void walk(CsvEncoding encoding, Path houses) throws IOException {
    // region: walk
    double sum = 0;
    try (Rows<Sample> rows = encoding.rows(houses)) {
      for (Sample row : rows) {
        sum += row.target().at(0);
      }
    }
    System.out.println("all houses: " + sum);
    // end region
  }

  static void refused(CsvEncoding encoding, Path wrong) throws IOException {
    try {
      encoding.read(wrong);
    } catch (FileFormatException e) {
      System.out.println(
          e.getMessage()
              .substring(Objects.requireNonNull(wrong.getParent()).toString().length() + 1));
    }
  }

  static void arrays(Path folder) throws IOException {
    Path file = folder.resolve("points.npz");
    Npz.write(file, Map.of("x", Tensor.of(new double[][] {{1, 2}, {3, 4}}), "y", Tensor.of(0, 1)));
    // region: arrays
    Dataset<Sample> points = NumpyData.npz(file, "x", "y", DType.FLOAT32);
    System.out.println(points.get(1));
    // end region
  }

  private static void sets(Path mnist, Path cifar) throws IOException {
    Files.createDirectories(mnist);
    ByteBuffer images = ByteBuffer.allocate(16 + 5 * 784).putInt(0x803).putInt(5);
    Files.write(mnist.resolve("t10k-images-idx3-ubyte"), images.putInt(28).putInt(28).array());
    ByteBuffer labels = ByteBuffer.allocate(8 + 5).putInt(0x801).putInt(5);
    Files.write(mnist.resolve("t10k-labels-idx1-ubyte"), labels.array());
    Files.createDirectories(cifar);
    for (String name : List.of("train.bin", "test.bin")) {
      Files.write(cifar.resolve(name), new byte[2 * 3074]);
    }
    read(mnist, cifar);
  }

  static void read(Path mnist, Path cifar) throws IOException {
    // region: sets
    LabelledImages.Split digits = Mnist.read(mnist); // Fashion-MNIST is read like it
    LabelledImages.Split things = Cifar.CIFAR100.read(cifar); // or CIFAR10
    System.out.println(digits.train() + "; " + things.test());
    // end region
  }

  private static void imagesOf(Path folder) throws IOException {
    for (String name : List.of("cats/tom.png", "cats/kit.png", "dogs/rex.png")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }
    images(folder);
  }

  static void images(Path folder) throws IOException {
    // region: images
    ImageFolder animals = ImageFolder.open(folder, ImageFolder.Options.size(32, 32));
    System.out.println(animals + ": " + animals.classes());
    for (Sample batch : DataLoader.of(animals, DataLoader.Options.defaults().batchSize(2))) {
      System.out.println(batch.input().shape() + ", " + batch.target().shape());
    }
    // end region
  }

  static void text(Path file) throws IOException {
    // region: text
    Vocabulary characters = TextFile.vocabulary(file, Tokenizer.CHARACTERS);
    TokenNumbers text = TextFile.read(file, Tokenizer.CHARACTERS, characters);
    Dataset<Sample> windows = text.windows(8, 8); // eight characters, and those that follow them
    System.out.println(text.size() + " characters, " + windows.size() + " windows");

    Vocabulary words = TextFile.vocabulary(file, Tokenizer.WORDS, 4, "<unknown>");
    System.out.println(words.tokens());
    words.save(file.resolveSibling("words.txt")); // Vocabulary.load reads it
    // end region
  }
}
