package io.portico.gateway.control.rules;

import io.portico.gateway.compile.AccessLogFormats;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.List;

/** What the format of an access log may have. */
public final class AccessLogRules {
  private AccessLogRules() {}

  /**
   * Each variable must be one of the API's kind.
   *
   * @throws ServiceException if one is not
   */
  // AWS: source: reported by users, of WebSocket APIs
  // https://github.com/serverless/serverless/issues/7038, of HTTP APIs
  // https://github.com/anomalyco/sst/issues/2587; that REST APIs are told the same is assumed.
  public static void checkVariables(String format, AccessLogFormats.Variables known) {
    List<String> unknown = AccessLogFormats.unknown(format, known);
    if (!unknown.isEmpty()) {
      throw ServiceException.badRequest(
          "The following context variables are not supported: [%s]"
              .formatted(String.join(", ", unknown)));
    }
  }

  /**
   * A format is one line, whose end may be there.
   *
   * @throws ServiceException if it is not
   */
  // AWS: source: reported by users, https://github.com/serverless/serverless/issues/7162.
  public static void checkLine(String format) {
    if (format.stripTrailing().lines().count() > 1) {
      throw ServiceException.badRequest(
          "Access Log format must be single line, new line character is allowed only at end of the"
              + " format: '"
              + format
              + "'");
    }
  }
}
