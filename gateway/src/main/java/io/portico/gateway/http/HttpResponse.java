package io.portico.gateway.http;

import io.portico.gateway.http.websocket.WebSocketUpgrade;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An answer. The transport adds what framing needs ({@code Content-Length} or chunks, {@code
 * Connection}) and {@code Date} where it is missing; everything else is the handler's.
 *
 * @param status three digits
 * @param headers without framing fields
 * @param body buffered, a stream handed on from {@link Upstream}, or made while it is sent
 * @param completion told once when the last byte was written or the client was lost
 * @param upgrade what takes the place of HTTP behind this answer, with status 101 alone, which
 *     HTTP/2 spells 200; or null
 */
public record HttpResponse(
    int status,
    Headers headers,
    Body body,
    Completion completion,
    @Nullable WebSocketUpgrade upgrade) {

  public HttpResponse {
    if (upgrade != null && status != 101) {
      throw new IllegalArgumentException("an upgrade with status " + status);
    }
  }

  public HttpResponse(int status, Headers headers, Body body) {
    this(status, headers, body, Completion.IGNORED, null);
  }

  public HttpResponse(int status, Headers headers, Body body, Completion completion) {
    this(status, headers, body, completion, null);
  }

  /**
   * The connection becomes a WebSocket connection. Whatever happens to the client, the listener
   * hears that it is opened and closed; but an {@link OpeningHandshake} that is refused is answered
   * so in place of this, and its listener hears nothing.
   *
   * @param headers such as {@code Sec-WebSocket-Protocol}; those of the handshake itself are the
   *     transport's
   */
  public static HttpResponse switchingTo(WebSocketUpgrade upgrade, Headers headers) {
    return new HttpResponse(101, headers, Body.EMPTY, Completion.IGNORED, upgrade);
  }

  /** This answer with another listener for its end. */
  public HttpResponse onCompletion(Completion listener) {
    return new HttpResponse(status, headers, body, listener, upgrade);
  }

  /** Hears how an answer ended. Called on an event loop: it must not block. */
  @FunctionalInterface
  public interface Completion {
    Completion IGNORED = (bytes, complete) -> {};

    /**
     * @param bodyBytes bytes of the body that were written
     * @param complete whether all of it was; false when client or backend went away
     */
    void finished(long bodyBytes, boolean complete);

    /**
     * In place of {@link #finished}, where the body itself has not arrived whole.
     *
     * @param bodyBytes bytes of it that were written
     */
    default void brokeOff(long bodyBytes, IOException cause) {
      finished(bodyBytes, false);
    }
  }
}
