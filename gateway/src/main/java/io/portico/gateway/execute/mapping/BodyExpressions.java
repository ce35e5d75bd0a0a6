package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.json.PlainJson;
import io.portico.gateway.jsonpath.CompiledPath;
import io.portico.gateway.jsonpath.JsonPathException;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * {@code method.request.body} and {@code integration.response.body} in mapping expressions, whole
 * or by JSONPath; in those of HTTP APIs {@code request.body} and {@code response.body}.
 *
 * <p>AWS: second-hand, facts SEC-01: only a body that begins as JSON does is parsed; a path that
 * finds nothing leaves the mapping out. That HTTP APIs do the same, but let blanks stand before the
 * JSON, is assumed.
 */
public final class BodyExpressions {
  private static final String STARTS_OF_JSON = "{[\"'";

  /** RFC 8259, 2. */
  private static final String BLANKS_OF_JSON = " \t\r\n";

  private BodyExpressions() {}

  /**
   * The value, or null where there is none.
   *
   * @throws GatewayFault {@code BAD_REQUEST_BODY} for a body that begins as JSON and is none
   */
  public static @Nullable String ofRequest(CompiledPath path, Payload body, Invocation invocation) {
    try {
      return find(path, body, Payload::document, isJson(body.text()), invocation);
    } catch (JacksonException e) {
      throw invalidRequest();
    }
  }

  /**
   * The value in an HTTP API, or null where there is none.
   *
   * @throws GatewayFault {@code BAD_REQUEST_BODY} for a body that begins as JSON and is none
   */
  public static @Nullable String ofHttpRequest(
      CompiledPath path, Payload body, Invocation invocation) {
    try {
      return find(path, body, Payload::document, isBlankedJson(body.text()), invocation);
    } catch (JacksonException e) {
      throw invalidRequest();
    }
  }

  private static GatewayFault invalidRequest() {
    return new GatewayFault(
        GatewayResponseType.BAD_REQUEST_BODY,
        FaultCause.BODY_NO_JSON,
        "Invalid JSON in request body");
  }

  /**
   * The value, or null where there is none.
   *
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} for a body that begins as JSON and is none
   */
  public static @Nullable String ofResponse(
      CompiledPath path, Payload body, Invocation invocation) {
    return ofAnswer(path, body, Payload::document, isJson(body.text()), invocation);
  }

  /**
   * The value in an HTTP API, or null where there is none.
   *
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} for a body that begins as JSON and is none
   */
  public static @Nullable String ofHttpResponse(
      CompiledPath path, Payload body, Invocation invocation) {
    return ofAnswer(path, body, Payload::document, isBlankedJson(body.text()), invocation);
  }

  /**
   * The value in a function's error, or null where there is none.
   *
   * <p>AWS: a message that is the text of a JSON object is read here, and not where a template
   * takes the body; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html#handle-custom-errors-in-lambda-integration.
   *
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} for a body that begins as JSON and is none
   */
  public static @Nullable String ofFunctionError(
      CompiledPath path, Payload body, Invocation invocation) {
    return ofAnswer(path, body, Payload::errorDocument, isJson(body.text()), invocation);
  }

  private static @Nullable String ofAnswer(
      CompiledPath path, Payload body, Document document, boolean json, Invocation invocation) {
    try {
      return find(path, body, document, json, invocation);
    } catch (JacksonException e) {
      throw GatewayFault.misconfigured("the backend's body is not JSON: " + e.getOriginalMessage());
    }
  }

  /** What of a body is searched. */
  private interface Document {
    @Nullable Object of(Payload body);
  }

  private static boolean isJson(String text) {
    return STARTS_OF_JSON.indexOf(text.charAt(0)) >= 0;
  }

  private static boolean isBlankedJson(String text) {
    int start = 0;
    while (start < text.length() && BLANKS_OF_JSON.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return start < text.length() && STARTS_OF_JSON.indexOf(text.charAt(start)) >= 0;
  }

  private static @Nullable String find(
      CompiledPath path, Payload body, Document source, boolean json, Invocation invocation) {
    String text = body.text();
    Object document = json ? source.of(body) : text;
    if (path.toString().equals("$")) {
      return text;
    }
    if (!json) {
      return null;
    }
    try {
      Object found = path.read(document, invocation.computeTime());
      return found == null
          ? null
          : found instanceof Map || found instanceof List
              ? PlainJson.text(found)
              : found.toString();
    } catch (JsonPathException e) {
      throw GatewayFault.misconfigured(String.valueOf(e.getMessage()));
    }
  }
}
