package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.Utf8;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.nio.charset.StandardCharsets;

/** What clients are sent, as messages. */
final class WebSocketMessages {
  private WebSocketMessages() {}

  /**
   * AWS: sends text; what becomes of bytes that are none is not described: a binary message.
   *
   * @param binary whether text is to be one as well
   */
  static WebSocketMessage of(byte[] content, boolean binary) {
    return !binary && Utf8.isText(content)
        ? WebSocketMessage.of(new String(content, StandardCharsets.UTF_8))
        : WebSocketMessage.of(content);
  }
}
