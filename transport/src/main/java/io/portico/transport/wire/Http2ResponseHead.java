package io.portico.transport.wire;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads of HTTP/2 responses: names in lower case, nothing that belongs to a connection of
 * HTTP/1.1. Used again for each head.
 */
public final class Http2ResponseHead {
  private static final int SLOTS = 512;
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString DATE = AsciiString.cached("date");
  private static final AsciiString[] STATUSES = new AsciiString[1000];

  static {
    for (int status = 100; status < STATUSES.length; status++) {
      STATUSES[status] = AsciiString.cached(Integer.toString(status));
    }
  }

  private final @Nullable Name[] slots = new Name[SLOTS];
  private AsciiString[] fields = new AsciiString[64];
  private int length;
  private AsciiString status = STATUSES[200];

  /**
   * A name that is a token.
   *
   * @param kept whether it may stand in an answer of HTTP/2
   */
  private record Name(String text, AsciiString lower, boolean kept) {
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
      return new Name(name, new AsciiString(lower), kept);
    }
  }

  Http2ResponseHead() {}

  /** Begins a head. */
  public Http2ResponseHead response(int code) {
    status = STATUSES[code];
    length = 0;
    return this;
  }

  /**
   * All fields but those of a connection.
   *
   * @throws IllegalArgumentException if a name is no token
   */
  public Http2ResponseHead fields(Headers headers) {
    Set<String> named = ConnectionFields.nominated(headers);
    int size = headers.size();
    for (int i = 0; i < size; i++) {
      Name name = name(headers.name(i));
      if (name.kept() && (named.isEmpty() || !named.contains(name.lower().toString()))) {
        put(name.lower(), value(headers.value(i)));
      }
    }
    return this;
  }

  /**
   * @param date as {@link HttpDate} writes it
   */
  public Http2ResponseHead date(byte[] date) {
    put(DATE, new AsciiString(date, false));
    return this;
  }

  public Http2ResponseHead contentLength(long bytes) {
    put(CONTENT_LENGTH, new AsciiString(Long.toString(bytes)));
    return this;
  }

  /** The head, for the codec. */
  public Http2Headers end() {
    return ReadOnlyHttp2Headers.serverHeaders(false, status, Arrays.copyOf(fields, length));
  }

  private void put(AsciiString name, AsciiString value) {
    if (length == fields.length) {
      fields = Arrays.copyOf(fields, 2 * length);
    }
    fields[length++] = name;
    fields[length++] = value;
  }

  /** Octets came in as ISO 8859-1 and leave as they came; other text leaves as UTF-8. */
  private static AsciiString value(String text) {
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
