package io.portico.transport.wire;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.portico.gateway.http.Headers;
import java.util.List;

/** Writes heads of HTTP/2 requests, which are encrypted ones here. Used again for each head. */
public final class Http2RequestWriter {
  private static final AsciiString HTTPS = AsciiString.cached("https");

  private final Http2Fields fields = new Http2Fields();
  private AsciiString method = AsciiString.EMPTY_STRING;
  private AsciiString path = AsciiString.EMPTY_STRING;
  private AsciiString authority = AsciiString.EMPTY_STRING;

  Http2RequestWriter() {}

  /**
   * Begins a head.
   *
   * @param target path and query, as they are to arrive
   * @throws IllegalArgumentException if HTTP/2 has no such request
   */
  public Http2RequestWriter request(String verb, String target) {
    if (!Octets.isToken(verb)) {
      throw new IllegalArgumentException("not an HTTP token: " + verb);
    }
    if (verb.equals("CONNECT")) {
      throw new IllegalArgumentException("CONNECT asks for a tunnel, not for " + target);
    }
    boolean wellFormed = target.startsWith("/") || target.equals("*");
    if (!wellFormed || !Octets.isTarget(target)) {
      throw new IllegalArgumentException("a request target that needs encoding: " + target);
    }
    fields.clear();
    method = new AsciiString(verb);
    path = new AsciiString(target);
    return this;
  }

  /**
   * All fields but those of a connection; {@code Host} becomes {@code :authority}.
   *
   * @param origin the authority where there is no {@code Host}
   * @throws IllegalArgumentException if a name is no token, or {@code Host} is there twice
   */
  public Http2RequestWriter fields(Headers headers, String origin) {
    List<String> hosts = headers.all("Host");
    if (hosts.size() > 1) {
      throw new IllegalArgumentException("more than one Host");
    }
    authority = Http2Fields.value(hosts.isEmpty() ? origin : hosts.getFirst());
    fields.allButHost(headers);
    return this;
  }

  public Http2RequestWriter contentLength(long bytes) {
    fields.contentLength(bytes);
    return this;
  }

  /** The head, for the codec. */
  public Http2Headers end() {
    return ReadOnlyHttp2Headers.clientHeaders(false, method, path, HTTPS, authority, fields.copy());
  }
}
