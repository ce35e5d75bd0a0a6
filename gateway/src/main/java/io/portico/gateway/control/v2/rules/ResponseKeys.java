package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.regex.BoundedPattern;
import java.util.regex.PatternSyntaxException;

/**
 * <b>Integration response keys</b>: {@code $default}, a text, or a regular expression between
 * slashes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html">Selection
 *     expressions</a>
 */
final class ResponseKeys {
  private static final char SLASH = '/';

  private ResponseKeys() {}

  // AWS: the texts are assumed.
  static void check(String key) {
    if (key.isBlank()) {
      throw invalid(key);
    }
    if (key.length() > 1 && key.charAt(0) == SLASH && key.charAt(key.length() - 1) == SLASH) {
      try {
        BoundedPattern.compile(key.substring(1, key.length() - 1), 0);
      } catch (PatternSyntaxException e) {
        throw invalid(key);
      }
    }
  }

  private static ServiceException invalid(String key) {
    return ServiceException.badRequest("Invalid integration response key specified: " + key);
  }
}
