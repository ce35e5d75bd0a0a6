package io.portico.transport.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names of header fields as they go out. Those that were used last are kept, so that the usual ones
 * are checked and encoded once.
 */
final class FieldNames {
  private static final int SLOTS = 512;

  private final @Nullable FieldName[] slots = new FieldName[SLOTS];

  /**
   * A name that is a token.
   *
   * @param encoded the name, a colon and a space
   * @param isHopByHop whether the transport writes this field itself or nobody does
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody
  record FieldName(String text, byte[] encoded, boolean isHopByHop, boolean isHost) {
    private static FieldName of(String name) {
      for (int i = 0; i < name.length(); i++) {
        if (!Octets.isToken(name.charAt(i))) {
          throw new IllegalArgumentException("not an HTTP token: " + name);
        }
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("an empty HTTP token");
      }
      return new FieldName(
          name,
          (name + ": ").getBytes(StandardCharsets.US_ASCII),
          HopByHop.isName(name),
          name.equalsIgnoreCase("Host"));
    }
  }

  /**
   * @throws IllegalArgumentException if the name is no token
   */
  FieldName get(String name) {
    int hash = name.hashCode();
    int slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
    FieldName known = slots[slot];
    if (known != null && known.text.equals(name)) {
      return known;
    }
    FieldName made = FieldName.of(name);
    slots[slot] = made;
    return made;
  }
}
