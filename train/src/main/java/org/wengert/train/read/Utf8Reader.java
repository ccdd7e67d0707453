package org.wengert.train.read;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.wengert.io.FileFormatException;

/// The text of a file in UTF-8, strictly: other bytes are refused with their number, which the
/// decoders of the JDK do not know. A byte order mark at the beginning is passed over. Holds its
/// place; for one thread.
final class Utf8Reader extends Reader {
  /// So much larger than the file compressed text may become.
  static final int MOST_UNPACKED = 100;

  private static final int MARK = 0xfeff;

  private final FileBytes bytes;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer in = ByteBuffer.allocate(1 << 13).limit(0);
  private final CharBuffer out = CharBuffer.allocate(1 << 13).limit(0);
  private boolean began;
  private boolean ended;

  private Utf8Reader(FileBytes bytes) {
    this.bytes = bytes;
  }

  /// Opens a file for reading.
  static Utf8Reader open(Path file) throws IOException {
    return new Utf8Reader(FileBytes.open(file).unpackedAtMost(MOST_UNPACKED));
  }

  /// The file, for errors.
  FileBytes bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : out.get();
  }

  @Override
  public int read(char[] to, int from, int length) throws IOException {
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, out.remaining());
    out.get(to, from, count);
    return count;
  }

  private boolean isAtEnd() throws IOException {
    while (!out.hasRemaining() && !ended) {
      fill();
    }
    return !out.hasRemaining();
  }

  private void fill() throws IOException {
    in.compact();
    int count = bytes.read(in.array(), in.position(), in.remaining());
    in.position(in.position() + Math.max(0, count)).flip();
    out.clear();
    CoderResult result = decoder.decode(in, out, count < 0);
    out.flip();
    if (result.isError()) {
      throw notText(result.length());
    }
    ended = count < 0;
    if (!began && out.hasRemaining()) {
      began = true;
      if (out.get(out.position()) == MARK) {
        out.get();
      }
    }
  }

  private FileFormatException notText(int length) {
    int shown = Math.min(in.remaining(), Math.max(1, length));
    String found =
        HexFormat.ofDelimiter(" ").formatHex(in.array(), in.position(), in.position() + shown);
    return bytes
        .error("byte " + (bytes.offset() - in.remaining()), "bytes " + found, "text in UTF-8")
        .hint("save it in UTF-8; if it is no text, it is the wrong file");
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
