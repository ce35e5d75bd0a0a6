package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.OpeningHandshake;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The server's side of an opening handshake (RFC 6455, 4.2.2). */
public final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Handshake() {}

  /**
   * The fields of the answer to a handshake that {@link OpeningHandshake} does not refuse.
   *
   * @param given by the handler
   */
  public static Headers fields(HttpRequest request, Headers given) {
    String key = request.headers().first("Sec-WebSocket-Key");
    if (key == null) {
      throw new IllegalArgumentException("no opening handshake");
    }
    return given.toBuilder()
        .remove("Sec-WebSocket-Extensions")
        .set("Upgrade", "websocket")
        .set("Sec-WebSocket-Accept", accept(key))
        .build();
  }

  private static String accept(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
