package io.portico.gateway.control.v2.rules;

import java.util.regex.Pattern;

/**
 * <b>Selection expressions</b>: what of a request or message is compared with the keys of routes,
 * responses, templates or models.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html">Selection
 *     expressions</a>
 */
public final class SelectionExpressions {
  /** That of every HTTP API. */
  public static final String OF_HTTP = "$request.method $request.path";

  /** How AWS's refusals write it; taken, too. */
  // AWS: source: reported, https://github.com/badmintoncryer/cdk-preflight.
  public static final String OF_HTTP_IN_BRACES = "${request.method} ${request.path}";

  public static final String API_KEY_HEADER = "$request.header.x-api-key";

  /** Of answers of a backend that is not a proxy. */
  // AWS: source: documented, the examples of CreateIntegration.
  public static final String OF_INTEGRATION_RESPONSES = "${integration.response.statuscode}";

  private static final String API_KEY_OF_AUTHORIZER = "$context.authorizer.usageIdentifierKey";

  private static final Pattern OF_MESSAGES =
      Pattern.compile(
          "[^$]*(?:\\$(?:request\\.body\\.[A-Za-z0-9_.\\[\\]-]+"
              + "|\\{request\\.body\\.[^{}$]+\\})[^$]*)++");

  private SelectionExpressions() {}

  /** Whether an expression can select routes of a WebSocket API: it reads the message. */
  // AWS: source: documented, as above: one or more members of a message that is JSON.
  static boolean selectsMessages(String expression) {
    return OF_MESSAGES.matcher(expression).matches();
  }

  // AWS: source: documented, "API key selection expressions".
  static boolean selectsApiKeys(String expression) {
    return expression.equals(API_KEY_HEADER) || expression.equals(API_KEY_OF_AUTHORIZER);
  }
}
