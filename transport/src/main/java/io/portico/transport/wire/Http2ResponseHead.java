package io.portico.transport.wire;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.portico.gateway.http.Headers;

/** Writes heads of HTTP/2 responses. Used again for each head. */
public final class Http2ResponseHead {
  private static final AsciiString DATE = AsciiString.cached("date");
  private static final AsciiString[] STATUSES = new AsciiString[1000];

  static {
    for (int status = 100; status < STATUSES.length; status++) {
      STATUSES[status] = AsciiString.cached(Integer.toString(status));
    }
  }

  private final Http2Fields fields = new Http2Fields();
  private AsciiString status = STATUSES[200];

  Http2ResponseHead() {}

  /** Begins a head. */
  public Http2ResponseHead response(int code) {
    status = STATUSES[code];
    fields.clear();
    return this;
  }

  /**
   * All fields but those of a connection.
   *
   * @throws IllegalArgumentException if a name is no token
   */
  public Http2ResponseHead fields(Headers headers) {
    fields.all(headers);
    return this;
  }

  /**
   * @param date as {@link HttpDate} writes it
   */
  public Http2ResponseHead date(byte[] date) {
    fields.put(DATE, new AsciiString(date, false));
    return this;
  }

  public Http2ResponseHead contentLength(long bytes) {
    fields.contentLength(bytes);
    return this;
  }

  /** The head, for the codec. */
  public Http2Headers end() {
    return ReadOnlyHttp2Headers.serverHeaders(false, status, fields.copy());
  }
}
