package io.portico.gateway.http.websocket;

import java.nio.charset.StandardCharsets;

/**
 * How a connection ends (RFC 6455, 7.1.5 and 7.1.6).
 *
 * @param code the close code; {@link #NO_STATUS} and {@link #ABNORMAL} are heard, never sent
 * @param reason for people; empty for none
 * @see <a href="https://www.iana.org/assignments/websocket/websocket.xhtml">Close codes</a>
 */
public record WebSocketClose(int code, String reason) {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  public static final int UNSUPPORTED_DATA = 1003;

  /** A client's close frame without a code. */
  public static final int NO_STATUS = 1005;

  /** The connection was lost without a close frame. */
  public static final int ABNORMAL = 1006;

  public static final int INVALID_PAYLOAD = 1007;
  public static final int POLICY_VIOLATION = 1008;
  public static final int MESSAGE_TOO_BIG = 1009;
  public static final int INTERNAL_ERROR = 1011;
  public static final int TRY_AGAIN_LATER = 1013;

  /** The longest reason in bytes of UTF-8: a control frame holds 125, two of them the code. */
  public static final int MOST_REASON = 123;

  /** A code without a reason. */
  public static WebSocketClose of(int code) {
    return new WebSocketClose(code, "");
  }

  /** Whether the code may stand in a close frame: registered, or left to applications. */
  public static boolean isOnWire(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** Whether it fits a close frame. */
  public boolean isSendable() {
    return isOnWire(code) && reason.getBytes(StandardCharsets.UTF_8).length <= MOST_REASON;
  }
}
