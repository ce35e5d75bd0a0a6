package io.portico.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * A request as it stood on the wire: framing checked, nothing decoded, nothing normalised.
 *
 * @param method in the client's casing, such as {@code GET}; GET as well where HTTP/2 opens a
 *     WebSocket connection, as there is no other than by CONNECT
 * @param target the request target in origin form: raw path and, after {@code ?}, raw query
 * @param protocol {@code HTTP/1.1}, {@code HTTP/1.0} or {@code HTTP/2.0}
 * @param headers as received, hop-by-hop fields included
 * @param body the content; framing fields agree with it
 * @param connection where it came from
 * @param arrivalNanos {@link System#nanoTime} when the head was complete
 * @param opensWebSocket whether it is HTTP/2's opening handshake (RFC 8441, 5), an extended
 *     CONNECT: where an answer says 2xx, the connection is open. HTTP/1.1's stands in its headers
 */
public record HttpRequest(
    String method,
    String target,
    String protocol,
    Headers headers,
    Body body,
    ClientConnection connection,
    long arrivalNanos,
    boolean opensWebSocket) {

  /** One that is not HTTP/2's opening handshake. */
  public HttpRequest(
      String method,
      String target,
      String protocol,
      Headers headers,
      Body body,
      ClientConnection connection,
      long arrivalNanos) {
    this(method, target, protocol, headers, body, connection, arrivalNanos, false);
  }

  /** The raw path: what stands before the first {@code ?}. */
  public String rawPath() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The raw query without its {@code ?}, or null where there is no {@code ?}. */
  public @Nullable String rawQuery() {
    int question = target.indexOf('?');
    return question < 0 ? null : target.substring(question + 1);
  }

  /** The {@code Host} field (or {@code :authority}), empty where there is none. */
  public String host() {
    String host = headers.first("Host");
    return host == null ? "" : host;
  }
}
