package org.wengert.fuzz;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Damages files as chance, a bad disk or an attacker would.
public final class Mutations {
  private static final long[] SIZES = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE + 1L,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final String SYNTAX = "0123456789[]{},:\"'()<>|TFNKMJGXqhrQRbecuast.-";

  private Mutations() {}

  /// A copy of `whole` with one to four changes.
  public static byte[] damage(byte[] whole, RandomGenerator random) {
    byte[] bytes = whole.clone();
    int most = random.nextBoolean() ? 1 : 4;
    for (int changes = 1 + random.nextInt(most); changes > 0; changes--) {
      bytes = bytes.length == 0 ? new byte[1] : change(bytes, random);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length);
    int count = 1 + random.nextInt(8);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
      case 3 -> number(bytes, at, 1 << random.nextInt(4), SIZES[random.nextInt(SIZES.length)]);
      case 4 -> number(bytes, at, 1 << random.nextInt(4), bytes.length + random.nextInt(-9, 9));
      case 5 -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(64), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, bytes, at, length);
      }
      case 6 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 7 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + count);
        System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
        return longer;
      }
      default -> {
        int end = Math.min(bytes.length, at + count);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, shorter, at, bytes.length - end);
        return shorter;
      }
    }
    return bytes;
  }

  /// Writes a little-endian number, as far as there is room.
  private static void number(byte[] bytes, int at, int width, long value) {
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> 8 * i);
    }
  }
}
