package io.portico.transport.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;

/** A client that broke the protocol or a limit: the connection ends, and this says how. */
final class WebSocketViolation extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  WebSocketViolation(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  static WebSocketViolation protocolError(String reason) {
    return new WebSocketViolation(WebSocketClose.PROTOCOL_ERROR, reason);
  }

  WebSocketClose close() {
    return new WebSocketClose(code, String.valueOf(getMessage()));
  }
}
