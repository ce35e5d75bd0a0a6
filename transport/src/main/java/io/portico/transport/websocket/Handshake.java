package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an opening handshake (RFC 6455, 4.2.2; RFC 8441, 5) that {@link
 * OpeningHandshake} does not refuse.
 *
 * @param accept what is made of the client's key; null by HTTP/2, which has none
 * @param extension what is agreed upon about compressed messages; null where there are none
 */
public record Handshake(
    @Nullable String accept, @Nullable String extension, WebSocketUpgrade upgrade) {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  public static Handshake of(HttpRequest request, WebSocketUpgrade upgrade) {
    String key = request.opensWebSocket() ? null : request.headers().first("Sec-WebSocket-Key");
    String extension =
        upgrade.limits().compression()
            ? CompressionOffer.agreed(request.headers().all("Sec-WebSocket-Extensions"))
            : null;
    return new Handshake(key == null ? null : accept(key), extension, upgrade);
  }

  /** Whether messages may be compressed. */
  public boolean compression() {
    return extension != null;
  }

  /**
   * The fields of the answer.
   *
   * @param given by the handler
   */
  public Headers fields(Headers given) {
    Headers.Builder fields =
        given.toBuilder()
            .remove("Sec-WebSocket-Extensions")
            .remove("Sec-WebSocket-Accept")
            .remove("Upgrade");
    if (accept != null) {
      fields.add("Upgrade", "websocket").add("Sec-WebSocket-Accept", accept);
    }
    return extension == null
        ? fields.build()
        : fields.add("Sec-WebSocket-Extensions", extension).build();
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
