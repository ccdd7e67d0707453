package org.wengert.train.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import org.wengert.graph.Graph;
import org.wengert.tensor.OptionException;
import org.wengert.train.plot.Plot;

/// A file of events that TensorBoard shows: numbers, distributions, images, texts and a graph, each
/// under a tag and at a step. A folder with such files is a run; `tensorboard --logdir` is given
/// the folder above. Thread-safe; holds no open file.
///
/// ```java
/// EventFile events = EventFile.in(Path.of("runs", "first"));
/// events.scalar("loss", step, loss.item());
/// events.image("confusion", step, HeatMap.confusion("", counts, names));
/// ```
///
/// Sources: TensorFlow's `record_writer.cc` (records with masked CRC-32C), `event.proto`,
/// `summary.proto`, `tensor.proto`, `graph.proto`.
public final class EventFile {
  private static final int PNG_HEAD = 24;
  private static final long PNG = 0x89504E470D0A1A0AL;
  private static final int RGB = 3;
  private static final int DT_STRING = 7;

  private final Path path;
  private final InstantSource clock;

  private EventFile(Path path, InstantSource clock) {
    this.path = path;
    this.clock = clock;
  }

  /// A new file in a folder, which is made if there is none.
  ///
  /// @throws UncheckedIOException if it cannot be written
  public static EventFile in(Path folder) {
    return in(folder, InstantSource.system());
  }

  static EventFile in(Path folder, InstantSource clock) {
    EventFile file = new EventFile(fresh(folder, clock.instant().getEpochSecond()), clock);
    file.add(0, new Proto().text(3, "brain.Event:2"));
    return file;
  }

  /// A file of its own for each run, in the order in which they began.
  private static Path fresh(Path folder, long seconds) {
    try {
      Files.createDirectories(folder);
      for (int number = 0; ; number++) {
        try {
          String name = "events.out.tfevents.%010d.wengert.%03d".formatted(seconds, number);
          return Files.createFile(folder.resolve(name));
        } catch (FileAlreadyExistsException e) {
          // Another run began in the same second.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into " + folder, e);
    }
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// Says that a run goes on: what earlier files have from this step on is no longer shown.
  public void restart(long step) {
    add(step, new Proto().message(7, new Proto().integer(1, 1)));
  }

  /// A number, also one that is not finite. The format has single precision: what is beyond 3.4e38
  /// becomes infinite.
  public void scalar(String tag, long step, double value) {
    SequencedMap<String, Double> one = new LinkedHashMap<>();
    one.put(tag, value);
    scalars(step, one);
  }

  /// Several numbers of the same step, in single precision.
  public void scalars(long step, SequencedMap<String, Double> values) {
    Proto summary = new Proto();
    values.forEach(
        (tag, value) -> summary.message(1, new Proto().text(1, tag).single(2, value.floatValue())));
    add(step, new Proto().message(5, summary));
  }

  /// How numbers are distributed. Those that are not finite are left out.
  public void histogram(String tag, long step, double... values) {
    summary(step, new Proto().text(1, tag).message(5, Buckets.of(values).proto()));
  }

  /// A picture.
  public void image(String tag, long step, Plot plot) {
    image(tag, step, plot.png());
  }

  /// A PNG image.
  ///
  /// @throws OptionException if it is no PNG
  public void image(String tag, long step, byte[] png) {
    ByteBuffer head = ByteBuffer.wrap(png);
    if (png.length < PNG_HEAD || head.getLong(0) != PNG) {
      throw new OptionException("image '" + tag + "' of " + png.length + " bytes is no PNG")
          .hint("give a Plot, or the bytes of a PNG file");
    }
    Proto image =
        new Proto()
            .integer(1, head.getInt(20))
            .integer(2, head.getInt(16))
            .integer(3, RGB)
            .bytes(4, png);
    summary(step, new Proto().text(1, tag).message(4, image));
  }

  /// A text in Markdown.
  public void text(String tag, long step, String markdown) {
    Proto plugin = new Proto().message(1, new Proto().text(1, "text"));
    Proto one = new Proto().message(2, new Proto().integer(1, 1));
    Proto tensor = new Proto().integer(1, DT_STRING).message(2, one).text(8, markdown);
    summary(step, new Proto().text(1, tag).message(9, plugin).message(8, tensor));
  }

  /// A graph, for TensorBoard's own picture of it: layers are scopes, edges bear shapes.
  public void graph(Graph graph) {
    add(0, new Proto().bytes(4, GraphDef.of(graph).toByteArray()));
  }

  private void summary(long step, Proto value) {
    add(step, new Proto().message(5, new Proto().message(1, value)));
  }

  private synchronized void add(long step, Proto what) {
    Instant now = clock.instant();
    Proto event = new Proto().real(1, now.getEpochSecond() + now.getNano() / 1e9);
    if (step != 0) {
      event.integer(2, step);
    }
    byte[] rest = what.toByteArray();
    byte[] head = event.toByteArray();
    byte[] all = new byte[head.length + rest.length]; // fields of one message may just follow
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    LineFile.append(path, record(all));
  }

  /// Length, its checksum, data, their checksum.
  private static byte[] record(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + data.length + 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(data.length);
    int checksum = masked(record.array(), Long.BYTES);
    return record.putInt(checksum).put(data).putInt(masked(data, data.length)).array();
  }

  /// A CRC-32C that is rotated and shifted, so that checksums of data with checksums in them work.
  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }
}
