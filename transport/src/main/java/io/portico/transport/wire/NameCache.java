package io.portico.transport.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings of the names and methods that were seen last, so that the usual ones are not made anew
 * for each message.
 */
final class NameCache {
  private static final int SLOTS = 512;

  private final @Nullable String[] slots = new String[SLOTS];

  /** The text of {@code bytes[from, to)}, which are ASCII. */
  String text(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
    String known = slots[slot];
    if (known != null && equal(known, bytes, from, to)) {
      return known;
    }
    String made = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    slots[slot] = made;
    return made;
  }

  private static boolean equal(String known, byte[] bytes, int from, int to) {
    int length = to - from;
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
