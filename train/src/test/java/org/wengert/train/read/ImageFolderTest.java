package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;

class ImageFolderTest {
  @TempDir Path folder;

  /// Two classes: `dogs/a.png`, all red, and `cats/b.png`, whose left half is black and whose right
  /// one is white.
  @BeforeEach
  void drawTwoImages() throws IOException {
    BufferedImage red = new BufferedImage(6, 6, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage halves = new BufferedImage(12, 4, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 36; i++) {
      red.setRGB(i % 6, i / 6, 0xff0000);
    }
    for (int i = 0; i < 48; i++) {
      halves.setRGB(i % 12, i / 12, i % 12 < 6 ? 0 : 0xffffff);
    }
    save(red, "png", "dogs/a.png");
    save(halves, "png", "cats/b.png");
  }

  private void save(BufferedImage image, String format, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, format, file.toFile()));
  }

  private ImageFolder open(ImageFolder.Options options) throws IOException {
    return ImageFolder.open(folder, options);
  }

  @Test
  void classesAreTheFoldersInTheirOrder() throws IOException {
    Files.writeString(folder.resolve("cats/notes.txt"), "no image");
    Files.writeString(folder.resolve("cats/.hidden.png"), "no image");
    ImageFolder images = open(ImageFolder.Options.size(4, 4));
    assertEquals(List.of("cats", "dogs"), images.classes());
    assertEquals(2, images.size());
    assertEquals(0, images.get(0).target().item());
    assertEquals(1, images.label(1));
    assertEquals(folder.resolve("dogs/a.png"), images.file(1));
  }

  @Test
  void coloursArePlanesFromZeroToOne() throws IOException {
    Tensor red = open(ImageFolder.Options.size(2, 3)).get(1).input();
    assertEquals(Shape.of(3, 2, 3), red.shape());
    float[] expected = new float[18];
    Arrays.fill(expected, 0, 6, 1);
    assertTrue(Tensor.of(expected).reshape(3, 2, 3).sameBits(red));
  }

  @Test
  void greyIsBrightness() throws IOException {
    Tensor red = open(ImageFolder.Options.size(1, 1).grey(true)).get(1).input();
    assertEquals(Shape.of(1, 1, 1), red.shape());
    assertEquals(0.299, red.item(), 1e-6);
  }

  @Test
  void aWideImageLosesItsSides() throws IOException {
    Tensor middle = open(ImageFolder.Options.size(4, 4).grey(true)).get(0).input();
    assertRow(middle, 0, 0, 1, 1);
  }

  @Test
  void withoutCroppingAnImageIsStretched() throws IOException {
    Tensor all = open(ImageFolder.Options.size(1, 4).crop(false).grey(true)).get(0).input();
    // a triangle around 4.5 weighs the columns 2 to 6 by 1/3, 2/3, 1, 2/3, 1/3; only 6 is white
    assertRow(all, 0, 1.0 / 9, 8.0 / 9, 1);
  }

  private static void assertRow(Tensor image, double... expected) {
    assertArrayEquals(expected, Arrays.copyOf(image.toDoubleArray(), 4), 1e-6);
  }

  @Test
  void greyFilesAreNotBrightened() throws IOException {
    BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 4; i++) {
      grey.getRaster().setSample(i % 2, i / 2, 0, 128);
    }
    save(grey, "png", "grey/a.png");
    Sample sample = open(ImageFolder.Options.size(2, 2)).get(2);
    assertEquals(128 / 255f, sample.input().at(2, 1, 1));
  }

  @Test
  void aLoaderStacksImages() throws IOException {
    ImageFolder images = open(ImageFolder.Options.size(4, 4));
    for (Sample batch : DataLoader.of(images, DataLoader.Options.defaults())) {
      assertEquals(Shape.of(2, 3, 4, 4), batch.input().shape());
      assertEquals(Shape.of(2), batch.target().shape());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void anImageThatIsCutOffIsNamed(String format) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 4096; i++) {
      image.setRGB(i % 64, i / 64, i * 0x9e3779);
    }
    save(image, format, "broken/x." + format);
    Path file = folder.resolve("broken/x." + format);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    ImageFolder images = open(ImageFolder.Options.size(4, 4));
    FileFormatException e = assertThrows(FileFormatException.class, () -> images.get(0));
    assertTrue(e.getMessage().startsWith(file + ", image: found damaged data"), e.getMessage());
  }

  @Test
  void anEnormousImageIsRefusedBeforeItIsUnpacked() throws IOException {
    Path file = folder.resolve("dogs/a.png");
    byte[] bytes = Files.readAllBytes(file);
    bytes[17] = 1; // the width, 65,542 now
    bytes[21] = 1;
    Files.write(file, bytes);
    ImageFolder images = open(ImageFolder.Options.size(4, 4));
    FileFormatException e = assertThrows(FileFormatException.class, () -> images.get(1));
    assertEquals(
        file
            + ", image: found 65542 x 65542 pixels, expected 1 to 67108864\n"
            + "  hint: remove it from the folder, or fetch it again",
        e.getMessage());
  }

  @Test
  void aFileThatIsNoImageIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("dogs/a.png"), "not an image");
    ImageFolder images = open(ImageFolder.Options.size(4, 4));
    FileFormatException e = assertThrows(FileFormatException.class, () -> images.get(1));
    assertTrue(
        e.getMessage()
            .startsWith(file + ", image: found something else, expected an image in PNG, JPEG"),
        e.getMessage());
  }

  @Test
  void aClassWithoutImagesIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("birds"));
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> open(ImageFolder.Options.size(4, 4)));
    assertTrue(e.getMessage().startsWith(empty + ", folder: found no images"), e.getMessage());
  }

  @Test
  void sizesAreBounded() {
    OptionException e =
        assertThrows(OptionException.class, () -> ImageFolder.Options.size(0, 5000));
    assertEquals("images of 0 x 5000 pixels\n  hint: take 1 to 4096 for both", e.getMessage());
  }
}
