package io.portico.transport.wire;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import io.portico.transport.wire.FieldNames.FieldName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Writes heads of messages into memory that is used again. Names and values keep their casing;
 * hop-by-hop fields are left out, as framing is written by whoever knows the body.
 */
public final class HeadWriter {
  private static final byte[] HTTP_1_1 = ascii("HTTP/1.1 ");
  private static final byte[] END_OF_REQUEST_LINE = ascii(" HTTP/1.1\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\n");
  private static final byte[] DATE = ascii("Date: ");
  private static final byte[] HOST = ascii("Host: ");

  private final FieldNames names = new FieldNames();
  private byte[] bytes = new byte[2048];
  private int length;

  HeadWriter() {}

  /** Begins a request. */
  public HeadWriter request(String method, String target) {
    length = 0;
    token(method);
    put(' ');
    target(target);
    put(END_OF_REQUEST_LINE);
    return this;
  }

  /** Begins a response. */
  public HeadWriter response(int status) {
    length = 0;
    put(HTTP_1_1);
    put((char) ('0' + status / 100));
    put((char) ('0' + status / 10 % 10));
    put((char) ('0' + status % 10));
    put(' ');
    put(Reasons.of(status));
    endLine();
    return this;
  }

  /**
   * All fields that are not hop-by-hop.
   *
   * @throws IllegalArgumentException if a name is no token, or {@code Host} is there twice
   */
  public HeadWriter fields(Headers headers) {
    Set<String> named = ConnectionFields.nominated(headers);
    int size = headers.size();
    int hosts = 0;
    for (int i = 0; i < size; i++) {
      FieldName name = names.get(headers.name(i));
      if (name.isHost() && ++hosts > 1) {
        throw new IllegalArgumentException("more than one Host");
      }
      if (!name.isHopByHop()
          && (named.isEmpty() || !named.contains(name.text().toLowerCase(Locale.ROOT)))) {
        put(name.encoded());
        value(headers.value(i));
        endLine();
      }
    }
    return this;
  }

  public HeadWriter field(String name, String value) {
    put(names.get(name).encoded());
    value(value);
    endLine();
    return this;
  }

  public HeadWriter contentLength(long value) {
    put(CONTENT_LENGTH);
    number(value);
    endLine();
    return this;
  }

  public HeadWriter chunked() {
    put(CHUNKED);
    return this;
  }

  public HeadWriter close() {
    put(CLOSE);
    return this;
  }

  public HeadWriter keepAlive() {
    put(KEEP_ALIVE);
    return this;
  }

  /** The connection is that of {@code Upgrade} from now on. */
  public HeadWriter upgrade() {
    put(UPGRADE);
    return this;
  }

  public HeadWriter host(String authority) {
    put(HOST);
    value(authority);
    endLine();
    return this;
  }

  /**
   * @param date as {@link HttpDate} writes it
   */
  public HeadWriter date(byte[] date) {
    put(DATE);
    put(date);
    endLine();
    return this;
  }

  /** Ends the head. */
  public HeadWriter end() {
    endLine();
    return this;
  }

  public int length() {
    return length;
  }

  /** Appends what was written. */
  public void writeTo(ByteBuf out) {
    out.writeBytes(bytes, 0, length);
  }

  private void token(String token) {
    int size = token.length();
    ensure(size);
    for (int i = 0; i < size; i++) {
      char c = token.charAt(i);
      if (!Octets.isToken(c)) {
        throw new IllegalArgumentException("not an HTTP token: " + token);
      }
      bytes[length++] = (byte) c;
    }
    if (size == 0) {
      throw new IllegalArgumentException("an empty HTTP token");
    }
  }

  private void target(String target) {
    int size = target.length();
    ensure(size);
    for (int i = 0; i < size; i++) {
      char c = target.charAt(i);
      if (!Octets.isTarget(c)) {
        throw new IllegalArgumentException("a request target that needs encoding: " + target);
      }
      bytes[length++] = (byte) c;
    }
    if (size == 0) {
      throw new IllegalArgumentException("an empty request target");
    }
  }

  /** Octets came in as ISO 8859-1 and leave as they came; other text leaves as UTF-8. */
  private void value(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int size = value.length();
    if (utf8.length == size) {
      put(utf8);
      return;
    }
    ensure(size);
    int start = length;
    int all = 0;
    for (int i = 0; i < size; i++) {
      char c = value.charAt(i);
      all |= c;
      bytes[start + i] = (byte) c;
    }
    if (all < 256) {
      length = start + size;
    } else {
      put(utf8);
    }
  }

  private void number(long value) {
    if (value < 10) {
      put((char) ('0' + value));
    } else {
      put(ascii(Long.toString(value)));
    }
  }

  private void put(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void put(char c) {
    ensure(1);
    bytes[length++] = (byte) c;
  }

  private void endLine() {
    ensure(2);
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
