package io.portico.gateway.control.v2.rules;

import io.portico.gateway.compile.httpapi.ReservedHeaders;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <b>Parameter mappings</b>: what an integration changes in requests and answers, and what it is
 * given.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">Parameter
 *     mapping for HTTP APIs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html">Data
 *     mapping for WebSocket APIs</a>
 */
final class ParameterMappings {
  private static final String NAME = "[^\\s${}]+";
  private static final String VARIABLES = "context\\." + NAME + "|stageVariables\\." + NAME;

  private static final Pattern REQUEST_DESTINATION =
      Pattern.compile("(?:append|overwrite|remove):(?:header|querystring)\\.\\S+|overwrite:path");
  private static final Pattern RESPONSE_DESTINATION =
      Pattern.compile("(?:append|overwrite|remove):header\\.\\S+|overwrite:statuscode");
  private static final Pattern HEADER = Pattern.compile("[a-z]+:header\\.(.+)");

  private static final String BODY = "body(?:\\.[^\\s${}?]+)?";
  private static final Pattern REQUEST_VARIABLE =
      Pattern.compile(
          "request\\.(?:header|querystring)\\."
              + NAME
              + "|request\\.path(?:\\."
              + NAME
              + ")?|request\\."
              + BODY
              + "|"
              + VARIABLES);
  private static final Pattern RESPONSE_VARIABLE =
      Pattern.compile(
          "response\\.header\\."
              + NAME
              + "|response\\."
              + BODY
              + "|request\\.header\\."
              + NAME
              + "|"
              + VARIABLES);

  private static final Pattern STATUS = Pattern.compile("[2-5]\\d\\d");
  private static final Pattern STATUS_VALUE = Pattern.compile("[1-5]\\d\\d");

  private static final Pattern WEBSOCKET_DESTINATION =
      Pattern.compile("integration\\.request\\.(?:path|querystring|header)\\.\\S+");
  private static final Pattern WEBSOCKET_SOURCE =
      Pattern.compile(
          "'[^']*'|(?:route|method)\\.request\\.(?:path|(?:multivalue)?(?:querystring|header))\\.\\S+"
              + "|(?:route|method)\\.request\\.body(?:\\..+)?|context\\.\\S+|stageVariables\\.\\S+",
          Pattern.DOTALL);
  private static final Pattern WEBSOCKET_ANSWER =
      Pattern.compile("(?:route|method)\\.response\\.header\\.\\S+");
  private static final Pattern WEBSOCKET_ANSWER_SOURCE =
      Pattern.compile(
          "'[^']*'|integration\\.response\\.(?:body(?:\\..+)?|(?:multivalue)?header\\.\\S+)"
              + "|context\\.\\S+|stageVariables\\.\\S+",
          Pattern.DOTALL);

  private ParameterMappings() {}

  /**
   * Whether a source is one variable alone, or text with variables in braces. What has no {@code $}
   * is a static value.
   */
  private static boolean isSource(String source, Pattern variable) {
    if (source.startsWith("$") && !source.startsWith("${")) {
      return isVariable(source.substring(1), variable);
    }
    int at = source.indexOf('$');
    while (at >= 0) {
      int end = source.indexOf('}', at);
      if (!source.startsWith("${", at)
          || end < 0
          || !isVariable(source.substring(at + 2, end), variable)) {
        return false;
      }
      at = source.indexOf('$', end);
    }
    return true;
  }

  // AWS: a JSONPath has neither recursive descent nor filters; source: documented.
  private static boolean isVariable(String text, Pattern variable) {
    return variable.matcher(text).matches() && !text.contains("..");
  }

  /** What is changed in requests of an HTTP API. */
  // AWS: the texts of destinations: reported, https://github.com/badmintoncryer/cdk-preflight;
  // those of reserved headers and of sources are assumed.
  static void checkRequest(Map<String, String> mappings) {
    mappings.forEach(
        (destination, source) -> {
          if (!REQUEST_DESTINATION.matcher(destination).matches()) {
            throw invalid(
                "Invalid Request Actioned Parameter destination specified: " + destination);
          }
          check(destination, source, REQUEST_VARIABLE);
        });
  }

  /** What is changed in answers, by their status code. */
  static void checkResponses(Map<String, Map<String, String>> mappings) {
    mappings.forEach(
        (status, changes) -> {
          if (!STATUS.matcher(status).matches()) {
            throw invalid("Status Code " + status + " is not valid.");
          }
          changes.forEach(ParameterMappings::checkResponse);
        });
  }

  private static void checkResponse(String destination, String source) {
    if (!RESPONSE_DESTINATION.matcher(destination).matches()) {
      throw invalid("Invalid Response Actioned Parameter destination specified: " + destination);
    }
    boolean status = destination.endsWith(":statuscode");
    if (status && source.indexOf('$') < 0 && !STATUS_VALUE.matcher(source).matches()) {
      throw invalid("Status Code " + source + " is not valid.");
    }
    check(destination, source, RESPONSE_VARIABLE);
  }

  private static void check(String destination, String source, Pattern variables) {
    Matcher header = HEADER.matcher(destination);
    if (header.matches() && ReservedHeaders.has(header.group(1))) {
      throw invalid("Operations on header " + header.group(1) + " are restricted");
    }
    if (!isSource(source, variables)) {
      throw invalid("Invalid source: " + source + " specified for destination: " + destination);
    }
  }

  /** What an action of a service is given. */
  static void checkParameters(Map<String, String> parameters) {
    parameters.forEach(
        (name, source) -> {
          if (!isSource(source, REQUEST_VARIABLE)) {
            throw invalid("Invalid source: " + source + " specified for destination: " + name);
          }
        });
  }

  /** What of a message or its connection goes into requests of a WebSocket API's integration. */
  // AWS: the text is v1's: MTH-08.
  static void checkWebSocketRequest(Map<String, String> mappings) {
    mappings.forEach(
        (destination, source) -> {
          check(WEBSOCKET_DESTINATION, destination);
          check(WEBSOCKET_SOURCE, source);
        });
  }

  /** What of a backend's answer goes into that of a WebSocket API. */
  static void checkWebSocketResponse(Map<String, String> mappings) {
    mappings.forEach(
        (destination, source) -> {
          check(WEBSOCKET_ANSWER, destination);
          check(WEBSOCKET_ANSWER_SOURCE, source);
        });
  }

  private static void check(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw invalid("Invalid mapping expression specified: " + text);
    }
  }

  // AWS: source: reported, as above.
  static ServiceException invalid(String error) {
    return ServiceException.badRequest(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : ["
            + error
            + "]");
  }
}
