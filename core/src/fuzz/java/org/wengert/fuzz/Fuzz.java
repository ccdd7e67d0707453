package org.wengert.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.Rng;

/// Hands damaged files to a reader: each is read or refused with a message that begins with its
/// name, within the memory that the reader promises. The number of files is the property
/// `fuzz.files`; the profile `nightly` raises it. Immutable.
///
/// @param directory where the files are written
/// @param slack the memory that reading may take whatever the size of the file
public record Fuzz(Path directory, long slack) {
  private static final int FILES = Integer.getInteger("fuzz.files", 2000);

  /// So many are read before memory is measured: the JVM loads classes meanwhile, on our account.
  private static final int WARM_UP = 200;

  /// With 1 MiB for each file, whatever its size.
  public Fuzz(Path directory) {
    this(directory, 1 << 20);
  }

  /// Who reads files.
  public interface Reader {
    /// Reads a file, and checks what can be checked about it.
    void read(Path file) throws IOException;
  }

  /// Who makes damaged files.
  public interface Damage {
    /// A file.
    byte[] file(RandomGenerator random);
  }

  /// Reads damaged files, one after the other, and prints what came of it.
  ///
  /// @param name of the file
  /// @param perByte the memory that reading may take for each byte of the file, besides the slack
  public void run(String name, Reader reader, Damage damage, int perByte) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Path file = directory.resolve(name);
    int refused = 0;
    long most = 0;
    for (int i = -WARM_UP; i < FILES; i++) {
      byte[] bytes = damage.file(new Rng(i));
      Files.write(file, bytes);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        reader.read(file);
      } catch (FileFormatException e) {
        refused += i < 0 ? 0 : 1;
        assertTrue(e.getMessage().startsWith(file + ", "), e.getMessage());
      } catch (RuntimeException | Error | IOException e) {
        throw new AssertionError("file " + i + " of " + name, e);
      }
      long taken = threads.getCurrentThreadAllocatedBytes() - before;
      most = i < 0 ? 0 : Math.max(most, taken);
      int number = i;
      assertTrue(
          i < 0 || taken <= (long) perByte * bytes.length + slack,
          () -> "file " + number + " of " + bytes.length + " bytes took " + taken);
      Files.delete(file); // rewriting a file makes some file systems wait for the disk
    }
    System.out.printf(
        "fuzz %s: %,d damaged files, %,d refused, %,d read; at most %,d bytes of memory%n",
        name, FILES, refused, FILES - refused, most);
    assertTrue(refused > FILES / 4 && refused < FILES, "refused " + refused);
  }
}
