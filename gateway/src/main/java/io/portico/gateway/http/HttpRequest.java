package io.portico.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * A request as it stood on the wire: framing checked, nothing decoded, nothing normalised.
 *
 * @param method in the client's casing, such as {@code GET}
 * @param target the request target in origin form: raw path and, after {@code ?}, raw query
 * @param protocol {@code HTTP/1.1} or {@code HTTP/1.0}
 * @param headers as received, hop-by-hop fields included
 * @param body the content; framing fields agree with it
 * @param connection where it came from
 * @param arrivalNanos {@link System#nanoTime} when the head was complete
 */
public record HttpRequest(
    String method,
    String target,
    String protocol,
    Headers headers,
    Body body,
    ClientConnection connection,
    long arrivalNanos) {

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
