package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.portico.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/2 message (RFC 9113, 8.2 and 8.3), or its trailers: takes each field as it is
 * decompressed, checks it, and leaves it out of the codec's own map.
 *
 * <p>A fault is remembered, as the rest must still be decompressed, and thrown when the head is
 * asked for.
 */
abstract class ReceivedFields extends DefaultHttp2Headers {
  private final WireLimits limits;
  private final Headers.Builder fields = Headers.builder();
  private @Nullable MalformedMessageException fault;
  private boolean pseudo;
  private boolean regular;
  private int count;
  private int bytes;

  /** {@code content-length}, or -1 where there is none. */
  private long contentLength = -1;

  ReceivedFields(WireLimits limits) {
    super(false, 2);
    this.limits = limits;
  }

  @Override
  public final Http2Headers add(CharSequence name, CharSequence value) {
    if (fault == null) {
      try {
        take(name.toString(), value.toString());
      } catch (MalformedMessageException e) {
        fault = e;
      }
    }
    return this;
  }

  private void take(String name, String value) throws MalformedMessageException {
    checkValue(value);
    if (!name.isEmpty() && name.charAt(0) == ':') {
      if (regular) {
        throw badRequest("a pseudo-field behind others");
      }
      pseudo = true;
      pseudo(name, value);
      return;
    }
    regular = true;
    bytes += name.length() + value.length() + 4;
    if (++count > limits.headerFields()) {
      throw limits.tooMany();
    }
    if (bytes > limits.headerBytes()) {
      throw limits.tooLong();
    }
    checkName(name);
    if (isForThisConnection(name, value)) {
      throw badRequest("a field of HTTP/1.1's connections");
    }
    if (name.equals("content-length")) {
      if (contentLength >= 0) {
        throw badRequest("more than one Content-Length");
      }
      contentLength = HeadReader.number(value);
    }
    field(name, value);
  }

  /** A field whose name begins with a colon. */
  abstract void pseudo(String name, String value) throws MalformedMessageException;

  /** Any other field; to be kept or not. */
  void field(String name, String value) throws MalformedMessageException {
    keep(name, value);
  }

  final void keep(String name, String value) {
    fields.addChecked(name, value);
  }

  final WireLimits limits() {
    return limits;
  }

  /** The value of a pseudo-field that may be there once. */
  static String once(String before, String value) throws MalformedMessageException {
    if (!before.isEmpty() || value.isEmpty()) {
      throw badRequest("a pseudo-field that is empty or there twice");
    }
    return value;
  }

  private static void checkName(String name) throws MalformedMessageException {
    boolean token = !name.isEmpty();
    for (int i = 0; i < name.length() && token; i++) {
      char c = name.charAt(i);
      token = Octets.isToken(c) && (c < 'A' || c > 'Z');
    }
    if (!token) {
      throw badRequest("a name that is no field's");
    }
  }

  private static void checkValue(String value) throws MalformedMessageException {
    int length = value.length();
    if (length == 0) {
      return;
    }
    for (int i = 0; i < length; i++) {
      if (Octets.isControl((byte) value.charAt(i))) {
        throw badRequest("a control character");
      }
    }
    if (Octets.isSpace((byte) value.charAt(0)) || Octets.isSpace((byte) value.charAt(length - 1))) {
      throw badRequest("a value with a space at an end");
    }
  }

  /** RFC 9113, 8.2.2. */
  private static boolean isForThisConnection(String name, String value) {
    return switch (name) {
      case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> true;
      case "te" -> !value.equals("trailers");
      default -> false;
    };
  }

  /** Throws what was wrong with a field. */
  final void checkFields() throws MalformedMessageException {
    if (fault != null) {
      throw fault;
    }
  }

  /** Checks that these are trailers. */
  public void completeTrailers() throws MalformedMessageException {
    checkFields();
    if (pseudo || contentLength >= 0) {
      throw badRequest("a trailer that changes framing");
    }
  }

  public final long contentLength() {
    return contentLength;
  }

  /** What was kept; for once, as the builder is not. */
  final Headers kept() {
    return fields.build();
  }
}
