package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is there for APIs of one protocol only. */
final class Protocols {
  private Protocols() {}

  // AWS: the text is that of ApiKeyRequired, which is reported,
  // https://github.com/badmintoncryer/cdk-preflight; that the others say the same is assumed.
  static ServiceException onlyForWebSocket(String member) {
    return ServiceException.badRequest(member + " is not currently supported for HTTP APIs.");
  }

  // AWS: the text is assumed, after the one above.
  static ServiceException onlyForHttp(String member) {
    return ServiceException.badRequest(member + " is not currently supported for WebSocket APIs.");
  }

  static void refuseForHttp(String member, @Nullable Object value) {
    if (isSet(value)) {
      throw onlyForWebSocket(member);
    }
  }

  static void refuseForWebSocket(String member, @Nullable Object value) {
    if (isSet(value)) {
      throw onlyForHttp(member);
    }
  }

  private static boolean isSet(@Nullable Object value) {
    return value != null && !(value instanceof Map<?, ?> map && map.isEmpty());
  }
}
