package org.wengert.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.fuzz.Fuzz;
import org.wengert.fuzz.Mutations;
import org.wengert.io.PickleWriter.View;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A damaged file is read or refused with a message, within the memory that the readers promise.
/// The number of files is the property `fuzz.files`; the profile `nightly` raises it. Half of the
/// files are damaged as they are; in the others the part inside (pickle, npy) is, and then packed
/// with the right sizes and sums, so that the damage reaches the inner reader.
@Timeout(1800) // against endless loops, not a measurement
class FuzzTest {
  private static final int POOL = 16;

  @TempDir Path directory;

  private static Map<String, Tensor> tensors(RandomGenerator random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      int[] sizes = new int[random.nextInt(4)];
      Arrays.setAll(sizes, axis -> random.nextInt(5));
      DType dtype = DType.values()[random.nextInt(DType.values().length)];
      tensors.put("layer" + i, Tensor.randn(Shape.of(sizes), DType.FLOAT64, random).to(dtype));
    }
    return tensors;
  }

  private static byte[] any(List<byte[]> pool, RandomGenerator random) {
    return pool.get(random.nextInt(pool.size()));
  }

  @Test
  void damagedSafetensorsAreReadOrRefused() throws IOException {
    List<byte[]> pool = new ArrayList<>();
    Path file = directory.resolve("whole");
    for (int i = 0; i < POOL; i++) {
      Safetensors.write(file, tensors(new Rng(i)));
      pool.add(Files.readAllBytes(file));
    }
    new Fuzz(directory)
        .run(
            "safetensors",
            Safetensors::read,
            random -> Mutations.damage(any(pool, random), random),
            64);
  }

  private static List<byte[]> npyFiles() throws IOException {
    List<byte[]> pool = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      for (Tensor tensor : tensors(new Rng(i)).values()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Npy.write(tensor, bytes);
        pool.add(bytes.toByteArray());
      }
    }
    String header = "{'descr': '%s', 'fortran_order': True, 'shape': (2, 2), }";
    for (String descr : List.of("<f2", ">i2", "|i1", "|u1", ">u4", ">f8", "|b1")) {
      int width = descr.charAt(2) - '0';
      pool.add(NpyTest.npy(2, header.formatted(descr), "0001".repeat(2 * width)));
    }
    return pool;
  }

  @Test
  void damagedNpyIsReadOrRefused() throws IOException {
    List<byte[]> pool = npyFiles();
    new Fuzz(directory)
        .run("npy", Npy::read, random -> Mutations.damage(any(pool, random), random), 64);
  }

  @Test
  void damagedNpzIsReadOrRefused() throws IOException {
    List<byte[]> pool = npyFiles();
    new Fuzz(directory)
        .run(
            "npz",
            Npz::read,
            random -> {
              boolean inside = random.nextBoolean();
              Map<String, byte[]> files = new LinkedHashMap<>();
              for (int i = 0; i < 2; i++) {
                byte[] npy = any(pool, random);
                files.put(i + ".npy", inside ? Mutations.damage(npy, random) : npy);
              }
              int method = random.nextBoolean() ? ZipEntry.STORED : ZipEntry.DEFLATED;
              byte[] archive = Zips.zip(files, method);
              return inside ? archive : Mutations.damage(archive, random);
            },
            64);
  }

  private static Object state(RandomGenerator random) {
    Map<Object, Object> state = new LinkedHashMap<>();
    Object[] shared = {1L, 0.5};
    state.put("weight", new View("FloatStorage", "0", 12, 0, new long[] {3, 4}, new long[] {4, 1}));
    state.put("tied", new View("FloatStorage", "0", 12, 1, new long[] {2, 3}, new long[] {1, 4}));
    state.put("half", new View("HalfStorage", "1", 6, 1, new long[] {5}, new long[] {1}));
    state.put(random.nextInt(300), List.of(true, -1L << random.nextInt(60), "text"));
    state.put("pair", shared);
    state.put("nested", random.nextBoolean() ? new LinkedHashMap<>(state) : null);
    return state;
  }

  @Test
  void damagedTorchFilesAreReadOrRefused() throws IOException {
    List<byte[]> pickles = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      pickles.add(PickleWriter.pickle(state(new Rng(i))));
    }
    byte[] floats = TorchFileTest.floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    new Fuzz(directory)
        .run(
            "pt",
            TorchFile::read,
            random -> {
              byte[] pickle = any(pickles, random);
              boolean inside = random.nextInt(4) > 0;
              byte[] archive =
                  Zips.torch(
                      inside ? Mutations.damage(pickle, random) : pickle, floats, new byte[12]);
              return inside ? archive : Mutations.damage(archive, random);
            },
            256);
  }
}
