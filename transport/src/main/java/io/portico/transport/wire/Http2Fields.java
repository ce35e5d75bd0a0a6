package io.portico.transport.wire;

import io.netty.util.AsciiString;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields of HTTP/2 as they go out: names in lower case, nothing that belongs to a connection of
 * HTTP/1.1. Used again for each head; names that were used last are kept.
 */
final class Http2Fields {
  private static final int SLOTS = 512;
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  private final @Nullable Name[] slots = new Name[SLOTS];
  private AsciiString[] fields = new AsciiString[64];
  private int length;

  /**
   * A name that is a token.
   *
   * @param kept whether it may stand in a message of HTTP/2
   */
  private record Name(String text, AsciiString lower, boolean kept, boolean isHost) {
    static Name of(String name) {
      for (int i = 0; i < name.length(); i++) {
        if (!Octets.isToken(name.charAt(i))) {
          throw new IllegalArgumentException("not an HTTP token: " + name);
        }
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("an empty HTTP token");
      }
      String lower = name.toLowerCase(Locale.ROOT);
      boolean kept = !HopByHop.isName(name) && !lower.equals("upgrade") && !lower.equals("te");
      return new Name(name, new AsciiString(lower), kept, lower.equals("host"));
    }
  }

  /** Begins anew. */
  void clear() {
    length = 0;
  }

  /**
   * All fields but those of a connection.
   *
   * @throws IllegalArgumentException if a name is no token
   */
  void all(Headers headers) {
    add(headers, true);
  }

  /**
   * All fields but {@code Host} and those of a connection.
   *
   * @throws IllegalArgumentException if a name is no token
   */
  void allButHost(Headers headers) {
    add(headers, false);
  }

  private void add(Headers headers, boolean host) {
    Set<String> named = ConnectionFields.nominated(headers);
    int size = headers.size();
    for (int i = 0; i < size; i++) {
      Name name = name(headers.name(i));
      if (name.kept()
          && (host || !name.isHost())
          && (named.isEmpty() || !named.contains(name.lower().toString()))) {
        put(name.lower(), value(headers.value(i)));
      }
    }
  }

  void contentLength(long bytes) {
    put(CONTENT_LENGTH, new AsciiString(Long.toString(bytes)));
  }

  void put(AsciiString name, AsciiString value) {
    if (length == fields.length) {
      fields = Arrays.copyOf(fields, 2 * length);
    }
    fields[length++] = name;
    fields[length++] = value;
  }

  /** Names at even, values at odd positions. */
  AsciiString[] copy() {
    return Arrays.copyOf(fields, length);
  }

  /** Octets came in as ISO 8859-1 and leave as they came; other text leaves as UTF-8. */
  static AsciiString value(String text) {
    String value = text.strip();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 255) {
        return new AsciiString(value.getBytes(StandardCharsets.UTF_8), false);
      }
    }
    return new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  private Name name(String text) {
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
    Name known = slots[slot];
    if (known != null && known.text().equals(text)) {
      return known;
    }
    Name made = Name.of(text);
    slots[slot] = made;
    return made;
  }
}
