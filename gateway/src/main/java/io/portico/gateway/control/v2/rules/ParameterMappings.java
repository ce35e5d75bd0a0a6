package io.portico.gateway.control.v2.rules;

import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.compile.httpapi.MappingExpression;
import io.portico.gateway.compile.httpapi.MappingKey;
import io.portico.gateway.compile.httpapi.ReservedHeaders;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Place;
import java.util.Map;
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
  private static final Pattern STATUS = Pattern.compile("[2-5]\\d\\d");

  private static final Pattern WEBSOCKET_DESTINATION =
      Pattern.compile("integration\\.request\\.(?:path|querystring|header)\\.\\S+");
  private static final Pattern WEBSOCKET_SOURCE =
      Pattern.compile(
          "'.*'|(?:route|method)\\.request\\.(?:path|(?:multivalue)?(?:querystring|header))\\.\\S+"
              + "|(?:route|method)\\.request\\.body(?:[.\\[].+)?"
              + "|context\\.\\S+|stageVariables\\.\\S+",
          Pattern.DOTALL);
  private static final Pattern WEBSOCKET_ANSWER =
      Pattern.compile("(?:route|method)\\.response\\.header\\.\\S+");
  private static final Pattern WEBSOCKET_ANSWER_SOURCE =
      Pattern.compile(
          "'.*'|integration\\.response\\.(?:body(?:[.\\[].+)?|(?:multivalue)?header\\.\\S+)"
              + "|context\\.\\S+|stageVariables\\.\\S+",
          Pattern.DOTALL);

  private ParameterMappings() {}

  /** What is changed in requests of an HTTP API. */
  // AWS: the texts of destinations: reported, https://github.com/badmintoncryer/cdk-preflight;
  // those of reserved headers and of sources are assumed.
  static void checkRequest(Map<String, String> mappings) {
    mappings.forEach(
        (destination, source) -> {
          MappingKey key = MappingKey.ofRequest(destination);
          if (key == null) {
            throw invalid(
                "Invalid Request Actioned Parameter destination specified: " + destination);
          }
          checkHeader(key);
          try {
            MappingExpression _ = MappingExpression.ofRequest(source);
          } catch (UnusableException e) {
            throw invalidSource(source, destination);
          }
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
    MappingKey key = MappingKey.ofResponse(destination);
    if (key == null) {
      throw invalid("Invalid Response Actioned Parameter destination specified: " + destination);
    }
    checkHeader(key);
    try {
      String fixed = MappingExpression.ofResponse(source).fixed();
      if (key.place() == Place.STATUS_CODE && fixed != null && !STATUS.matcher(fixed).matches()) {
        throw invalid("Status Code " + source + " is not valid.");
      }
    } catch (UnusableException e) {
      throw invalidSource(source, destination);
    }
  }

  private static void checkHeader(MappingKey key) {
    if (key.place() == Place.HEADER && ReservedHeaders.has(key.name())) {
      throw invalid("Operations on header " + key.name() + " are restricted");
    }
  }

  // AWS: the text is assumed.
  static ServiceException invalidSource(String source, String destination) {
    return invalid("Invalid source: " + source + " specified for destination: " + destination);
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
